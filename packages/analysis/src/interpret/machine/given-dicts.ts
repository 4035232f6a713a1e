import { optionsOf } from '../values/either.ts';
import { type DictValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Interpreter } from './interpreter.ts';

/** More states of one dict are not kept apart. */
const MOST_STATES = 4;

/** Configurations are nested no deeper in code that people write. */
const MOST_NESTED = 4;

/** A model is given a dict, which code may change later: what the model's own code reads is then what has become of it. */
export function noteGivenDict(value: Value, interpreter: Interpreter, depth = 0): void {
  const { givenDicts } = interpreter;
  for (const option of optionsOf(value)) {
    if (option.kind !== 'dict' || givenDicts.has(option) || depth > MOST_NESTED) continue;
    givenDicts.set(option, [option]);
    for (const entry of option.entries.values())
      if (entry.kind === 'dict') noteGivenDict(entry, interpreter, depth + 1);
  }
}

export function changeGivenDict(before: Value, after: Value, { givenDicts }: Interpreter): void {
  const states = givenDicts.get(before);
  if (states === undefined) return;
  if (states.length < MOST_STATES) states.push(after);
  else if (states.length === MOST_STATES) states.push(UNKNOWN);
  givenDicts.set(after, states);
}

/** What a dict has been since it was this one. */
export function statesSince(given: DictValue, { givenDicts }: Interpreter): readonly Value[] {
  const states = givenDicts.get(given) ?? [given];
  return states.slice(Math.max(0, states.indexOf(given)));
}
