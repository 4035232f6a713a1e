import { either, optionsOf } from '../values/either.ts';
import { isNumeric } from '../values/numbers.ts';
import type { DictValue, Value } from '../values/value.ts';

/** What numbers a dict has under keys that are not known, with one more; undefined where it may have anything there. */
export function numbersBeside({ open, others }: DictValue, value: Value): Value | undefined {
  if (!optionsOf(value).every(isNumeric)) return undefined;
  if (!open) return value;
  return others && either([others, value]);
}
