import type { Rule } from '../rule.ts';

/** The output learns, the features stay where initialization put them: a verdict of the whole model. */
export const kernelRegime: Rule = {
  code: 'MUP502',
  name: 'kernel-regime',
  shownAs: 'lens',
  levels: { mup: 'hint', advisory: 'hint' },
  check({ verdict, outline: { span, assumptions } }) {
    if (verdict?.regime !== 'kernel') return [];
    const message = 'Kernel regime: features stop moving as width grows';
    const fixes = ['Explain shows the learning rates that would move them.'];
    return [{ span, message, assumptions, fixes, weights: [], related: [] }];
  },
};
