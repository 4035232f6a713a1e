import { exactValue } from '../../growth/quantity.ts';
import { itemName } from '../../growth/symbol.ts';
import type { FunctionStatement } from '../../syntax/ast.ts';
import { collectedBy } from '../../syntax/hands-over-own.ts';
import { isModuleClass } from '../machine/classes.ts';
import type { LeftBeside } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf } from '../machine/names.ts';
import { list } from '../values/containers.ts';
import { optionsOf } from '../values/either.ts';
import { sameValue } from '../values/same-value.ts';
import { type OpaqueValue, UNKNOWN, type UnknownValue, type Value } from '../values/value.ts';

/** Whether a default chooses among ways: no number but 0 does, as sizes, counts and rates have others. */
export function isNoSize(value: Value): boolean {
  return value.kind === 'number' ? exactValue(value.quantity)?.numerator === 0 : value.kind !== 'opaque';
}

/** What a setting is that is left at its default; undefined where that says nothing of what it has. */
export function leftAt(preset: Value, setting: OpaqueValue, frame: Frame): Value | undefined {
  if (preset.kind === 'none' && isConfiguration(setting, frame)) return undefined;
  return itemsNamed(preset, setting, frame);
}

/** Whether a setting is an object of a class of the code that is no module: its fields go by their names where it is None, too. */
function isConfiguration({ symbol }: OpaqueValue, { interpreter }: Frame): boolean {
  const annotated = interpreter.annotated.get(symbol);
  return annotated !== undefined && !isModuleClass(interpreter, annotated);
}

/** A list that is left at its default, as the numbers of heads of stages: how many there are is known, each size is a setting. */
function itemsNamed(left: Value, { symbol }: OpaqueValue, frame: Frame): Value {
  if (left.kind !== 'list' || left.order !== undefined) return left;
  const items = left.items.map((item, at): Value => {
    if (item.kind !== 'number' || isNoSize(item)) return item;
    const named = fieldOf(symbol, itemName(symbol, at), frame);
    if (named.kind !== 'opaque') return item;
    const exact = exactValue(item.quantity);
    if (exact?.denominator === 1) frame.interpreter.presets.set(named.symbol, exact.numerator);
    return { ...named, fallback: item };
  });
  return list(items, left.open, left.tuple);
}

/** What a call gives a constructor, by the names that this has for it. */
interface Bound {
  readonly bound: ReadonlyMap<string, Value> | null;
}

/** What calls leave at its default of what they may give besides what a constructor names; all where there is none. */
export function leftBeside(init: FunctionStatement | undefined, made: readonly Bound[]): LeftBeside {
  const collected = init === undefined ? [] : [...collectedBy(init)];
  const all = made.map(({ bound }) => collected.flatMap((name) => bound?.get(name) ?? []));
  const isOtherIn = (value: Value, name: string, preset: Value): boolean => {
    if (value.kind !== 'dict') return mayHaveItems(value);
    const given = value.entries.get(name) ?? (value.open ? UNKNOWN : preset);
    return optionsOf(given).some((option) => isOther(option, preset));
  };
  const hasOthers = (value: Value, names: ReadonlySet<string>): boolean => {
    if (value.kind !== 'dict') return mayHaveItems(value);
    return value.open || value.keys.size > 0 || [...value.entries.keys()].some((name) => !names.has(name));
  };
  return {
    isLeft: (name, preset) =>
      isNoSize(preset) && !all.some((values) => values.some((one) => isOtherIn(one, name, preset))),
    isAll: (names) => !all.some((values) => values.some((one) => hasOthers(one, names))),
  };
}

/** Whether what *args collect may be anything. */
function mayHaveItems(value: Value): boolean {
  return value.kind !== 'list' || value.open || value.items.length > 0;
}

/** A size that is None by default is another one where anything is given; a switch or a name where the code decides that. */
export function isOther(given: Value, preset: Value): boolean {
  if (preset.kind === 'none') return !isNone(given);
  if (!CHOOSES.has(preset.kind)) return false;
  if (given.kind === 'opaque') return given.fallback !== null && isOther(given.fallback, preset);
  if (given.kind === 'unknown') return isOfNumbers(given);
  return (CHOOSES.has(given.kind) || given.kind === 'none') && !sameValue(given, preset);
}

/** Whether numbers of the code decide it, as a comparison of widths. */
function isOfNumbers({ by, from }: UnknownValue): boolean {
  return by !== undefined || (from !== undefined && from.size > 0);
}

const CHOOSES: ReadonlySet<Value['kind']> = new Set(['truth', 'text']);

function isNone(value: Value): boolean {
  return value.kind === 'none' || (value.kind === 'opaque' && value.fallback?.kind === 'none');
}
