import { grouped } from '../../grouped.ts';
import { exponentsOf } from '../../outline/exponents.ts';
import type { Model } from '../../outline/model.ts';
import { powerText } from '../../words/exponent-text.ts';
import {
  byOptimizer,
  optimizerName,
  saidOfRates,
  type Trained,
  type TrainedTogether,
} from '../by-optimizer.ts';
import { isOneRow, nIs, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { type Leak, leakOf } from './group-leaks.ts';
import { groupPlace } from './group-place.ts';

/**
 * Parameter groups that tell hidden weights from others, by name, by shape or by hand, and get some wrong.
 *
 *     hidden in the rest:   c < 1, its updates grow        input among hidden:   c > 0, it freezes
 *
 * In place of MUP301 and MUP303, where other hidden weights of the same optimizer have the rate that is right.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const parameterGroupLeak: Rule = defineRule<Leaking>({
  code: 'MUP308',
  name: 'parameter-group-leak',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) => {
    const leaks = model.weights.flatMap((weight) => {
      const leak = leakOf(weight, model);
      return leak === null ? [] : weight.rate.optimizers.map((optimizer) => ({ weight, optimizer, leak }));
    });
    return [...grouped(leaks, ({ leak }) => leak)].flatMap(([leak, same]) =>
      byOptimizer(same).map((together) => ({ ...together, leak })),
    );
  },
  say,
  fixes: ({ leak, weights }) => [
    {
      text:
        leak === 'missed'
          ? `Put ${weights.length === 1 ? 'it' : 'them'} in the group of the hidden weights.`
          : `Take ${weights.length === 1 ? 'it' : 'them'} out of the group of the hidden weights.`,
      safety: 'identical-at-base',
      edits: [],
    },
  ],
});

interface Leaking extends TrainedTogether<Trained & { readonly leak: Leak }> {
  readonly leak: Leak;
}

function say({ optimizer, weights, leak }: Leaking, model: Model): Said {
  const [first] = weights;
  const c = first === undefined ? null : exponentsOf(first).c;
  const rate = c === 0 ? 'constant in width' : `that goes like ${powerText(c)}`;
  const its = isOneRow(model, weights) ? 'its' : 'their';
  const why =
    leak === 'missed'
      ? `the groups give other hidden weights one that falls as it should, and leave ${isOneRow(model, weights) ? 'this one' : 'these'} out: ${its} updates grow with the width`
      : `the group is for hidden weights, and what sums over nothing that grows wants the same rate at every width: ${its} updates fade as width grows`;
  return {
    ...saidOfRates({ optimizer, weights }, model),
    span: groupPlace({ optimizer, weights }),
    message: `${subjectText(model, weights)} trained by ${optimizerName(optimizer)} at a learning rate ${rate}${nIs(model)}: ${why}`,
  };
}
