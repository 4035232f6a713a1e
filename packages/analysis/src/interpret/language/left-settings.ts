import { exactValue } from '../../growth/quantity.ts';
import { itemName } from '../../growth/symbol.ts';
import { isModuleClass } from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf } from '../machine/names.ts';
import { list } from '../values/containers.ts';
import type { OpaqueValue, Value } from '../values/value.ts';

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
