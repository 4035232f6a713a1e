import type { Rule } from '../rule.ts';
import { unscaledRate } from './unscaled-rate.ts';

/**
 * An Adam-like update has entries of one size and is aligned with the features it meets: a hidden weight needs
 * a + c = 1. Orthogonalized updates have another size, and SGD's depends on the gradient.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const unscaledHiddenRate: Rule = unscaledRate({
  code: 'MUP301',
  name: 'unscaled-hidden-lr',
  role: 'hidden',
  updates: ['adam'],
});
