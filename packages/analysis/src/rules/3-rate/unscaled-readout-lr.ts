import type { Rule } from '../rule.ts';
import { unscaledRate } from './unscaled-rate.ts';

/**
 * A readout sums over the width, and so does its update: under Adam and under SGD it needs a + c = 1 where a = 0. A
 * tied readout has no rate that is right, which MUP206 is about.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const unscaledReadoutRate: Rule = unscaledRate({
  code: 'MUP302',
  name: 'unscaled-readout-lr',
  role: 'output',
  updates: ['adam', 'sgd'],
});
