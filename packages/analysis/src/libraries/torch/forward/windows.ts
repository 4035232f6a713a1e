import { DATA_LENGTH, isDataLength, productOfAll } from '../../../growth/product.ts';
import { type Quantity, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import { exactInteger, isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import type { Value } from '../../../interpret/values/value.ts';
import { dataOf } from '../../../network/data.ts';
import { noteZerosBeside } from '../../../network/density.ts';
import type { Shape, Tensor } from '../../../network/graph.ts';
import { sumOf } from '../../../network/joined.ts';
import { dimensionAt } from '../../../network/layout.ts';
import { isData, shapeOf, unread, view } from '../../../network/tensor.ts';
import { besideZeros } from '../../../network/zeros-beside.ts';
import { integerAt, type Operation, quantityAt, type TensorCall, valueAt } from './operation.ts';
import { channelsOf } from './resampling.ts';

/** Zeros or copies before and behind the entries of the last dimensions: the pair of the last one comes first. */
const padded: Operation = (call) => {
  const { of, span } = call;
  const shape = shapeOf(of);
  const given = valueAt(call, 'pad', 1);
  const fill = valueAt(call, 'value', 3);
  const isOfOwnSize = fill === undefined || fill.kind === 'none' || exactInteger(fill) === 0;
  if (shape === null || given?.kind !== 'list' || given.items.length % 2 > 0 || !isOfOwnSize)
    return undefined;
  const dims = [...shape.dims];
  const added = new Map<number, readonly Quantity[]>();
  for (let back = 0; 2 * back < given.items.length; back++) {
    const place = dimensionAt(shape, -1 - back);
    if (place === null) return undefined;
    if (place === 'data') continue;
    const by = given.items.slice(2 * back, 2 * back + 2);
    dims[place] = longer(dims[place], by);
    added.set(place, by.map(lengthOf));
  }
  const made = view(of, { shape: { ...shape, dims }, from: dims.map((_, at) => [at]) }, span);
  return copiesEnds(call) ? made : withZeros(made, of, added);
};

/** What is padded, of which stretches in these dimensions are zeros. */
function withZeros(made: Tensor, of: Tensor, added: ReadonlyMap<number, readonly Quantity[]>): Tensor {
  if (made === of) return of;
  let beside = made;
  for (const [place, zeros] of added) {
    const [length, whole] = [of, made].map((one) => shapeOf(one)?.dims[place]);
    if (length === undefined || whole === undefined || isDataLength(length)) continue;
    if (isData(of)) noteZerosBeside(made, [{ data: of, length }], zeros);
    else beside = besideZeros(beside, { filled: [length], whole });
  }
  return beside;
}

/** Whether what is put beside the entries are copies of them. */
function copiesEnds(call: TensorCall): boolean {
  const mode = valueAt(call, 'mode', 2);
  return mode?.kind === 'text' && mode.text !== 'constant';
}

function lengthOf(value: Value): Quantity {
  return isNumeric(value) ? quantityOf(value) : UNKNOWN_QUANTITY;
}

function longer(length: Quantity | undefined, by: readonly Value[]): Quantity {
  const added = by.filter((one) => exactInteger(one) !== 0);
  if (length === undefined || added.length === 0 || isDataLength(length)) return length ?? UNKNOWN_QUANTITY;
  return added.reduce(
    (sum, one) => (isNumeric(one) ? sumOf(sum, quantityOf(one)) : UNKNOWN_QUANTITY),
    length,
  );
}

/** Windows along a dimension: how many there are is where that stood, and what each has comes last. */
const unfolded: Operation = (call) => {
  const { of, span } = call;
  const shape = shapeOf(of);
  const at = integerAt(call, 'dimension', 1);
  const size = quantityAt(call, 'size', 2);
  const place = shape === null || at === undefined ? null : dimensionAt(shape, at);
  if (shape === null || place === null || size === null) return undefined;
  const dims = shape.dims.map((length, one) => (one === place ? windowsIn(length) : length));
  const from = dims.map((_, one) => [one]);
  const made: Shape = { ...shape, dims: [...dims, size] };
  return view(of, { shape: made, from: [...from, place === 'data' ? [] : [place]] }, span);
};

function windowsIn(length: Quantity): Quantity {
  return isDataLength(length) ? length : UNKNOWN_QUANTITY;
}

/** Windows of an image, each with all entries of its channels in one dimension: `(batch, channels · places, windows)`. */
const imageWindows: Operation = (call) => {
  const { of, span } = call;
  if (isData(of)) return dataOf([of], null, span);
  const shape = shapeOf(of);
  const places = placesOf(valueAt(call, 'kernel_size', 1));
  const channels = shape === null ? undefined : channelsOf(shape);
  if (shape === null || channels === undefined || places === undefined) return undefined;
  if (channels !== shape.dims.length - 3) return undefined;
  const before = shape.dims.slice(0, channels);
  const [length = UNKNOWN_QUANTITY] = shape.dims.slice(channels);
  const dims = [...before, productOfAll([length, ...places]), DATA_LENGTH];
  const along = [channels + 1, channels + 2];
  const from = [...before.map((_, at) => [at]), [channels, ...along], along];
  return view(of, { shape: { ...shape, dims }, from }, span);
};

/** The lengths of a kernel of two dimensions; undefined where they are not known. */
function placesOf(kernel: Value | undefined): readonly Quantity[] | undefined {
  if (kernel === undefined) return undefined;
  if (kernel.kind !== 'list') return isNumeric(kernel) ? [quantityOf(kernel), quantityOf(kernel)] : undefined;
  const areBoth = !kernel.open && kernel.items.length === 2 && kernel.items.every(isNumeric);
  return areBoth ? kernel.items.map(quantityOf) : undefined;
}

/** What takes stretches of dimensions, or puts something around them; a method by `Tensor.` where a function of that name is another. */
export const WINDOWS: ReadonlyMap<string, Operation> = new Map([
  ['pad', padded],
  // A method of that name that is not understood is not the function.
  ['Tensor.unfold', (call) => unfolded(call) ?? unread([call.of], 'unfold', call.span)],
  ['unfold', imageWindows],
]);
