/** What a network does as its width grows; `unknown` when an exponent is. */
export type Regime = 'unstable' | 'trivial' | 'kernel' | 'feature-learning' | 'unknown';
