import { isOne, isSameProduct, quotientOf } from '../../growth/product.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import { compare, ONE, toNumber } from '../../growth/rational.ts';
import { countIn, isDifference, isRange } from '../../network/counted.ts';
import { noteOrigins } from '../../network/data.ts';
import { complementOf, type Density, isDrawnAround, noteDensity, SHARE } from '../../network/density.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import { broadcastAll, lastOf } from '../../network/shape.ts';
import { isOfLengths } from '../../network/statistics.ts';
import { input, isData, isOfParameters, shapeOf } from '../../network/tensor.ts';
import type { CompareExpression } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { type Place, tensorIn, tensorValue } from './tensors.ts';

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
  const [operator] = expression.operators;
  if (!isEntrywise(expression) || operator === undefined) return null;
  return comparedBy(operator, values, { frame, span: frame.at(expression.span) });
}

/** The same of values that a function compares. */
export function comparedBy(
  operator: string,
  values: readonly Value[],
  { frame, span }: Place,
): TensorValue | null {
  const compared = values.map((value) => optionsOf(value).find(({ kind }) => kind === 'tensor'));
  const tensors = compared.flatMap((one) => tensorIn(one, frame) ?? []);
  if (tensors.length === 0) return null;
  const isWhole = values.every((value, at) => compared[at] !== undefined || isNumeric(value));
  const mask = noteOrigins(input(isWhole ? shapeOfMask(tensors) : null, span), tensors.filter(isData));
  return tensorValue(noteDensity(mask, densityOfCompared(operator, values, frame)));
}

/** As all that is compared, or as features whatever these are held against. */
function shapeOfMask(tensors: readonly Tensor[]): Shape | null {
  const features = tensors.find(isFeatures);
  return broadcastAll(tensors.map(shapeOf)) ?? (features === undefined ? null : shapeOf(features));
}

function isFeatures(tensor: Tensor): boolean {
  return !isData(tensor) && !isOfParameters(tensor);
}

/** What a comparison shows of how much of the mask it leaves. */
function densityOfCompared(operator: string, values: readonly Value[], frame: Frame): Density {
  const isOrder = ORDERS.has(operator);
  if (isOrder && areFeaturesAlike(values, frame)) return SHARE;
  const [left, right] = values.map((value) => comparedOf(value, frame));
  if (!left || !right || !isOrder) return {};
  const isShare = isShareOf(left, right) || isShareOf(right, left) || areCountsAlike(left, right);
  return isShare ? SHARE : {};
}

/** Whether features are held against a number, or entry by entry against others: a share of them is larger than that. */
function areFeaturesAlike(values: readonly Value[], frame: Frame): boolean {
  const tensors = values.map((value) => tensorIn(value, frame));
  const features = tensors.find((one) => one !== null && isFeatures(one));
  const otherAt = tensors.findIndex((one) => one !== features);
  const [other, value] = [tensors[otherAt], values[otherAt]];
  if (!features || value === undefined) return false;
  if (!other) return isNumeric(value) && isThreshold(quantityOf(value), features);
  const [mine, theirs] = [features, other].map((one) => lastOf(shapeOf(one)));
  // What is not followed may be the largest of them.
  return (
    !isData(other) &&
    !isUnread(other) &&
    mine != null &&
    theirs != null &&
    !isOne(mine) &&
    isSameProduct(mine, theirs)
  );
}

/** Whether a number that is given is none of how long the features are, beyond which none of them may be. */
function isThreshold(number: Quantity, features: Tensor): boolean {
  return isGiven(number) && !isOfLengths(number, shapeOf(features));
}

function isUnread(tensor: Tensor): boolean {
  return tensor.op === 'unread' || ((tensor.op === 'view' || tensor.op === 'scale') && isUnread(tensor.of));
}

/** Whether a number is written in the code, or given as it is or as what it lacks of one that is written. */
function isGiven(number: Quantity): boolean {
  if (number.op === 'symbol' || exactValue(number) !== undefined) return true;
  return number.op === 'subtract' && exactValue(number.left) !== undefined && isGiven(number.right);
}

/** What is compared: data that counts up to a number, other data, or a number. */
interface Compared {
  readonly data: Tensor | null;
  readonly number: Quantity | null;
}

function comparedOf(value: Value, frame: Frame): Compared | null {
  const data = tensorIn(value, frame);
  if (data !== null) return isData(data) ? { data, number: countIn(data) } : null;
  return isNumeric(value) ? { data, number: quantityOf(value) } : null;
}

/** Whether data is held against a number that a share of it exceeds, and a share of it does not: of what counts to n, n/2. */
function isShareOf({ data, number: count }: Compared, { data: other, number }: Compared): boolean {
  const exact = number === null ? undefined : exactValue(number);
  if (data === null || other !== null || number === null) return false;
  if (count === null)
    return isDrawnAround(data, exact === undefined ? null : toNumber(exact)) && isGiven(number);
  if (exact?.numerator === 0) return isDifference(data);
  const times = exactValue(quotientOf(count, number));
  return isRange(data) && times !== undefined && compare(times, ONE) > 0;
}

/** Whether rows are held against columns, and both count up to numbers that are a constant multiple of each other. */
function areCountsAlike(left: Compared, right: Compared): boolean {
  if (left.data === null || right.data === null || left.number === null || right.number === null)
    return false;
  const times = exactValue(quotientOf(left.number, right.number));
  return areRowsAndColumns(left.data, right.data) && times !== undefined && times.numerator > 0;
}

function areRowsAndColumns(...both: readonly [Tensor, Tensor]): boolean {
  const [one, other] = both.map((data) => (isRange(data) ? onlyDimension(shapeOf(data)) : null));
  return one != null && other != null && one !== other;
}

/** The only dimension of more than one entry, counted from the last; null where there are others. */
function onlyDimension(shape: Shape | null): number | null {
  if (shape === null || shape.open) return null;
  const [only, ...more] = shape.dims.flatMap((dim, at) => (isOne(dim) ? [] : [shape.dims.length - at]));
  return more.length > 0 ? null : (only ?? null);
}

const ORDERS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** `~mask` is a mask as well; of what is trained nobody takes it. */
export function inverted({ tensor }: TensorValue, span: Span): Value {
  if (!isData(tensor)) return UNKNOWN;
  return tensorValue(complementOf(tensor, span));
}
