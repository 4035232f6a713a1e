import type { Rule } from '../rule.ts';
import { ofWholeModel } from './of-whole-model.ts';

/** The output learns, the features stay where initialization put them: a verdict of the whole model. */
export const kernelRegime: Rule = ofWholeModel({
  code: 'MUP502',
  name: 'kernel-regime',
  regime: 'kernel',
  message: () => 'Kernel regime: features stop moving as width grows',
  advice: 'Explain shows the learning rates that would move them.',
});
