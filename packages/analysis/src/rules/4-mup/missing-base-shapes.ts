import type { ObservedOptimizer } from '../../observe/observed-model.ts';
import type { Model } from '../../outline/model.ts';
import type { Weight } from '../../outline/weights.ts';
import { isSamePlace, type Span } from '../../syntax/span.ts';
import { isMups } from '../3-rate/rate-effects.ts';
import { byOptimizer, optimizerName, type Trained } from '../by-optimizer.ts';
import { byPlace, causesOf, related } from '../cause.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * One of mup's optimizers or initializers over parameters of a model that nobody in sight has given base shapes yet: it asks
 * each of them for what it has not, and ends with an error.
 *
 * @see microsoft/mup, README: set base shapes before anything else
 */
export const missingBaseShapes: Rule = defineRule<AskedInVain>({
  code: 'MUP403',
  name: 'missing-base-shapes',
  shownAs: 'finding',
  levels: { mup: 'warning', advisory: 'off' },
  atMostElsewhere: 'hint',
  check: (model) => [...started(model), ...(mayHaveBaseShapes(model) ? [] : trained(model))],
  say: ({ span, weights, what }, model) => ({
    span,
    message: `${what} is given parameters of ${model.outline.name}, whose base shapes are not set before: it asks each parameter for them, and ends with an error`,
    assumptions: ['Assumes nothing that is not read here sets base shapes.'],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  }),
  fixes: ({ isStart }) => [
    {
      text: isStart
        ? "Start the weights with `torch.nn.init`'s initializer here, or with this one once `mup.set_base_shapes` has been called on the model."
        : 'Call `mup.set_base_shapes` on the model before its optimizer is made.',
      safety: 'needs-decision',
      edits: [],
    },
  ],
});

/** What asks weights for base shapes that they do not have. */
interface AskedInVain {
  readonly what: string;
  readonly span: Span;
  readonly weights: readonly Weight[];
  /** Whether it starts them, rather than trains them. */
  readonly isStart: boolean;
}

/** The initializers of mup's that start weights while their model is made, on all ways. */
function started(model: Model): readonly AskedInVain[] {
  const inVain = model.weights.filter(
    ({ inits }) => inits.length > 0 && inits.every(({ write }) => write.asksInVain === true),
  );
  return byPlace(inVain.flatMap((one) => causesOf(one, model))).map(({ causes, span }) => ({
    what: 'An initializer of `mup.init`',
    span,
    weights: [...new Set(causes.map(({ weight }) => weight))],
    isStart: true,
  }));
}

function trained(model: Model): readonly AskedInVain[] {
  return byOptimizer(model.weights.flatMap(trainedBlindly)).map(({ optimizer, weights }) => ({
    what: optimizerName(optimizer),
    span: optimizer.span,
    weights,
    isStart: false,
  }));
}

/** Whether an optimizer may find base shapes: all that are set are not late. */
function mayHaveBaseShapes({ hasBaseShapes, baseShapes }: Model): boolean {
  return baseShapes.length === 0 ? hasBaseShapes : !baseShapes.every(({ isLate }) => isLate);
}

function trainedBlindly(weight: Weight): readonly Trained[] {
  return weight.rate.optimizers.filter(asksInVain).map((optimizer) => ({ weight, optimizer }));
}

/** Whether what it makes of rates is unread by itself, as of parameters without base shapes. */
function asksInVain(optimizer: ObservedOptimizer): boolean {
  return (
    isMups(optimizer) &&
    optimizer.steps.every(
      ({ unread }) => unread?.what === optimizer.qualified && isSamePlace(unread.span, optimizer.span),
    )
  );
}
