import type { Quantity } from '../../growth/quantity.ts';
import { dimsOf } from '../../network/layer.ts';
import { lengthAt } from '../../network/shape.ts';
import { shapeOf } from '../../network/tensor.ts';
import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import { traced } from '../machine/trace.ts';
import type { RoundCounts } from '../machine/widen.ts';
import { optionsOf } from '../values/either.ts';
import { quantityOf } from '../values/numbers.ts';
import { quantityOfCount } from '../values/places.ts';
import type { Value } from '../values/value.ts';
import { comparedIn } from './left-rounds.ts';
import { isOrdered } from './ordered.ts';

/**
 * All numbers by which the rounds of a loop may be counted: how much there is of what it goes through, and what decides when
 * it is left.
 *
 * @param range what it goes through; null for `while`
 */
export function roundCounts(statement: LoopStatement, range: Value | null): RoundCounts {
  return (frame) => {
    const asked = [...(range === null ? [] : argumentsIn(statement.iterable)), ...comparedIn(statement)];
    const { result } = traced(frame.interpreter, () => asked.map((one) => frame.fork().evaluate(one)));
    return [...(range === null ? [] : [range]), ...result].flatMap(optionsOf).flatMap(countsIn);
  };
}

/** What a value says of how often something is done: a number, how many items there are, the numbers that went into it. */
function countsIn(value: Value): readonly Quantity[] {
  switch (value.kind) {
    case 'number':
    case 'opaque':
      return [quantityOf(value)];
    case 'tensor':
      return [lengthAt(shapeOf(value.tensor), 0)];
    case 'parameter':
      return dimsOf(value) ?? [];
    case 'list':
      return isOrdered(value) ? [quantityOfCount(value.order.length)] : [];
    case 'unknown':
      return [...(value.from ?? [])].map((symbol) => ({ op: 'symbol', symbol, value: null }));
    default:
      return [];
  }
}

/** What calls are given, and made on, by which something is gone through, as `range(0, n, 64)`, `enumerate(rows)` or `weight.unbind(0)`. */
export function argumentsIn(iterable: Expression | null): readonly Expression[] {
  if (iterable?.kind !== 'call') return [];
  const { callee, args } = iterable;
  const of = callee.kind === 'attribute' ? [callee.object] : [];
  return [...of, ...args.flatMap(({ value }) => (value.kind === 'call' ? argumentsIn(value) : [value]))];
}
