import { DATA, isDataLength, isOne } from '../../growth/product.ts';
import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor, View } from '../../network/graph.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';
import { type DimensionClasses, isGiven, keptIn } from './dimension-classes.ts';

/**
 * Names of what dimensions that the data brings along are taken apart into or put together from, as an image's positions
 * into windows: rows, columns, windows, strides. There are as many at every width. Of a view that takes features apart, too,
 * nothing is known.
 */
export function dataPieces(
  { tensors, isComputed }: Pick<ForwardPass, 'tensors' | 'isComputed'>,
  classes: DimensionClasses,
): ReadonlySet<WidthSymbol> {
  const views = tensors.flatMap((tensor) =>
    tensor.op === 'view' && isComputed(tensor) ? [changedIn(tensor)] : [],
  );
  const ofData = datasAlone(tensors, classes);
  const isDatas = (tensor: Tensor, place: number) => ofData.has(classes.classOf(tensor, place));
  for (let before = -1; before < ofData.size; ) {
    before = ofData.size;
    for (const { tensor, gone, added } of views) {
      if (gone.length === 0 || !gone.every((place) => isDatas(tensor.of, place))) continue;
      for (const place of added) ofData.add(classes.classOf(tensor, place));
    }
  }
  const found = tensors
    .filter(isComputed)
    .flatMap((tensor) => dimsOf(tensor).filter((_, place) => isDatas(tensor, place)));
  return new Set(found.flatMap((length) => [...freeSymbolsOf(length)]).filter((symbol) => symbol !== DATA));
}

/**
 * The dimensions that have a length of the data, but for those of which that is not known: what a convolution makes along
 * features counts as the data's, as positions do.
 */
function datasAlone(tensors: readonly Tensor[], classes: DimensionClasses): Set<number> {
  const ofData = new Set<number>();
  const open = new Set<number>();
  for (const tensor of tensors) {
    for (const [place, length] of dimsOf(tensor).entries()) {
      if (!isDataLength(length)) continue;
      const isKnown = tensor.op !== 'view' || isOfData(tensor, place);
      (isKnown ? ofData : open).add(classes.classOf(tensor, place));
    }
  }
  return new Set([...ofData].filter((one) => !open.has(one)));
}

/** Whether a dimension of a view is made of the data's alone, as far as their lengths tell, or of what the model is given. */
function isOfData({ of, from }: View, place: number): boolean {
  if (isGiven(of)) return true;
  const places = from?.[place];
  return (
    places?.every((one) => {
      const length = dimsOf(of)[one];
      return length !== undefined && (isDataLength(length) || isOne(length));
    }) === true
  );
}

function dimsOf({ shape }: Tensor) {
  return shape?.dims ?? [];
}

/** The dimensions that a view does not leave, before and after; those that are 1 long change nothing. */
function changedIn(tensor: View) {
  const kept = keptIn(tensor.of, tensor);
  const changed = (one: Tensor, isKept: (place: number) => boolean) =>
    dimsOf(one).flatMap((length, place) => (isOne(length) || isKept(place) ? [] : [place]));
  return {
    tensor,
    gone: changed(tensor.of, (place) => kept.some(([before]) => before === place)),
    added: changed(tensor, (place) => kept.some(([, after]) => after === place)),
  };
}
