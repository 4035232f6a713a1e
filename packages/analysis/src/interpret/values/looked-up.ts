import { exactValue, pair, pickedBy, type Quantity } from '../../growth/quantity.ts';
import { withEntries } from './containers.ts';
import { anyOf, optionsOf } from './either.ts';
import type { Meeting } from './meeting.ts';
import { isNumeric, quantityOf } from './numbers.ts';
import { sameValue } from './same-value.ts';
import { type DictValue, number, type Value } from './value.ts';

/** What a table has under a key: where that is a number, a number would be another one under another key. */
export function lookedUp(entry: Value, key: Value): Value {
  if (key.kind === 'unknown' && key.by !== undefined) return picked(entry, key.by);
  return isNumeric(key) ? picked(entry, quantityOf(key)) : entry;
}

/** What the code has for some values of a number: of what is given, the numbers alone depend on it. */
function picked(value: Value, key: Quantity): Value {
  const options = optionsOf(value);
  if (!options.some(({ kind }) => kind === 'number')) return value;
  return anyOf(
    options.map((option) => (option.kind === 'number' ? number(pickedBy(option.quantity, key)) : option)),
  );
}

/** What is returned on ways between which a comparison of numbers chose. */
export function returnedWhere(value: Value, meeting: Meeting): Value {
  const by = meeting.of === 'ways' ? meeting.by : undefined;
  return by === undefined ? value : picked(value, by);
}

/** The entries of tables, whose numbers hang on the sizes beside them: each is made once, so that it stays one object. */
const presets = new WeakMap<DictValue, DictValue>();

/**
 * A table of presets, as `{'small': {'width': 256, 'lr': 4e-3}, 'large': {'width': 1024, 'lr': 1e-3}}` is: a fraction that
 * the entries have otherwise is that of the sizes which they have otherwise.
 */
export function withPresets(table: DictValue): DictValue {
  const known = presets.get(table);
  if (known !== undefined) return known;
  const rows = [...table.entries.values()].filter((entry) => entry.kind === 'dict');
  const varying = varyingIn(rows);
  const made = varying.size === 0 ? table : presetsWith(table, varying);
  presets.set(table, made);
  return made;
}

/** The keys under which some rows have other numbers than the first one. */
function varyingIn(rows: readonly DictValue[]): ReadonlySet<string> {
  const [first, ...others] = rows;
  const keys = [...(first?.entries ?? [])].filter(
    ([key, value]) =>
      value.kind === 'number' && others.some(({ entries }) => !sameValue(entries.get(key) ?? value, value)),
  );
  return new Set(keys.map(([key]) => key));
}

function presetsWith(table: DictValue, varying: ReadonlySet<string>): DictValue {
  const entries = [...table.entries].map(([name, row]): readonly [string, Value] => {
    if (row.kind !== 'dict') return [name, row];
    const sizes = [...varying].flatMap((key) => sizesIn(row.entries.get(key)));
    const by = sizes.length === 0 ? null : sizes.reduce((left, right) => pair('either', left, right));
    if (by === null) return [name, row];
    const numbers = [...row.entries].map(
      ([key, value]) => [key, varying.has(key) ? picked(value, by) : value] as const,
    );
    return [name, withEntries(row, new Map(numbers))];
  });
  return withEntries(table, new Map(entries));
}

function sizesIn(value: Value | undefined): readonly Quantity[] {
  if (value?.kind !== 'number' || !isWhole(value)) return [];
  return [value.quantity];
}

function isWhole(value: Value): boolean {
  return value.kind === 'number' && exactValue(value.quantity)?.denominator === 1;
}

/** Where ways meet that give names other sizes: the other numbers that they give hang on those. */
export function chosenTogether(
  meeting: Meeting,
  differing: readonly (readonly [mine: Value, theirs: Value])[],
): Meeting {
  if (meeting.of !== 'ways' || meeting.by !== undefined) return meeting;
  const sizes = differing
    .filter((both) => both.every(isWhole))
    .flatMap(([mine, theirs]) => [quantityOf(mine), quantityOf(theirs)]);
  if (sizes.length === 0) return meeting;
  return { ...meeting, by: sizes.reduce((left, right) => pair('either', left, right)) };
}
