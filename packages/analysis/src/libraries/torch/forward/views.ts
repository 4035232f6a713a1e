import { DATA_LENGTH, isDataLength, isOne, isOpenLength } from '../../../growth/product.ts';
import { exactValue, isNothing, literal, type Quantity } from '../../../growth/quantity.ts';
import { quantityOf } from '../../../interpret/values/numbers.ts';
import { UNKNOWN } from '../../../interpret/values/value.ts';
import { dataOf } from '../../../network/data.ts';
import {
  complementOf,
  FEWER,
  isSquare,
  isZero,
  standingWhere,
  takesAway,
  withEntriesLeft,
  withOthers,
} from '../../../network/density.ts';
import { leftBy } from '../../../network/elementwise.ts';
import type { Tensor } from '../../../network/graph.ts';
import {
  dimensionAt,
  flattened,
  inserted,
  permuted,
  swapped,
  UNKNOWN_LAYOUT,
  viewed,
  withLength,
  without,
} from '../../../network/layout.ts';
import { fixRank } from '../../../network/ranks.ts';
import { lastOf } from '../../../network/shape.ts';
import { AGAIN, mayTakeAgain } from '../../../network/taken-again.ts';
import {
  input,
  isData,
  isOfParameters,
  noteSome,
  rescaled,
  shapeOf,
  unread,
  view,
} from '../../../network/tensor.ts';
import { laidOut } from './laid-out.ts';
import {
  integerAt,
  integersFrom,
  lengthsIn,
  type Operation,
  type TensorCall,
  tensorAt,
  valueAt,
} from './operation.ts';
import { REPEATS } from './repeats.ts';

const reshape: Operation = (call) => {
  const given = call.args.named.get('shape') ?? call.args.named.get('size');
  const lengths = lengthsIn(given === undefined ? call.args.positional.slice(1) : [given]);
  const layout = lengths === null ? UNKNOWN_LAYOUT : viewed(shapeOf(call.of), lengths.lengths, lengths.open);
  return view(call.of, layout, call.span);
};

/** `view(dtype)` changes no shape. */
const viewOf: Operation = (call) => {
  const [, first] = call.args.positional;
  return first?.kind === 'reference' ? call.of : reshape(call);
};

const asOther: Operation = (call) => {
  const other = tensorAt(call, 'other', 1);
  const shape = other === null ? null : shapeOf(other);
  const layout = shape === null ? UNKNOWN_LAYOUT : viewed(shapeOf(call.of), shape.dims, shape.open);
  return view(call.of, layout, call.span);
};

const transpose: Operation = (call) => {
  const [one, other] = [integerAt(call, 'dim0', 1), integerAt(call, 'dim1', 2)];
  return laidOut(call, (shape) =>
    one === undefined || other === undefined ? UNKNOWN_LAYOUT : swapped(shape, one, other),
  );
};

const transposeLast: Operation = (call) => laidOut(call, (shape) => swapped(shape, -2, -1));

const permute: Operation = (call) => {
  const order = integersFrom(call, 'dims', 1);
  const before = shapeOf(call.of);
  if (order !== undefined && before?.open === true && before.dims.length <= order.length)
    fixRank(call.of, order.length);
  return laidOut(call, (shape) => (order === undefined ? UNKNOWN_LAYOUT : permuted(shape, order)));
};

const unsqueeze: Operation = (call) => {
  const at = integerAt(call, 'dim', 1);
  return laidOut(call, (shape) => (at === undefined ? UNKNOWN_LAYOUT : inserted(shape, at, literal(1))));
};

const squeeze: Operation = (call) => {
  const at = integersFrom(call, 'dim', 1);
  return laidOut(call, (shape) => {
    const all = shape.dims.flatMap((dim, place) => (isOne(dim) ? [place] : []));
    const places = at?.map((one) => dimensionAt(shape, one));
    if (places?.includes(null)) return UNKNOWN_LAYOUT;
    // A length that is not known may be 1: what stands behind it is not known then.
    if (shape.dims.some(({ op }, place) => op === 'unknown' && (places?.includes(place) ?? true)))
      return UNKNOWN_LAYOUT;
    return without(shape, places === undefined ? all : all.filter((place) => places.includes(place)));
  });
};

const flatten: Operation = (call) => {
  const [start = 0, end = -1] = [integerAt(call, 'start_dim', 1, 0), integerAt(call, 'end_dim', 2, -1)];
  return laidOut(call, (shape) => flattened(shape, start, end));
};

const unflatten: Operation = (call) => {
  const at = integerAt(call, 'dim', 1);
  const sizes = valueAt(call, 'sizes', 2);
  const lengths = sizes === undefined ? null : lengthsIn([sizes]);
  return laidOut(call, (shape) => {
    const place = at === undefined ? null : dimensionAt(shape, at);
    if (typeof place !== 'number' || lengths === null) return UNKNOWN_LAYOUT;
    const whole = shape.dims[place];
    const inner = viewed({ dims: whole === undefined ? [] : [whole], open: false }, lengths.lengths, false);
    const dims = [
      ...shape.dims.slice(0, place),
      ...(inner.shape?.dims ?? []),
      ...shape.dims.slice(place + 1),
    ];
    return viewed(shape, dims, shape.open);
  });
};

/** The same numbers at other places of the data's, as flips and rolls leave them. */
const same: Operation = ({ of }) => of;

