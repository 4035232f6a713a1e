import { freeSymbolsOf, isPartlyUnknown, literal, pair, type Quantity } from '../../growth/quantity.ts';
import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import type { Frame } from '../machine/interpreter.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';

/** What a loop asks for that takes a step in each round, or begins with new gradients. */
const BEGINS_ANEW = ['step', 'zero_grad'];

/**
 * What the gradients that the rounds of a loop add up may be multiplied by: 1, or a number by which the rounds are made, as
 * in `for part in batch.chunk(parts)`. Null where they add up none, or nothing says how many there are.
 */
export function timesRepeated({ iterable, body }: LoopStatement, frame: Frame): Quantity | null {
  const words = wordsIn(body);
  if (iterable === null || !words.has('backward') || BEGINS_ANEW.some((one) => words.has(one))) return null;
  const counts = countsIn(iterable, frame);
  return counts.length === 0 ? null : counts.reduce((left, right) => pair('either', left, right), literal(1));
}

/** The numbers with names that the calls are given by which something is gone through. */
function countsIn(iterable: Expression, frame: Frame): readonly Quantity[] {
  if (iterable.kind === 'call') return iterable.args.flatMap(({ value }) => countsIn(value, frame));
  if (!isWithoutEffect(iterable, frame)) return [];
  const value = frame.evaluate(iterable);
  const quantity = quantityOf(value);
  return isNumeric(value) && freeSymbolsOf(quantity).size > 0 && !isPartlyUnknown(quantity) ? [quantity] : [];
}
