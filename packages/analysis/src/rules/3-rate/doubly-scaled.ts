import { toNumber } from '../../growth/rational.ts';
import type { Rule } from '../rule.ts';
import { doubledMultiplier } from './doubled-multiplier.ts';
import { slowRate } from './slow-rate.ts';

/**
 * Two things that each scale the updates of a hidden weight or readout with the width: a multiplier and a rate, an
 * optimizer that scales rates by itself and a rate, Muon's orthogonal updates and a rate.
 *
 *     a > 0 and c > 0,   c > 1,   or an orthogonalized update and c > 0   ⇒   one of them is too much
 *
 * @see Yang et al. 2022 (Tensor Programs V), Tables 3 and 8: either form, not both
 */
const byRate: Rule = slowRate({
  code: 'MUP305',
  name: 'doubly-scaled',
  level: 'warning',
  concerns: ({ role, rate, multiplier }, c) =>
    (role === 'hidden' || role === 'output') &&
    (rate.update?.kind === 'muon' ||
      (rate.update?.kind === 'adam' && (c > 1 || toNumber(multiplier.high) < 0))),
  because: 'two things scale them with the width where one is enough',
  remedy:
    'Let one of them scale with the width: a multiplier in the forward pass, the optimizer by itself, or the learning rate.',
});

/** The second thing is a rate, or a second multiplier. */
export const doublyScaled: Rule = {
  ...byRate,
  reports: (model, code) => [...byRate.reports(model, code), ...doubledMultiplier.reports(model, code)],
};
