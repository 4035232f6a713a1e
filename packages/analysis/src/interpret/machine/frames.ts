import { either, optionsOf } from '../values/either.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import { replacing } from '../values/replaced-parts.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { sizeOf } from '../values/value-size.ts';
import { changeGivenDict } from './given-dicts.ts';
import type { Frame } from './interpreter.ts';

interface Ways<Way, Result> {
  readonly run: (way: Way, frame: Frame) => Result;
  readonly meeting?: Meeting;
}

/** Runs each of several ways, of which one is taken, on a state of its own; the frame is then as any may leave it. */
export function eachWay<Way, Result>(
  ways: readonly Way[],
  frame: Frame,
  { run, meeting = WAYS }: Ways<Way, Result>,
): readonly Result[] {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return [run(only, frame)];
  const taken = ways.map((way) => {
    const fork = frame.fork();
    return { fork, result: run(way, fork) };
  });
  frame.join(
    taken.map(({ fork }) => fork),
    meeting,
  );
  return taken.map(({ result }) => result);
}

/** Lets every name, attribute and container that holds a list or dict have what has become of it: they hold the one object. */
export function replace(before: Value, after: Value, frame: Frame): void {
  if (before === after) return;
  const changes = new Map([[before, after]]);
  changeDefault(before, after, frame);
  changeCached(before, after, frame);
  changeGivenDict(before, after, frame.interpreter);
  changeHeld(before, after, frame);
  replaceNames(changes, frame);
  frame.heap.replace(changes);
}

/** More states of one list or dict are not kept apart. */
export const MOST_STATES = 4;

/** What a module holds that a function changes is what it was, or that: the function may not have been called, or not yet. */
function changeHeld(before: Value, after: Value, { interpreter: { held } }: Frame): void {
  const place = held.get(before);
  if (place === undefined) return;
  const { globals, name } = place;
  const now = globals.get(name);
  if (now === undefined) return;
  const states = optionsOf(now);
  if (!states.includes(before)) return;
  globals.set(name, states.length < MOST_STATES ? either([...states, after]) : UNKNOWN);
  held.set(after, place);
}

/** What a parameter has by default and a call changes, the next call has as it is then. */
function changeDefault(before: Value, after: Value, { interpreter: { defaults } }: Frame): void {
  const parameter = defaults.of.get(before);
  if (parameter === undefined) return;
  const states = defaults.states.get(parameter) ?? [before];
  if (states.length <= MOST_STATES) defaults.states.set(parameter, [...states, after]);
  defaults.of.set(after, parameter);
}

/** What a function gives again each time it may give as it has become. */
function changeCached(before: Value, after: Value, { interpreter: { cached } }: Frame): void {
  for (const [definition, results] of cached) {
    const changed = results.map((one) => {
      const states = optionsOf(one.made);
      if (!states.includes(before)) return one;
      return { ...one, made: states.length < MOST_STATES ? either([...states, after]) : UNKNOWN };
    });
    if (changed.some((one, at) => one !== results[at])) cached.set(definition, changed);
  }
}

/** How many parts of a value are gone through for a unit of work. */
const PARTS = 8;

/** Lets every name of a frame have what has become of the lists and dicts it holds. */
export function replaceNames(changes: Map<Value, Value>, frame: Frame): void {
  const replaced = replacing(changes);
  for (const [name, value] of frame.locals) {
    frame.interpreter.budget.spend(sizeOf(value) / PARTS);
    const now = replaced(value);
    if (now !== value) frame.locals.set(name, now);
  }
}
