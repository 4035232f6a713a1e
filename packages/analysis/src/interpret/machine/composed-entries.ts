import { hidesName } from '../../network/hidden-name.ts';
import { anyOf } from '../values/either.ts';
import type { DictValue, Value } from '../values/value.ts';
import { mayBeComposed } from './composed-names.ts';

/**
 * Any of the entries that a name which the code puts together may mean, or that it puts together and a name may be;
 * undefined where it may mean another.
 */
export function composedEntry({ entries, keys, open, isOfParts }: DictValue, key: Value): Value | undefined {
  const isSettled = key.kind === 'text' ? entries.has(key.text) : key.kind !== 'unknown' || !key.composed;
  if (isSettled || (open && isOfParts !== true)) return undefined;
  const found = namesOf(
    key,
    [...entries.keys()].filter((name) => !keys.has(name)),
  );
  return found.length === 0 ? undefined : anyOf(found.flatMap((name) => entries.get(name) ?? []));
}

function namesOf(key: Value, names: readonly string[]): readonly string[] {
  if (key.kind === 'text') {
    const whole = { begins: key.text, at: 0 };
    return names.filter((name) => hidesName(name) && mayBeComposed(name, whole));
  }
  const composed = key.kind === 'unknown' ? key.composed : undefined;
  return composed === undefined ? [] : names.filter((name) => mayBeComposed(name, composed));
}
