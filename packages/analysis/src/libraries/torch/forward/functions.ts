import { DATA_LENGTH, isDataLength, productOfAll } from '../../../growth/product.ts';
import {
  exactValue,
  literal,
  pair,
  power,
  type Quantity,
  UNKNOWN_QUANTITY,
} from '../../../growth/quantity.ts';
import { HALF, negate, ONE, type Rational } from '../../../growth/rational.ts';
import { unreadOf } from '../../../interpret/modules/tensors.ts';
import { quantityOf } from '../../../interpret/values/numbers.ts';
import { alikeDataOf } from '../../../network/counted.ts';
import { timesSteady } from '../../../network/data.ts';
import { powerOfData } from '../../../network/density.ts';
import { gained, product, sum } from '../../../network/elementwise.ts';
import type { Shape, Tensor } from '../../../network/graph.ts';
import { dimensionAt } from '../../../network/layout.ts';
import { lastOf } from '../../../network/shape.ts';
import { noteAbsolute, notePower, noteSize, noteSquare, noteVariance } from '../../../network/statistics.ts';
import {
  act,
  anyMultiple,
  isData,
  loss,
  norm,
  rescaled,
  scale,
  shapeOf,
  softmax,
  view,
} from '../../../network/tensor.ts';
import { dropout } from './dropout.ts';
import { integerAt, type Operation, quantityAt, type TensorCall, tensorAt, valueAt } from './operation.ts';

function lengthOver(call: TensorCall, index: number, fallback: number): Quantity {
  const shape = shapeOf(call.of);
  const dim = integerAt(call, 'dim', index, fallback);
  if (shape === null || dim === undefined) return UNKNOWN_QUANTITY;
  if (reachesData(shape, dim)) return DATA_LENGTH;
  const at = dim === 1 && shape.open && shape.dims.length === 1 ? 0 : dimensionAt(shape, dim);
  // The last dimension of what a model is given may be as long as the model is wide.
  if (at === 'data') return dim === -1 ? DATA_LENGTH : literal(1);
  return at === null ? UNKNOWN_QUANTITY : (shape.dims[at] ?? UNKNOWN_QUANTITY);
}

/** Whether all dimensions are the data's that a place may be, however many stand before those that are listed. */
function reachesData({ dims, open }: Shape, place: number): boolean {
  return open && place >= 0 && place < dims.length && dims.slice(0, place + 1).every(isDataLength);
}

/** How many entries a tensor has for each of its data. */
function entriesIn(of: Tensor): Quantity {
  const dims = shapeOf(of)?.dims.filter((dim) => !isDataLength(dim)) ?? [UNKNOWN_QUANTITY];
  return productOfAll(dims);
}

const softmaxOver: Operation = (call) => softmax(call.of, lengthOver(call, 1, -1), call.span);

const square: Operation = (call) => raised(call, { numerator: 2, denominator: 1 });

function raised(call: TensorCall, exponent: Rational): Tensor {
  const { of, span } = call;
  const { numerator, denominator } = exponent;
  if (denominator === 1 && numerator === 1) return of;
  if (isData(of)) return powerOfData(of, exponent, span);
  if (denominator === 1 && numerator === 2) {
    return noteSquare(squareOf(of, span), of);
  }
  if (denominator === 1 && numerator === 3) return act(of, 'cube', span);
  return notePower(rescaled([of], `to the power ${numerator}/${denominator}`, span), of, exponent);
}

/** relu² is known as such. */
function squareOf(of: Tensor, span: TensorCall['span']): Tensor {
  return of.op === 'act' && of.activation === 'relu' ? act(of.of, 'relu2', span) : act(of, 'square', span);
}

const pow: Operation = (call) => {
  const exponent = valueAt(call, 'exponent', 1);
  const exact = exponent === undefined ? undefined : exactValue(quantityOf(exponent));
  return exact === undefined ? undefined : raised(call, exact);
};

const toPower =
  (exponent: Rational): Operation =>
  (call) =>
    raised(call, exponent);

const absolute: Operation = ({ of, span }) =>
  isData(of) ? alikeDataOf([of], shapeOf(of), span) : noteAbsolute(act(of, 'leaky_relu', span), of);

const sizeOverLast: Operation = (call) => {
  const { of, span } = call;
  if ((call.args.named.get('p') ?? call.args.named.get('ord')) !== undefined && !isEuclidean(call)) {
    return rescaled([of], 'the norm of a tensor', span);
  }
  const count = valueAt(call, 'dim', 2) === undefined ? entriesIn(of) : lengthOver(call, 2, -1);
  const unread = unreadOf([of], 'the norm of a tensor', span);
  const made = isData(of) && !isDataLength(count) ? timesSteady(unread, count, span) : unread;
  return noteSize(reducedLike(call, made), of, count);
};

/** Whether the norm of a tensor is its length. */
function isEuclidean(call: TensorCall): boolean {
  return integerAt(call, call.args.named.has('p') ? 'p' : 'ord', 1, 2) === 2;
}

function reducedLike({ of, span }: TensorCall, made: Tensor): Tensor {
  const shape = shapeOf(of);
  if (shape === null || isData(made)) return made;
  const dims = [...shape.dims.slice(0, -1), literal(1)];
  return view(made, { shape: { dims, open: shape.open }, from: null }, span);
}

const variance: Operation = (call) =>
  noteVariance(reducedLike(call, unreadOf([call.of], 'a variance', call.span)), call.of);
const deviation: Operation = (call) =>
  noteSize(reducedLike(call, unreadOf([call.of], 'a standard deviation', call.span)), call.of, literal(1));

