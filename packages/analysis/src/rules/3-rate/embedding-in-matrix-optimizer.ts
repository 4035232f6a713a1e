import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import { widthAssumption } from '../../outline/assumptions.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { optimizerName } from '../by-optimizer.ts';
import { related, subjectText } from '../cause.ts';
import { defineRule, type Rule, type Said } from '../rule.ts';
import { groupPlace } from './group-place.ts';

/** Weights at an end of the network that one optimizer orthogonalizes updates of. */
interface Orthogonalized {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
}

/**
 * An embedding, a readout or a router whose updates are orthogonalized, which is for matrices between features.
 *
 * Updates of one spectral norm change what a hidden matrix makes of features alike at every width. A table that is
 * looked up in, and a matrix of finitely many outputs, have a side that does not grow, and other norms that count.
 *
 * @see Bernstein and Newhouse 2024, Modular duality in deep learning
 */
export const embeddingInMatrixOptimizer: Rule = defineRule<Orthogonalized>({
  code: 'MUP309',
  name: 'embedding-in-matrix-optimizer',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'hint' },
  atMostElsewhere: 'hint',
  check: (model) => {
    const ends = model.weights.filter(isAtAnEnd);
    return [...new Set(ends.flatMap(({ rate }) => rate.optimizers))].flatMap((optimizer) => {
      if (optimizer.isMatrix !== true || optimizer.update?.kind !== 'muon') return [];
      const weights = ends.filter((weight) => isSurelyIn(optimizer, weight));
      return weights.length === 0 ? [] : [{ optimizer, weights }];
    });
  },
  say,
  fixes: ({ weights }) => [
    {
      text: `Train ${weights.length === 1 ? 'it' : 'them'} by another optimizer, such as AdamW, beside this one.`,
      safety: 'changes-numbers',
      edits: [],
    },
  ],
});

function isAtAnEnd({ role, dims, layer, aliases, mayBe }: Weight): boolean {
  if (dims?.length !== 2 || mayBe.length > 0) return false;
  return (
    role === 'output' ||
    [layer, ...aliases.map((one) => one.layer)].some(({ family }) => family === 'embedding')
  );
}

/** Whether every step of an optimizer trains a weight, and no condition decides about that. */
function isSurelyIn({ steps }: ObservedOptimizer, { path, aliases }: Weight): boolean {
  const paths = new Set([path, ...aliases.map((alias) => alias.path)]);
  return steps.every(({ groups, unread }) =>
    groups.some(
      ({ members }) => unread === null && members.some((one) => paths.has(one.path) && !one.perhaps),
    ),
  );
}

function say({ optimizer, weights }: Orthogonalized, model: Model): Said {
  return {
    span: groupPlace({ optimizer, weights }),
    message:
      `${subjectText(model, weights)} trained by ${optimizerName(optimizer)}, which orthogonalizes updates: that is for matrices ` +
      'from features to features, not for embeddings, readouts and routers',
    assumptions: weights.some(({ role }) => role === 'output') ? widthAssumption(model.widths) : [],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}
