import { quotientOf } from '../../growth/product.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import { countIn, noteSparse } from '../../network/counted.ts';
import { dataOf } from '../../network/data.ts';
import { broadcastAll } from '../../network/shape.ts';
import { input, isData, shapeOf } from '../../network/tensor.ts';
import type { CompareExpression } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { tensorIn, tensorValue } from './tensors.ts';

/** Operators that compare tensors entry by entry. */
const ENTRYWISE: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** Whether a comparison is made entry by entry of what has entries. */
export function isEntrywise({ operators }: CompareExpression): boolean {
  return operators.length === 1 && ENTRYWISE.has(operators[0] ?? '');
}

/** `x > 0` of a tensor: zeros and ones, which no gradient passes; null for what compares no tensors. */
export function comparedTensors(
  expression: CompareExpression,
  values: readonly Value[],
  frame: Frame,
): TensorValue | null {
  if (!isEntrywise(expression)) return null;
  const compared = values.map((value) => optionsOf(value).find(({ kind }) => kind === 'tensor'));
  const tensors = compared.flatMap((one) => tensorIn(one, frame) ?? []);
  if (tensors.length === 0) return null;
  const isWhole = values.every((value, at) => compared[at] !== undefined || isNumeric(value));
  const span = frame.at(expression.span);
  const mask = input(isWhole ? broadcastAll(tensors.map(shapeOf)) : null, span);
  return tensorValue(mayBeSparse(expression, values, frame) ? noteSparse(mask) : mask);
}

/** Whether what counts up to a number that may grow is compared with what does not: with 0 alone half of it holds. */
function mayBeSparse({ operators }: CompareExpression, values: readonly Value[], frame: Frame): boolean {
  const counts = values.map((value) => {
    const tensor = tensorIn(value, frame);
    return tensor === null ? (isNumeric(value) ? quantityOf(value) : null) : countIn(tensor);
  });
  const counted = counts.filter((one, at) => one !== null && tensorIn(values[at], frame) !== null);
  if (counted.length === 0) return false;
  const [left, right] = counts;
  if (left == null || right == null) return true;
  const halves = operators.every((one) => ORDERS.has(one)) && [left, right].some(isNought);
  return !halves && exactValue(quotientOf(left, right)) === undefined;
}

const ORDERS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

function isNought(quantity: Quantity): boolean {
  return exactValue(quantity)?.numerator === 0;
}

/** `~mask` is a mask as well; of what is trained nobody takes it. */
export function inverted({ tensor }: TensorValue, span: Span): Value {
  return isData(tensor) ? tensorValue(dataOf([tensor], shapeOf(tensor), span)) : UNKNOWN;
}
