import type { Returned } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import { either } from '../values/either.ts';
import type { Meeting } from '../values/meeting.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

/** What is returned on the two ways of one condition, each part of a tuple by itself; any of it where there are more ways. */
export function returnedOn(returns: readonly Returned[]): Value {
  const [first, second] = returns;
  const values = returns.map(({ value }) => value);
  const decided = first?.decided ?? second?.decided;
  if (first === undefined || second === undefined || returns.length > 2 || decided === undefined) {
    return either(values);
  }
  const isInOrder = first.decided === undefined ? decided.at === 1 : decided.at === 0;
  return onWays(isInOrder ? values : values.reverse(), decided.meeting);
}

function onWays(values: readonly Value[], meeting: Meeting): Value {
  const [one, other] = values;
  const isPaired =
    one?.kind === 'list' &&
    other?.kind === 'list' &&
    !one.open &&
    !other.open &&
    one.items.length === other.items.length;
  if (!isPaired) return either(values, meeting);
  const parts = one.items.map((item, at) => either([item, other.items[at] ?? UNKNOWN], meeting));
  return list(parts, false, one.tuple);
}