/** A matrix of parameters without the entries of a mask; scores and features are as large beside those that lose any. */
const masked: Operation = (call) => {
  const mask = tensorAt(call, 'mask', 1);
  const value = quantityOf(valueAt(call, 'value', 2) ?? UNKNOWN);
  if (isData(call.of)) return filledData(call, mask, value);
  if (!takesAway(value)) return withOthers(call.of, call.span);
  // Scores that are −∞ are no entries that a sum lacks.
  if (!isNothing(value) && !isOfParameters(call.of)) return call.of;
  return leftBy(call.of, mask && complementOf(mask, call.span), call.span);
};

/** Data with a number where a mask holds: zeros in it, or it among zeros; what is added to scores it is as it was. */
function filledData({ of, span }: TensorCall, mask: Tensor | null, value: Quantity): Tensor {
  const isAmongZeros = isZero(of) && !takesAway(value);
  if (mask === null || (!isAmongZeros && !isNothing(value))) return of;
  const made = dataOf([isAmongZeros ? mask : of], shapeOf(of), span);
  return standingWhere(isAmongZeros ? mask : complementOf(mask, span), made);
}

/** What is above or below a diagonal: half of a square matrix, but maybe none of one of which entries are taken already. */
const triangle: Operation = (call) => {
  const { of, span } = call;
  const diagonal = valueAt(call, 'diagonal', 1);
  const isHalf = diagonal === undefined || exactValue(quantityOf(diagonal)) !== undefined;
  if (!isOfParameters(of)) return isOfFeatures(of) ? rescaled([of], FEWER, span) : of;
  return withEntriesLeft(of, isHalf && isSquare(shapeOf(of)), span);
};

/** Whether the last dimension is no position: of what is left of the features of the first few entries, few are features. */
function isOfFeatures(of: Tensor): boolean {
  const last = lastOf(shapeOf(of));
  return last !== null && isOpenLength(last);
}

/** Some of them along a dimension: those that stand at places which the data gives. */
const gathered: Operation = (call) => {
  const at = integerAt(call, 'dim', 1);
  const places = tensorAt(call, 'index', 2) ?? tensorAt(call, 'indices', 1);
  if (places !== null && !isBeforeFeatures(call.of, at) && mayTakeAgain(call.of, places))
    return rescaled([call.of], AGAIN, call.span);
  const made = laidOut(call, (shape) => {
    const place = at === undefined ? null : dimensionAt(shape, at);
    if (place === 'data') return without(shape, []);
    const mine = place === null ? undefined : shape.dims[place];
    if (place === null || mine === undefined) return UNKNOWN_LAYOUT;
    return isDataLength(mine) ? without(shape, []) : withLength(shape, place, DATA_LENGTH);
  });
  return made === call.of ? made : noteSome(made);
};

/** Whether features stand behind a dimension, so that what is taken along it leaves them as they are: tokens, by shuffled places. */
function isBeforeFeatures(of: Tensor, at: number | undefined): boolean {
  const shape = shapeOf(of);
  const place = shape === null || at === undefined ? null : dimensionAt(shape, at);
  if (shape === null || typeof place !== 'number') return place === 'data';
  return shape.dims.slice(place + 1).some(isOpenLength);
}

/** From here on nothing behind is trained through it, which no operation of the calculus says. */
const detach: Operation = ({ of, span }) => (isData(of) ? of : unread([of], 'detach', span, shapeOf(of)));

/** Pairs of numbers as complex ones, which are as large: the last dimension, of length 2, is that of a pair. */
const asComplex: Operation = (call) =>
  laidOut(call, ({ dims, open }) =>
    dims.length === 0 ? UNKNOWN_LAYOUT : { shape: { dims: dims.slice(0, -1), open }, from: null },
  );

const asReal: Operation = (call) =>
  laidOut(call, ({ dims, open }) => ({ shape: { dims: [...dims, literal(2)], open }, from: null }));

/** Complex numbers of given sizes, whatever their angles are. */
const polar: Operation = ({ of, span }) => (isData(of) ? input(shapeOf(of), span) : undefined);

/** The methods and functions that give a tensor's numbers in another order or shape. */
export const VIEWS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['view', viewOf],
  ['reshape', reshape],
  ['view_as', asOther],
  ['reshape_as', asOther],
  ['transpose', transpose],
  ['swapaxes', transpose],
  ['swapdims', transpose],
  ['t', transposeLast],
  ['adjoint', transposeLast],
  ['permute', permute],
  ['unsqueeze', unsqueeze],
  ['squeeze', squeeze],
  ['flatten', flatten],
  ['unflatten', unflatten],
  ...REPEATS,
  ['masked_fill', masked],
  ['masked_fill_', masked],
  ['tril', triangle],
  ['triu', triangle],
  ['gather', gathered],
  ['index_select', gathered],
  ['view_as_complex', asComplex],
  ['view_as_real', asReal],
  ['polar', polar],
  ['detach', detach],
  ['detach_', detach],
  ['take_along_dim', gathered],
  ...'contiguous clone bool float double half bfloat16 to cuda cpu type type_as requires_grad_ dropout dropout_ dropout1d dropout2d alpha_dropout nan_to_num roll flip neg positive identity rename refine_names retain_grad pin_memory to_local full_tensor redistribute'
    .split(' ')
    .map((name) => [name, same] as const),
]);
