import type { WeightJudgement } from '@widthwise/core';
import type { UpdateRule } from '../network/optimizer.ts';
import type { WeightGiven } from './calculus-graph/build-graph.ts';

/**
 * The rate of a weight that starts at n^−e everywhere, in the units of the calculus, which is told of ones behind a
 * factor n^−e: of these an update is n^e times as large, and their gradient n^−e times.
 *
 * @param e exponent of the factor
 */
export function rateOfOnes(c: number, update: UpdateRule, e: number): number {
  return c - unitsOf(update, e);
}

/** What is told of ones, in the weight's own units. */
export function inOwnUnits(
  judged: WeightJudgement,
  { factor }: Pick<WeightGiven, 'factor'>,
  update: UpdateRule | null,
): WeightJudgement {
  if (factor === 0) return judged;
  const shifted = (exponent: number | null, by: number) => (exponent === null ? null : exponent + by);
  return {
    ...judged,
    rightInit: shifted(judged.rightInit, factor),
    targetInit: shifted(judged.targetInit, factor),
    rightRate: update === null ? null : shifted(judged.rightRate, unitsOf(update, factor)),
  };
}

function unitsOf({ kind }: UpdateRule, e: number): number {
  if (kind === 'relative') return 0;
  return kind === 'sgd' ? 2 * e : e;
}
