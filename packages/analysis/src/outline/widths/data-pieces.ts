import { DATA, isDataLength, isOne } from '../../growth/product.ts';
import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Contraction, Tensor, View } from '../../network/graph.ts';
import { operandsOf } from '../../network/tensor.ts';
import { placeOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import { isGiven, keptIn } from './dimension-classes.ts';

/** The places of the dimensions of a tensor that are the data's alone. */
type Places = ReadonlySet<number>;

const NONE: Places = new Set();

/**
 * Names of what dimensions that the data brings along are taken apart into or put together from, as an image's positions
 * into windows: rows, columns, windows, strides. There are as many at every width. Dimensions are followed from what the
 * model is given on, and no further than all that an operation takes has them from there: what a view takes features apart
 * into, too, and what a convolution makes along features, is none of these.
 */
export function dataPieces({
  tensors,
  isComputed,
}: Pick<ForwardPass, 'tensors' | 'isComputed'>): ReadonlySet<WidthSymbol> {
  const known = new Map<Tensor, Places>();
  const placesOf = (tensor: Tensor) => known.get(tensor) ?? NONE;
  const lengths: Quantity[] = [];
  for (const tensor of tensors) {
    const places = new Set(
      dimsOf(tensor).flatMap((_, place) => (isDatas(tensor, place, placesOf) ? [place] : [])),
    );
    if (tensor.op === 'view') for (const place of piecesIn(tensor, placesOf(tensor.of))) places.add(place);
    known.set(tensor, places);
    if (isComputed(tensor)) lengths.push(...[...places].flatMap((place) => dimsOf(tensor)[place] ?? []));
  }
  return new Set(lengths.flatMap((length) => [...freeSymbolsOf(length)]).filter((symbol) => symbol !== DATA));
}

/** Whether a dimension is the data's as all is from which it was made. */
function isDatas(tensor: Tensor, place: number, placesOf: (tensor: Tensor) => Places): boolean {
  switch (tensor.op) {
    case 'input':
      return isDataLength(dimsOf(tensor)[place] ?? UNKNOWN);
    case 'weight':
    case 'loss':
    case 'unread':
      return false;
    case 'view': {
      if (isGiven(tensor.of)) return isDataLength(dimsOf(tensor)[place] ?? UNKNOWN);
      const from = tensor.from?.[place] ?? [];
      return from.length > 0 && from.every((one) => placesOf(tensor.of).has(one));
    }
    case 'contract':
      return isSharedOfData(tensor, place, placesOf);
    default:
      return isAlongAll(tensor, place, placesOf);
  }
}

const UNKNOWN: Quantity = { op: 'unknown' };

/** Whether both operands of a product that have a dimension, or the one that has it, have it from the data. */
function isSharedOfData(
  { axes, of, shape }: Contraction,
  place: number,
  placesOf: (tensor: Tensor) => Places,
): boolean {
  const letter = axes.out[place + axes.out.length - (shape?.dims.length ?? 0)] ?? '';
  const having = [axes.left, axes.right].flatMap((letters, at) => {
    const operand = of[at];
    const own = operand && placeOf(operand, letters, letters.indexOf(letter));
    if (operand === undefined || own === undefined || !letters.includes(letter)) return [];
    const length = dimsOf(operand)[own];
    return length !== undefined && isOne(length) ? [] : [placesOf(operand).has(own)];
  });
  return having.length > 0 && having.every((one) => one);
}

/** Whether each of those that are taken entry by entry has a dimension from the data; parameters go along. */
function isAlongAll(tensor: Tensor, place: number, placesOf: (tensor: Tensor) => Places): boolean {
  const fromLast = place - dimsOf(tensor).length;
  const having = operandsOf(tensor).flatMap((operand) => {
    const own = fromLast + dimsOf(operand).length;
    const length = dimsOf(operand)[own];
    if (parameterIn(operand) !== null || (length !== undefined && isOne(length))) return [];
    return [placesOf(operand).has(own)];
  });
  return having.length > 0 && having.every((one) => one);
}

/** The dimensions that a view makes of the data's alone: all that are new, where all that are gone are. */
function piecesIn(tensor: View, datas: Places): readonly number[] {
  const kept = keptIn(tensor.of, tensor);
  const changed = (one: Tensor, isKept: (place: number) => boolean) =>
    dimsOf(one).flatMap((length, place) => (isOne(length) || isKept(place) ? [] : [place]));
  const gone = changed(tensor.of, (place) => kept.some(([before]) => before === place));
  const isOfData = gone.length > 0 && gone.every((place) => datas.has(place));
  const left = kept.flatMap(([before, after]) => (datas.has(before) ? [after] : []));
  return isOfData
    ? [...left, ...changed(tensor, (place) => kept.some(([, after]) => after === place))]
    : left;
}

function dimsOf({ shape }: Tensor): readonly Quantity[] {
  return shape?.dims ?? [];
}
