import { DATA, isOne, isSameProduct } from '../../growth/product.ts';
import { freeSymbolsOf, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { dataOf, ONES, timesSteady } from '../../network/data.ts';
import { FEW, noteDensity } from '../../network/density.ts';
import { sum } from '../../network/elementwise.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import { anyMultiple, input, isData, scale, shapeOf } from '../../network/tensor.ts';
import type { SubscriptPlace } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { tensorIn, tensorValue } from '../modules/tensors.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import type { Value } from '../values/value.ts';

/** `container[key] = value`; the key is null for a part of it. */
export interface ItemChange {
  readonly key: Value | null;
  readonly value: Value;
  readonly span: Span;
  /** Whether nothing is left of what was there, as by `x[:] = y`. */
  readonly ofAll?: boolean;
  /** What stands between the brackets, of which the last says what becomes of features. */
  readonly places?: readonly SubscriptPlace[];
  /** Whether it is a single entry of a parameter, of many. */
  readonly isEntry?: boolean;
}

/**
 * What was there and what takes the place of some of it may be of different sizes: nothing is known of both together, but where
 * numbers mask some rows of it, and where whole features take the places of others, as of states and actions in turn: then it
 * is as large as the larger one of the two.
 */
export function changedTensor(
  container: TensorValue,
  { value, span, ofAll, places = [] }: ItemChange,
  frame: Frame,
): Value {
  const { tensor } = container;
  const given = tensorIn(value, frame);
  if (ofAll === true && given !== null && fills(given, tensor)) return tensorValue(given);
  const of = given === null ? [tensor] : [tensor, given];
  const isMask = ofAll !== true && leavesFeatures(places) && isSteady(value);
  if (given === null && !isData(tensor) && isMask) return container;
  const isOfRows = given !== null && !isData(given) && isOfWholeRows(places, shapeOf(tensor));
  if (isOfRows && takesRows(tensor, given)) return tensorValue(sum(of, span));
  if (!of.every(isData)) return tensorValue(anyMultiple(of, 'an assignment to a part', span));
  // Data of which a part is other data is what it was: a table of positions that is filled by halves.
  if (given?.op === 'input') return container;
  if (given !== null) return tensorValue(scale(tensor, UNKNOWN_QUANTITY, span));
  if (!isNumeric(value)) return tensorValue(dataOf([tensor], null, span));
  const number = quantityOf(value);
  return tensorValue(
    ofAll === true
      ? scale(input(shapeOf(tensor), span, ONES), number, span)
      : timesSteady(withPart(tensor, span), number, span),
  );
}

/** Data of which a part is a number: how many of its entries are not 0 is not known. */
function withPart(tensor: Tensor, span: Span): Tensor {
  return noteDensity(dataOf([tensor], shapeOf(tensor), span), FEW);
}

/** Whether what is set is no range of the last dimension, of which few entries may be left, but all of it or one entry. */
function leavesFeatures(places: readonly SubscriptPlace[]): boolean {
  const last = places.at(-1);
  return last !== undefined && (isAll(last) || (last.kind === 'index' && last.value.kind === 'number'));
}

/** Whether all features of a row are set: `x[:, 0] = y` sets single ones where x has two dimensions, and rows where it has three. */
function isOfWholeRows(places: readonly SubscriptPlace[], whole: Shape | null): boolean {
  const last = places.at(-1);
  if (last === undefined || whole === null) return false;
  if (isAll(last)) return true;
  return !whole.open && places.length < whole.dims.length && places.every(({ kind }) => kind !== 'rest');
}

/** Whether a place in the brackets leaves nothing out. */
export function isAll(place: SubscriptPlace): boolean {
  if (place.kind === 'rest') return true;
  return place.kind === 'slice' && place.start === null && place.stop === null && place.step === null;
}

/** Whether a value is a number that no symbol is in, so that it is as large at every width. */
function isSteady(value: Value): boolean {
  return isNumeric(value) && freeSymbolsOf(quantityOf(value)).size === 0;
}

/** Whether a tensor has the features of another one, some of whose rows along the data it takes the place of. */
function takesRows(whole: Tensor, given: Tensor): boolean {
  const [rows, all] = [shapeOf(given)?.dims ?? [], shapeOf(whole)?.dims ?? []];
  const [own, other] = [rows.at(-1), all.at(-1)];
  if (own === undefined || other === undefined || !isSameProduct(own, other)) return false;
  const isDatas = (length: Quantity) => [...freeSymbolsOf(length)].every((symbol) => symbol === DATA);
  return (
    !isDatas(own) && [...rows.slice(0, -1), ...all.slice(0, -1)].every((one) => isKnown(one) && isDatas(one))
  );
}

function isKnown({ op }: Quantity): boolean {
  return op !== 'unknown';
}

/** Whether a tensor has all dimensions of another one whose place it takes, so that it is not spread along any. */
function fills(tensor: Tensor, before: Tensor): boolean {
  const [now, then] = [shapeOf(tensor), shapeOf(before)];
  if (now === null || then === null || now.dims.some(isOne)) return false;
  return now.open || (!then.open && now.dims.length === then.dims.length);
}
