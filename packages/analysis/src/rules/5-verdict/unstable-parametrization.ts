import type { Rule } from '../rule.ts';

/** The parametrization grows without bound as width does: a verdict of the whole model, never of one line. */
export const unstableParametrization: Rule = {
  code: 'MUP501',
  name: 'unstable-parametrization',
  shownAs: 'lens',
  levels: { mup: 'hint', advisory: 'hint' },
  check({ verdict, outline: { span, assumptions } }) {
    if (verdict?.regime !== 'unstable') return [];
    const message = 'Unstable as width grows: preactivations, outputs or their updates blow up';
    const fixes = ['Explain shows which exponents cause it.'];
    return [{ span, message, assumptions, fixes, weights: [], related: [] }];
  },
};
