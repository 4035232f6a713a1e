import { codeSpan } from '@widthwise/core';
import { grouped } from '../grouped.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Weight } from '../outline/weights.ts';

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
  return [...grouped(each, ({ optimizer }) => optimizer.span.start).values()].flatMap((all) => {
    const [first] = all;
    const weights = [...new Set(all.map(({ weight }) => weight))];
    return first === undefined ? [] : [{ optimizer: first.optimizer, weights, all }];
  });
}

/** An optimizer as the code calls it: `AdamW`. */
export function optimizerName({ qualified }: ObservedOptimizer): string {
  return codeSpan(qualified.split('.').at(-1) ?? qualified);
}
