import { operandsOf } from '../../network/tensor.ts';
import type { Model } from '../../outline/model.ts';
import type { Rule } from '../rule.ts';
import { ofWholeModel } from './of-whole-model.ts';

/** The parametrization grows without bound as width does: a verdict of the whole model, never of one line. */
export const unstableParametrization: Rule = ofWholeModel({
  code: 'MUP501',
  name: 'unstable-parametrization',
  regime: 'unstable',
  message,
  advice: 'Explain shows which exponents cause it.',
});

/** What grows, be it at initialization or by what an update changes, and what that means. */
function message({ judgement, pass }: Model): string {
  const grows = new Set(judgement?.grows);
  const inside = pass.tensors.some(
    (tensor) => !GOES_ON.has(tensor.op) && operandsOf(tensor).some((one) => grows.has(one)),
  );
  const outputs = pass.outputs.some((tensor) => grows.has(tensor));
  if (inside || !outputs) {
    return `Unstable as width grows: preactivations${outputs ? ', outputs' : ''} or their updates grow without bound`;
  }
  return (
    'Unstable as width grows: outputs or their updates grow without bound, features do not; ' +
    'under cross-entropy training may go on all the same, with logits that grow and a best learning rate that moves with the width'
  );
}

/** What hands on what it is given, or ends the network. */
const GOES_ON: ReadonlySet<string> = new Set(['view', 'scale', 'choice', 'loss']);
