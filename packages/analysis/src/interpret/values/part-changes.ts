import type { Budget } from '../../budget.ts';
import { either } from './either.ts';
import type { Meeting } from './meeting.ts';
import { UNKNOWN, type Value } from './value.ts';
import { comparison } from './value-size.ts';

/** What lists and dicts have become, by what they were. */
export type PartChanges = ReadonlyMap<Value, Value>;

export const NO_CHANGES: PartChanges = new Map();

/** What has become of lists and dicts after more has, some of which may be what others had become. */
export function followedBy(known: PartChanges, more: PartChanges): PartChanges {
  const all = new Map<Value, Value>();
  const gone = new Set<Value>();
  for (const [before, after] of known) all.set(before, laterOf(after, more, gone));
  // What a list has been in between nobody holds who is called later.
  for (const [before, after] of more) if (!gone.has(before) && !all.has(before)) all.set(before, after);
  return all;
}

/** What has become of a value after more has; what it was in between is gone then. */
function laterOf(value: Value, more: PartChanges, gone: Set<Value>): Value {
  if (value.kind !== 'either') {
    const after = more.get(value);
    if (after !== undefined) gone.add(value);
    return after ?? value;
  }
  const { options } = value;
  for (const one of [value, ...options]) if (more.has(one)) gone.add(one);
  const now = options.map((option) => more.get(option) ?? option);
  const isSame = now.every((option, index) => option === options[index]);
  // A value that is made anew is another one to whoever joins it with what it was.
  return more.get(value) ?? (isSame ? value : either(now));
}

/** What may have become of them on either of two ways. */
export function joinedChanges(
  mine: PartChanges,
  theirs: PartChanges,
  { meeting, budget }: { readonly meeting: Meeting; readonly budget: Budget },
): PartChanges {
  if (mine === theirs) return mine;
  const all = new Map(mine);
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const [one, other] = [mine.get(key) ?? key, theirs.get(key) ?? key];
    if (one === other) continue;
    budget.spend(comparison(one, other));
    all.set(key, either([one, other], meeting));
  }
  return all;
}

/** What may have become of them in any round: one that a later round changes again may have become anything. */
export function widenedChanges(now: PartChanges, later: PartChanges): PartChanges {
  if (now === later) return now;
  const all = new Map(now);
  for (const [key, value] of later) {
    const known = all.get(key);
    all.set(key, known === undefined || known === value ? value : UNKNOWN);
  }
  return all;
}
