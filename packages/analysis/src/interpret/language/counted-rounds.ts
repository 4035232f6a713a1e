import { freeSymbolsOf, pair, type Quantity } from '../../growth/quantity.ts';
import { dimsOf, type ParameterValue, parameterOf } from '../../network/layer.ts';
import { lengthAt } from '../../network/shape.ts';
import { shapeOf } from '../../network/tensor.ts';
import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { CountRounds } from '../machine/rounds.ts';
import { traced } from '../machine/trace.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import { quantityOfCount } from '../values/places.ts';
import type { Value } from '../values/value.ts';
import { comparedIn } from './left-rounds.ts';
import { isOrdered } from './ordered.ts';
import { argumentsIn } from './round-counts.ts';

/**
 * The numbers by which a loop counts its rounds: what is carried from one to the next is as large at every width if these are
 * the same. Null where it counts by none, or by how many layers there are.
 */
export function numbersOfRounds(statement: LoopStatement, range: Value | null, frame: Frame): CountRounds {
  const compared = comparedIn(statement);
  const among =
    range === null
      ? numbersIn(compared, frame)
      : (lengthsOf(range) ?? numbersIn(argumentsIn(statement.iterable), frame));
  return (after) => anyCount([...among, ...numbersIn(compared, after)], after);
}

/** The numbers by which a loop of known items is left before its end; null for none. */
export function numbersOfLeaving(statement: LoopStatement, after: Frame): Quantity | null {
  return anyCount(numbersIn(comparedIn(statement), after), after);
}

function anyCount(numbers: readonly Quantity[], { interpreter: { depths } }: Frame): Quantity | null {
  const counts = numbers.filter((count) => {
    const symbols = [...freeSymbolsOf(count)];
    return symbols.length > 0 && !symbols.every((symbol) => depths.has(symbol));
  });
  return counts.length === 0 ? null : counts.reduce((left, right) => pair('either', left, right));
}

/** How many items there are in what says it itself. */
function lengthsOf(range: Value): readonly Quantity[] | null {
  if (isOrdered(range)) return range.order.isRange === true ? [quantityOfCount(range.order.length)] : [];
  if (range.kind === 'tensor') {
    if (range.count !== undefined) return [range.count];
    const shape = shapeOf(range.tensor);
    return shape === null ? null : [lengthAt(shape, 0)];
  }
  if (range.kind === 'unknown') return range.length === undefined ? null : [range.length];
  return range.kind === 'parameter' ? rowsOf(range) : null;
}

/** How many rows a parameter has; any of its lengths for a view of it, which may go along any of its dimensions. */
function rowsOf(parameter: ParameterValue): readonly Quantity[] {
  const dims = dimsOf(parameter);
  return dims === null ? (parameterOf(parameter)?.dims ?? []) : dims.slice(0, 1);
}

function numbersIn(asked: readonly Expression[], frame: Frame): readonly Quantity[] {
  return asked.flatMap((one) => {
    const { result } = traced(frame.interpreter, () => frame.fork().evaluate(one));
    return isNumeric(result) ? [quantityOf(result)] : countsIn(result);
  });
}

/** How many entries something has that may be gone through: a list, or a parameter along any of its dimensions. */
function countsIn(value: Value): readonly Quantity[] {
  if (value.kind === 'parameter') return dimsOf(value) ?? [];
  return isOrdered(value) ? (lengthsOf(value) ?? []) : [];
}
