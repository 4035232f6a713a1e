import { isDataLength, quotientOf } from '../../../growth/product.ts';
import { literal, type Quantity } from '../../../growth/quantity.ts';
import { everyArgument } from '../../../interpret/machine/given-arguments.ts';
import { unreadFunction } from '../../../interpret/modules/tensors.ts';
import { exactInteger, isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import { number, type Value } from '../../../interpret/values/value.ts';
import { product } from '../../../network/elementwise.ts';
import type { Tensor } from '../../../network/graph.ts';
import { dimensionAt, UNKNOWN_LAYOUT, withLength, without } from '../../../network/layout.ts';
import { act, isOfParameters, noteSome, partOf, shapeOf, unread, view } from '../../../network/tensor.ts';
import { integerAt, type Operation, type TensorCall, tuple, valueAt } from './operation.ts';

/** More parts than code names. */
const MOST_PARTS = 64;

/** Parts of a tensor along a dimension; of the data's they are the same tensor. */
export function parts(
  { of, span }: Pick<TensorCall, 'of' | 'span'>,
  dim: number,
  lengths: readonly (Quantity | null)[],
): readonly Tensor[] {
  const shape = shapeOf(of);
  const place = shape === null ? null : dimensionAt(shape, dim);
  if (shape === null || place === null) {
    return lengths.map((_, at) => unread([of], `part ${at} of a dimension that is not known`, span));
  }
  if (place === 'data' || isData(shape.dims[place])) return lengths.map(() => of);
  return lengths.map((length, at) => {
    const layout = length === null ? without(shape, [place]) : withLength(shape, place, length);
    return partOf(of, { dim: place, name: `${at} of ${lengths.length}` }, layout, span);
  });
}

function isData(dim: Quantity | undefined): boolean {
  return dim !== undefined && isDataLength(dim);
}

function lengthOf(call: TensorCall, dim: number): Quantity | undefined {
  const shape = shapeOf(call.of);
  const place = shape === null ? null : dimensionAt(shape, dim);
  return typeof place === 'number' ? shape?.dims[place] : undefined;
}

/** Parts that are not told apart, as many as there are: one tensor stands for each. */
function anyParts(name: string, call: TensorCall, count: Quantity): Value {
  const part = unreadFunction(name, everyArgument(call.args), call);
  return part.kind === 'tensor' ? { ...part, count } : { kind: 'unknown', symbol: null, length: count };
}

const chunk: Operation = (call) => {
  const count = integerAt(call, 'chunks', 1);
  const dim = dimOf(call, 2);
  const given = valueAt(call, 'chunks', 1);
  // How many rows of a parameter a stretch has changes none of them; of features that are taken few may be left.
  if (count === undefined && given !== undefined && isNumeric(given) && !isOfParameters(call.of))
    return anyParts('chunk', call, quantityOf(given));
  if (count === undefined || count < 1 || count > MOST_PARTS || dim === undefined) return undefined;
  const whole = lengthOf(call, dim);
  const length = whole === undefined ? literal(1) : quotientOf(whole, literal(count));
  return tuple(
    parts(
      call,
      dim,
      Array.from({ length: count }, () => length),
    ),
  );
};

/** Lowest places are taken for the features where a shape has only them. */
function dimOf(call: TensorCall, index: number): number | undefined {
  const dim = integerAt(call, 'dim', index, 0);
  const shape = shapeOf(call.of);
  const hasOnlyThem = shape?.open === true && shape.dims.length > 0 && shape.dims.slice(0, -1).every(isData);
  return dim !== undefined && dim > 0 && hasOnlyThem ? -1 : dim;
}

const split: Operation = (call) => {
  const sizes = valueAt(call, 'split_size_or_sections', 1) ?? valueAt(call, 'split_size', 1);
  const dim = dimOf(call, 2);
  if (sizes === undefined || dim === undefined) return undefined;
  if (sizes.kind === 'list') {
    if (sizes.open || sizes.items.length > MOST_PARTS) return undefined;
    return tuple(parts(call, dim, sizes.items.map(quantityOf)));
  }
  const whole = lengthOf(call, dim);
  if (whole === undefined) return undefined;
  const length = quotientOf(whole, quantityOf(sizes));
  const count = exactInteger(number(length));
  if (count === undefined || count > MOST_PARTS) return anyParts('split', call, length);
  return tuple(
    parts(
      call,
      dim,
      Array.from({ length: count }, () => quantityOf(sizes)),
    ),
  );
};

const unbind: Operation = (call) => {
  const dim = integerAt(call, 'dim', 1, 0);
  const whole = dim === undefined ? undefined : lengthOf(call, dim);
  if (dim === undefined || whole === undefined) return undefined;
  const count = exactInteger(number(whole));
  if (count === undefined || count > MOST_PARTS) return anyParts('unbind', call, whole);
  return tuple(
    parts(
      call,
      dim,
      Array.from({ length: count }, () => null),
    ),
  );
};

const narrow: Operation = (call) => {
  const dim = integerAt(call, 'dim', 1);
  const shape = shapeOf(call.of);
  const place = dim === undefined || shape === null ? null : dimensionAt(shape, dim);
  const length = valueAt(call, 'length', 3);
  if (place === 'data' || (typeof place === 'number' && isData(shape?.dims[place]))) return call.of;
  if (place === null || shape === null || length === undefined)
    return noteSome(view(call.of, UNKNOWN_LAYOUT, call.span));
  const start = valueAt(call, 'start', 2);
  const name = `from ${start === undefined ? '?' : exactInteger(start)}`;
  return partOf(call.of, { dim: place, name }, withLength(shape, place, quantityOf(length)), call.span);
};

/** `glu(x)`: one half of it, gated by the other. */
const gated: Operation = (call) => {
  const dim = integerAt(call, 'dim', 1, -1);
  const whole = dim === undefined ? undefined : lengthOf(call, dim);
  if (dim === undefined || whole === undefined || isData(whole)) return undefined;
  const half = quotientOf(whole, literal(2));
  const [features, gates] = parts(call, dim, [half, half]);
  return product(features!, act(gates!, 'sigmoid', call.span), call.span);
};

export const SPLITS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['chunk', chunk],
  ['split', split],
  ['split_with_sizes', split],
  ['tensor_split', chunk],
  ['unbind', unbind],
  ['narrow', narrow],
  ['glu', gated],
]);