/** Normalizes, with a gain and a bias where they are given. */
const normalized =
  (gainAt: number, biasAt: number | null): Operation =>
  (call) => {
    const [gain, bias] = [
      tensorAt(call, 'weight', gainAt),
      biasAt === null ? null : tensorAt(call, 'bias', biasAt),
    ];
    const made = norm(call.of, call.span);
    const scaled = gain === null ? made : gained(made, gain, call.span);
    return bias === null ? scaled : sum([scaled, bias], call.span);
  };

/** To length 1: entries of the size 1/√n where the dimension has n. Other lengths than the Euclidean one are not read. */
const normalize: Operation = (call) => {
  if (integerAt(call, 'p', 1, 2) !== 2) return anyMultiple([call.of], '/ a norm', call.span);
  const count = lengthOver(call, 2, 1);
  const last = valueAt(call, 'dim', 2) === undefined ? lastOf(shapeOf(call.of)) : count;
  const over = last ?? UNKNOWN_QUANTITY;
  return scale(norm(call.of, call.span), power(over, negate(HALF)), call.span);
};

const lossOf =
  (count: 1 | 2): Operation =>
  (call) => {
    const other = count === 2 ? (tensorAt(call, 'target', 1) ?? tensorAt(call, 'other', 1)) : null;
    return loss([call.of, ...(other === null || isData(other) ? [] : [other])], call.span);
  };

/** x + αy */
const add: Operation = (call) => {
  const other = tensorAt(call, 'other', 1);
  const alpha = valueAt(call, 'alpha', 2);
  if (other === null || alpha === undefined) return undefined;
  return sum([call.of, scale(other, quantityOf(alpha), call.span)], call.span);
};

/** (1 − w)·x + w·y; where w is no number, either may be anything. */
const lerp: Operation = (call) => {
  const { of, span } = call;
  const other = tensorAt(call, 'end', 1);
  if (other === null) return undefined;
  const weight = quantityAt(call, 'weight', 2);
  if (weight === null) return anyMultiple([of, other], 'a blend by what is no number', span);
  if (exactValue(weight) !== undefined) return sum([of, other], span);
  const rest = scale(of, pair('subtract', literal(1), weight), span);
  return sum([rest, scale(other, weight, span)], span);
};

/** x + v·y·z; of a product of tensors times what is no constant the size is left open. */
const addcmul: Operation = (call) => {
  const { of, span } = call;
  const [one, other] = [tensorAt(call, 'tensor1', 1), tensorAt(call, 'tensor2', 2)];
  const given = valueAt(call, 'value', 3);
  const factor = given === undefined ? literal(1) : quantityOf(given);
  if (one !== null && other !== null) {
    const isPlain = exactValue(factor) !== undefined;
    const made = isPlain
      ? product(one, other, span)
      : anyMultiple([one, other], 'a product that is added', span);
    return sum([of, made], span);
  }
  const [only, number] =
    one === null ? [other, quantityAt(call, 'tensor1', 1)] : [one, quantityAt(call, 'tensor2', 2)];
  if (only === null) return undefined;
  return sum([of, scale(only, pair('multiply', factor, number ?? UNKNOWN_QUANTITY), span)], span);
};

/** x + v·y/z */
const addcdiv: Operation = (call) => {
  const [above, below] = [tensorAt(call, 'tensor1', 1), tensorAt(call, 'tensor2', 2)];
  if (above === null || below === null) return undefined;
  return sum([call.of, anyMultiple([above, below], '/ a tensor', call.span)], call.span);
};

/** What is added at some places, as often as they are named, and times a number. */
const addedAt: Operation = (call) => {
  const source = tensorAt(call, 'source', 3) ?? tensorAt(call, 'src', 3);
  return source === null ? undefined : anyMultiple([call.of, source], 'what is added at places', call.span);
};

const gumbel: Operation = (call) => {
  const tau = valueAt(call, 'tau', 1);
  const factor = tau === undefined ? literal(1) : power(quantityOf(tau), negate(ONE));
  return softmax(scale(call.of, factor, call.span), lengthOver(call, 4, -1), call.span);
};

/** A function, and the method that changes what it is called on. */
function changing(name: string, operation: Operation): readonly (readonly [string, Operation])[] {
  return [
    [name, operation],
    [`${name}_`, operation],
  ];
}

export const FUNCTIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['softmax', softmaxOver],
  ['log_softmax', softmaxOver],
  ['square', square],
  ['pow', pow],
  ['sqrt', toPower(HALF)],
  ['rsqrt', toPower(negate(HALF))],
  ['reciprocal', toPower(negate(ONE))],
  ['abs', absolute],
  ['absolute', absolute],
  ['norm', sizeOverLast],
  ['vector_norm', sizeOverLast],
  ['var', variance],
  ['std', deviation],
  ...['dropout', 'dropout1d', 'dropout2d', 'dropout3d'].map((name) => [name, dropout] as const),
  ['layer_norm', normalized(2, 3)],
  ['rms_norm', normalized(2, null)],
  ['group_norm', normalized(2, 3)],
  ['normalize', normalize],
  ['cross_entropy', lossOf(1)],
  ['nll_loss', lossOf(1)],
  ['mse_loss', lossOf(2)],
  ['l1_loss', lossOf(2)],
  ['smooth_l1_loss', lossOf(2)],
  ['huber_loss', lossOf(2)],
  ['binary_cross_entropy', lossOf(1)],
  ['binary_cross_entropy_with_logits', lossOf(1)],
  ['kl_div', lossOf(2)],
  ...changing('add', add),
  ...changing('sub', add),
  ...changing('subtract', add),
  ...changing('lerp', lerp),
  ...changing('addcmul', addcmul),
  ...changing('addcdiv', addcdiv),
  ...changing('index_add', addedAt),
  ...changing('scatter_add', addedAt),
  ['gumbel_softmax', gumbel],
]);
