import {
  exactValue,
  freeSymbolsOf,
  type Quantity,
  sameQuantity,
  symbolsOf,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { withSymbols } from '../../growth/with-symbols.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';
import type { Construction } from './run-trace.ts';

/** Two numbers that sizes of parameters are part of; where these are of different models, in the words of the code that makes both. */
export function besideEachOther(
  [left, right]: readonly [Quantity, Quantity],
  [one, other]: readonly [ParameterValue, ParameterValue],
  frame: Frame,
): readonly [Quantity, Quantity] {
  const symbols = new Set([...symbolsOf(left), ...symbolsOf(right)]);
  const isOneModel = [...symbols].every((symbol) => givenFor(symbol, null, frame) !== null);
  if (one.layer === other.layer || isOneModel) return [left, right];
  const given = [sizeGiven(left, one, frame), sizeGiven(right, other, frame)].map((size) =>
    size === null ? UNKNOWN_QUANTITY : size,
  );
  // How many times wider one model is than another says nothing where both widths are written as numbers.
  const [mine = UNKNOWN_QUANTITY, theirs = UNKNOWN_QUANTITY] = given;
  return given.every((size) => freeSymbolsOf(size).size === 0) ? [UNKNOWN_QUANTITY, theirs] : [mine, theirs];
}

/**
 * A size in the words of the code that makes the model: what its constructor calls `d` is what that was given. A size that
 * a parameter has is in the words of the model that has it, another one in those of all models; null where these differ.
 */
export function sizeGiven(size: Quantity, of: ParameterValue | null, frame: Frame): Quantity | null {
  const given = (symbol: WidthSymbol) => givenFor(symbol, of, frame);
  const meanings = new Map([...symbolsOf(size)].map((symbol) => [symbol, given(symbol)] as const));
  if ([...meanings.values()].includes(null)) return null;
  return withSymbols(size, (symbol) => meanings.get(symbol) ?? undefined);
}

/** What a name of a model stands for; undefined for one of no model, null where that is not known. */
function givenFor(symbol: WidthSymbol, of: ParameterValue | null, frame: Frame): Quantity | null | undefined {
  const making = frame.interpreter.trace.constructions.flatMap((construction) => {
    const given = givenIn(construction, symbol, frame);
    return given === undefined ? [] : [{ given, id: construction.objectId }];
  });
  const [first, ...others] = making;
  if (first === undefined) return undefined;
  const isOne = others.every(({ given }) => sameQuantity(given, first.given));
  if (!isOne && (of === null || frame.interpreter.copies.size > 0)) return null;
  if (isOne && first.given.op !== 'symbol' && exactValue(first.given) !== undefined) return undefined;
  const own = isOne ? first : making.findLast(({ id }) => of !== null && id < of.layer.id);
  return own === undefined || own.given.op === 'unknown' ? null : own.given;
}

/** What a construction gives for a name of its model, or for a field of one; undefined for any other name. */
function givenIn(construction: Construction, symbol: WidthSymbol, frame: Frame): Quantity | undefined {
  const { bound, known } = construction;
  // Of two configurations of one class it is not known whose field it is.
  const isOfSeveral = [...known.values()].filter((own) => own === symbol.owner).length > 1;
  if (isOfSeveral) return UNKNOWN_QUANTITY;
  for (const [name, own] of known) {
    const value = bound.get(name);
    if (own === symbol)
      return value === undefined || !isNumeric(value) ? UNKNOWN_QUANTITY : quantityOf(value);
    if (own === symbol.owner) return fieldIn(value, symbol, frame);
  }
  return undefined;
}

function fieldIn(value: Value | undefined, { name }: WidthSymbol, { heap, interpreter }: Frame): Quantity {
  if (value?.kind === 'opaque')
    return { op: 'symbol', symbol: interpreter.symbols.of(value.symbol, name), value: null };
  const field = value?.kind === 'object' ? heap.attributes(value.id).get(name)?.value : undefined;
  return field !== undefined && isNumeric(field) ? quantityOf(field) : UNKNOWN_QUANTITY;
}
