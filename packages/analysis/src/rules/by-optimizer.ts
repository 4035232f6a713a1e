import { codeSpan } from '@widthwise/core';
import { grouped } from '../grouped.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import { constantAssumption, widthAssumption } from '../outline/assumptions.ts';
import type { Model } from '../outline/model.ts';
import type { RateReading } from '../outline/rates.ts';
import type { Weight } from '../outline/weights.ts';
import { placeKey } from '../syntax/span.ts';
import { related } from './cause.ts';
import type { Said } from './rule.ts';

/** Something that is wrong with how an optimizer trains a weight. */
export interface Trained {
  readonly weight: Weight;
  readonly optimizer: ObservedOptimizer;
}

/** All that is wrong with one optimizer, which is said once. */
export interface TrainedTogether<One extends Trained> {
  readonly optimizer: ObservedOptimizer;
  /** Each once, though it may be wrong in several steps. */
  readonly weights: readonly Weight[];
  readonly all: readonly One[];
}

/** What is wrong with weights, by the optimizer that trains them. */
export function byOptimizer<One extends Trained>(each: readonly One[]): readonly TrainedTogether<One>[] {
  return [...grouped(each, ({ optimizer }) => placeKey(optimizer.span)).values()].flatMap((all) => {
    const [first] = all;
    const weights = [...new Set(all.map(({ weight }) => weight))];
    return first === undefined ? [] : [{ optimizer: first.optimizer, weights, all }];
  });
}

/** What is wrong with how a model's weights are trained, null where nothing is, by the optimizer that trains them. */
export function wrongByOptimizer<Wrong extends object>(
  { weights }: Model,
  wrongWith: (weight: Weight) => Wrong | null,
): readonly TrainedTogether<Trained & Wrong>[] {
  return byOptimizer(
    weights.flatMap((weight) => {
      const wrong = wrongWith(weight);
      return wrong === null
        ? []
        : weight.rate.optimizers.map((optimizer) => ({ ...wrong, weight, optimizer }));
    }),
  );
}

/** What a finding about the rates of one optimizer has beside its message. */
export function saidOfRates(
  {
    optimizer,
    weights,
    rates = weights.map(({ rate }) => rate),
  }: Pick<TrainedTogether<Trained>, 'optimizer' | 'weights'> & {
    /** What it gives them, where it is one of several. */
    readonly rates?: readonly Pick<RateReading, 'lr'>[];
  },
  model: Model,
): Omit<Said, 'message'> {
  return {
    span: optimizer.span,
    assumptions: [
      ...widthAssumption(model.widths),
      ...constantAssumption(
        rates.map(({ lr }) => lr),
        model.widths,
      ),
    ],
    weights: [...new Set(weights.map((weight) => model.rowName(weight)))],
    related: related(model, weights),
  };
}

/** An optimizer as the code calls it: `AdamW`. */
export function optimizerName({ qualified }: ObservedOptimizer): string {
  return codeSpan(qualified.split('.').at(-1) ?? qualified);
}
