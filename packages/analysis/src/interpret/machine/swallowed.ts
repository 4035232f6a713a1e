import { freeSymbolsOf, literal, pair, type Quantity, unary } from '../../growth/quantity.ts';
import { isLengthName, isOfItems, type WidthSymbol } from '../../growth/symbol.ts';
import { optionsOf } from '../values/either.ts';
import { type OpaqueValue, UNKNOWN, type UnknownValue, type Value } from '../values/value.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { isOfSpace } from './names.ts';
import { factorOfTensor } from './tensor-factor.ts';

/** Numbers are handed over in no deeper lists and dicts. */
const MOST_NESTED = 4;

/** The names of the numbers that a value is made of, through lists, dicts and what is made of them unread. */
function namesIn(value: Value, depth = 0): readonly WidthSymbol[] {
  if (depth > MOST_NESTED) return [];
  switch (value.kind) {
    case 'number':
      return [...freeSymbolsOf(value.quantity)];
    case 'opaque':
      return [value.symbol];
    case 'unknown':
      return [...(value.from ?? [])];
    case 'tensor':
      return [...freeSymbolsOf(factorOfTensor(value.tensor))];
    case 'list':
      return value.items.flatMap((item) => namesIn(item, depth + 1));
    case 'dict':
      return [...value.entries.values()].flatMap((entry) => namesIn(entry, depth + 1));
    case 'either':
      return optionsOf(value).flatMap((option) => namesIn(option, depth + 1));
    default:
      return [];
  }
}

/** What code that is not read may multiply by of the numbers that it is given: 1, unless one of them grows; null where it is given none. */
export function factorFrom(values: readonly Value[]): Quantity | null {
  const factors = [...new Set(values.flatMap((value) => namesIn(value)))].map(
    (symbol): Quantity => unary('steady', { op: 'symbol', symbol, value: null }),
  );
  return factors.length === 0 ? null : factors.reduce((left, right) => pair('either', left, right));
}
/** What is computed of a number that the code writes and something that is not read. */
export const COMPUTED: Value = { kind: 'unknown', symbol: null, from: new Set() };

/** Something of which nothing is known but the numbers that went into it. */
export function unknownFrom(values: readonly Value[], { budget }: Interpreter): Value {
  const from = new Set(values.flatMap((value) => namesIn(value)));
  budget.spend(from.size);
  if (from.size > 0) return { kind: 'unknown', symbol: null, from };
  return values.some((value) => value.kind === 'unknown' && value.from !== undefined) ? COMPUTED : UNKNOWN;
}

/** Whether a value comes from outside: a setting, or what a loop goes through that is not read, as a batch of a loader. */
export function isFromOutside(value: Value): value is OpaqueValue | UnknownValue {
  return value.kind === 'opaque' || (value.kind === 'unknown' && value.isItem === true);
}

/** `y >= 0` of something that comes from outside; null for what compares no such thing. */
export function maskOf(values: readonly Value[], by: Quantity | null): UnknownValue | null {
  if (
    !values.some(isFromOutside) ||
    values.some((value) => value.kind === 'unknown' && !isFromOutside(value))
  )
    return null;
  const from = new Set(values.flatMap((value) => (value.kind === 'unknown' ? namesIn(value) : [])));
  return {
    kind: 'unknown',
    symbol: null,
    isMask: true,
    ...(from.size > 0 && { from }),
    ...(by !== null && { by }),
  };
}

/** How often a mask holds: as often at every width, unless a number that grows went into what it is of. */
export function countIn(mask: UnknownValue): Quantity {
  const of = mask.by === undefined ? factorFrom([mask]) : unary('steady', mask.by);
  return of ?? unary('steady', literal(1));
}

/** Whether a number says how much the data has of something: as much at every width, whatever it becomes a part of. */
function isOfData(symbol: WidthSymbol): boolean {
  return isLengthName(symbol) || (isOfItems(symbol) && symbol.owner?.name === 'shape') || isOfSpace(symbol);
}

/** Notes that numbers become part of something from outside, such as a configuration that is loaded. */
export function swallow(into: Value, values: readonly Value[], { interpreter }: Frame): void {
  if ((into.kind !== 'opaque' && into.kind !== 'unknown') || into.symbol === null) return;
  const names = values.flatMap((value) => namesIn(value)).filter((name) => !isOfData(name));
  if (names.length === 0) return;
  const { swallowed, budget } = interpreter;
  budget.spend(names.length);
  const known = swallowed.get(into.symbol) ?? new Set<WidthSymbol>();
  for (const name of names) known.add(name);
  swallowed.set(into.symbol, known);
}

/** The names of the numbers that may have become part of a value, of what it is a field of, or of a field of it. */
export function swallowedBy(value: Value, { swallowed, symbols }: Interpreter): readonly WidthSymbol[] {
  const names = value.kind === 'unknown' ? [...(value.from ?? [])] : [];
  if (value.kind !== 'opaque' && value.kind !== 'unknown') return names;
  for (let symbol = value.symbol; symbol !== null; symbol = symbol.owner)
    names.push(...(swallowed.get(symbol) ?? []));
  const fields = value.symbol === null ? [] : symbols.fieldsOf(value.symbol);
  return [...names, ...fields.flatMap((field) => [...(swallowed.get(field) ?? [])])];
}
