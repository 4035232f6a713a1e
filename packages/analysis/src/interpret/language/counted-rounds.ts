import { freeSymbolsOf, pair, type Quantity } from '../../growth/quantity.ts';
import { dimsOf } from '../../network/layer.ts';
import { lengthAt } from '../../network/shape.ts';
import { shapeOf } from '../../network/tensor.ts';
import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import { traced } from '../machine/trace.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import { quantityOfCount } from '../values/places.ts';
import type { Value } from '../values/value.ts';
import { isOrdered } from './ordered.ts';

/**
 * The numbers by which a loop counts its rounds: what is carried from one to the next is as large at every width if these are
 * the same. Null where it counts by none, or by how many layers there are.
 */
export function numbersOfRounds(
  { iterable, condition }: LoopStatement,
  range: Value | null,
  frame: Frame,
): Quantity | null {
  const { depths } = frame.interpreter;
  const asked = range === null ? askedIn(condition) : callsIn(iterable);
  const counts = (lengthsOf(range) ?? numbersIn(asked, frame)).filter((count) => {
    const symbols = [...freeSymbolsOf(count)];
    return symbols.length > 0 && !symbols.every((symbol) => depths.has(symbol));
  });
  return counts.length === 0 ? null : counts.reduce((left, right) => pair('either', left, right));
}

/** How many items there are in what says it itself. */
function lengthsOf(range: Value | null): readonly Quantity[] | null {
  if (range === null) return null;
  if (isOrdered(range)) return range.order.isRange === true ? [quantityOfCount(range.order.length)] : [];
  if (range.kind === 'tensor') return [lengthAt(shapeOf(range.tensor), 0)];
  return range.kind === 'parameter' ? (dimsOf(range) ?? []).slice(0, 1) : null;
}

/** What calls are given by which something is gone through, as `range(0, n, 64)`. */
function callsIn(iterable: Expression | null): readonly Expression[] {
  if (iterable?.kind !== 'call') return [];
  return iterable.args.flatMap(({ value }) => (value.kind === 'call' ? callsIn(value) : [value]));
}

/** What a condition compares. */
function askedIn(condition: Expression | null): readonly Expression[] {
  if (condition?.kind === 'logic') return [...askedIn(condition.left), ...askedIn(condition.right)];
  if (condition?.kind === 'unary') return askedIn(condition.operand);
  return condition?.kind === 'compare' ? condition.operands : [];
}

function numbersIn(asked: readonly Expression[], frame: Frame): readonly Quantity[] {
  return asked.flatMap((one) => {
    const { result } = traced(frame.interpreter, () => frame.fork().evaluate(one));
    return isNumeric(result) ? [quantityOf(result)] : [];
  });
}
