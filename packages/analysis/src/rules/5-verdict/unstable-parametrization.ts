import type { Rule } from '../rule.ts';
import { ofWholeModel } from './of-whole-model.ts';

/** The parametrization grows without bound as width does: a verdict of the whole model, never of one line. */
export const unstableParametrization: Rule = ofWholeModel({
  code: 'MUP501',
  name: 'unstable-parametrization',
  regime: 'unstable',
  message: 'Unstable as width grows: preactivations, outputs or their updates blow up',
  advice: 'Explain shows which exponents cause it.',
});
