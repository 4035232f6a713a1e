import { exactValue, literal, pair, type Quantity } from '../../growth/quantity.ts';
import { negate, ONE } from '../../growth/rational.ts';
import { noteDifference } from '../../network/counted.ts';
import { dataOf, isMultipleOfNumbers } from '../../network/data.ts';
import { fallingOf, madeUnread, maskOfBoth, powerOfData } from '../../network/density.ts';
import { multiple, product, sum } from '../../network/elementwise.ts';
import { geluOf } from '../../network/gelu.ts';
import type { Tensor } from '../../network/graph.ts';
import { matmul } from '../../network/products.ts';
import { broadcastAll, closed } from '../../network/shape.ts';
import {
  centredBy,
  isSize,
  normalizedBy,
  noteBeside,
  notePower,
  noteRaised,
  noteSame,
  noteSquare,
} from '../../network/statistics.ts';
import * as graph from '../../network/tensor.ts';
import { writtenSoftmax } from '../../network/written-softmax.ts';
import type { Span } from '../../syntax/span.ts';
import { isNumeric, negated, quantityOf } from '../values/numbers.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import type { Value } from '../values/value.ts';
import { type Place, rescaledOf, tensorIn, tensorValue } from './tensors.ts';

/** Tensors joined by an operator, entry by entry. */
export function combineTensors(
  operator: string,
  [left, right]: readonly [Value, Value],
  { frame, span }: Place,
): Value {
  const of = [tensorIn(left, frame), tensorIn(right, frame)].filter((one) => one !== null);
  return tensorValue(combinedOf(operator, of, span));
}

function combinedOf(operator: string, of: readonly Tensor[], span: Span): Tensor {
  const [left, right] = of;
  if (left === undefined || right === undefined) return withUnknown(operator, of, span);
  switch (operator) {
    case '+':
      return plusTensor(left, right, span);
    case '-':
      return centredBy(left, right, span) ?? noteDifference(sum([left, right], span));
    case '*':
      return timesTensor(left, right, span);
    case '/':
      return overTensor(left, right, span);
    case '@':
      return matmul(left, right, span);
    case '&':
    case '|':
    case '^':
      return maskOf(operator, [left, right], span);
    default:
      return rescaledOf(of, `tensor ${operator} tensor`, span);
  }
}

/** A size with data added to it is that size; with what is trained, or numbers that may grow, it may be theirs. */
function plusTensor(left: Tensor, right: Tensor, span: Span): Tensor {
  const made = sum([left, right], span);
  return graph.isData(right) && !isMultipleOfNumbers(right) ? noteSame(made, left) : noteBeside(made, left);
}

/** Masks together are a mask. */
function maskOf(operator: string, of: readonly [Tensor, Tensor], span: Span): Tensor {
  if (!of.every(graph.isData)) return rescaledOf(of, `tensor ${operator} tensor`, span);
  return maskOfBoth(operator, of, dataOf(of, broadcastAll(of.map(graph.shapeOf)), span));
}

function timesTensor(left: Tensor, right: Tensor, span: Span): Tensor {
  const normalized = normalizedBy(left, right, '*', span) ?? normalizedBy(right, left, '*', span);
  const gelu = geluOf(left, right, span) ?? geluOf(right, left, span);
  if (normalized !== null || gelu !== null) return normalized ?? gelu ?? left;
  if (isOtherSize(left, right) || isOtherSize(right, left))
    return graph.anyMultiple([left, right], 'tensor * a size', span);
  return left === right ? noteSquare(product(left, right, span), left) : product(left, right, span);
}

/** Whether a tensor is the size of something else, and not what another way to normalize a weight divides that by. */
function isOtherSize(size: Tensor, of: Tensor): boolean {
  return isSize(size) && !isSize(of) && !graph.isOfParameters(of);
}

/** Dividing by data of size Θ(1) is multiplying by such data. */
function overTensor(left: Tensor, right: Tensor, span: Span): Tensor {
  const normalized = normalizedBy(left, right, '/', span) ?? writtenSoftmax(left, right, span);
  if (normalized !== null) return normalized;
  if (isOtherSize(right, left)) return graph.anyMultiple([left, right], 'tensor / a size', span);
  if (isMultipleOfNumbers(right)) {
    return multiple(overTensor(left, right.of, span), pair('divide', literal(1), right.factor), span);
  }
  if (graph.isData(right))
    return product(left, fallingOf(right, dataOf([right], graph.shapeOf(right), span)), span);
  return rescaledOf([left, right], 'tensor / tensor', span);
}

/** What an operator makes of tensors and something that is not known. */
function withUnknown(operator: string, of: readonly Tensor[], span: Span): Tensor {
  return of.every(graph.isData) ? madeUnread(of, span) : besideUnknown(operator, of, span);
}

function besideUnknown(operator: string, of: readonly Tensor[], span: Span): Tensor {
  return (BY_OPERATOR[operator] ?? graph.rescaled)(of, `${operator} with something unknown`, span);
}

/** What each operator makes of a tensor and something that is not known, which may be a number that grows with width. */
const BY_OPERATOR: Readonly<Record<string, typeof graph.rescaled>> = {
  '*': graph.anyMultiple,
  '/': graph.anyMultiple,
  '+': graph.plusUnknown,
  '-': graph.plusUnknown,
};

interface ScaledTensor {
  readonly tensor: TensorValue;
  readonly other: Value;
  readonly first: 'tensor' | 'other';
}

/** A tensor and a number: `tensor ∘ number`, or the other way round where the number stands first. */
export function scaleTensor(
  operator: string,
  { tensor: { tensor }, other, first }: ScaledTensor,
  { span }: Place,
): Value {
  if (!isNumeric(other)) return tensorValue(besideUnknown(operator, [tensor], span));
  const factor = quantityOf(other);
  if (operator === '*') return tensorValue(multiple(tensor, factor, span));
  if (operator === '/' && first === 'tensor') {
    return tensorValue(multiple(tensor, pair('divide', literal(1), factor), span));
  }
  if (operator === '+' || operator === '-') {
    const added = operator === '-' && first === 'tensor' ? negated(factor) : factor;
    const number = graph.scale(graph.input(closed([]), span), added, span);
    return tensorValue(noteRaised(sum([tensor, number], span), tensor, added));
  }
  if (operator === '**' && first === 'other') {
    return tensorValue(toPowerOf(tensor, span));
  }
  return tensorValue(numberOver(operator, tensor, { factor, what: `tensor ${operator} number`, span }));
}

/** `number ** tensor`. */
function toPowerOf(exponents: Tensor, span: Span): Tensor {
  if (!graph.isData(exponents)) return graph.rescaled([exponents], 'number ** tensor', span);
  return fallingOf(exponents, dataOf([exponents], graph.shapeOf(exponents), span));
}

/** `tensor ** number` and `number / tensor`. */
function numberOver(
  operator: string,
  tensor: Tensor,
  { factor, what, span }: { readonly factor: Quantity; readonly what: string; readonly span: Span },
): Tensor {
  const exponent = operator === '/' ? MINUS_ONE : operator === '**' ? exactValue(factor) : undefined;
  if (exponent === undefined) return rescaledOf([tensor], what, span);
  if (graph.isData(tensor)) {
    const made = powerOfData(tensor, exponent, span);
    return operator === '/' ? graph.scale(made, factor, span) : made;
  }
  if (exponent.numerator === 3 && exponent.denominator === 1) {
    return graph.act(tensor, 'cube', span);
  }
  if (exponent.numerator === 2 && exponent.denominator === 1) {
    return noteSquare(graph.act(tensor, 'square', span), tensor);
  }
  const made = notePower(rescaledOf([tensor], what, span), tensor, exponent);
  return operator === '/' ? graph.scale(made, factor, span) : made;
}

const MINUS_ONE = negate(ONE);
