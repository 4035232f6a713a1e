import type { Quantity } from '../../growth/quantity.ts';
import { someInLists } from '../values/in-lists.ts';
import { isPart } from '../values/likeness.ts';
import { type Meeting, NO_ROUND, partsOf, roundsOf, WAYS } from '../values/meeting.ts';
import type { Value } from '../values/value.ts';
import { isModuleClass } from './classes.ts';
import type { Frame } from './interpreter.ts';
import { rehearsed } from './trace.ts';
import { align, isStable, type RoundCounts, widen } from './widen.ts';

/** The states in which going through a loop's body may end. */
export interface Round {
  /** Where the next round would start; null where none does. */
  readonly next: Frame | null;
  readonly breaks: readonly Frame[];
}

/** Runs a loop's body for each of some items, starting from a state that stays as it is. */
export type RunRound = (items: readonly Value[], start: Frame) => Round;

/** A loop of which it is not known how often it goes round. */
export interface Course {
  /** What the first round has, and what stands for all after it. */
  readonly first: readonly Value[];
  readonly after: readonly Value[];
  /** Whether it may not go round at all. */
  readonly mayBeNone: boolean;
  /** The names that each round begins by setting: what an earlier one left in them no later one sees. */
  readonly targets: readonly string[];
  readonly times: CountRounds;
  /** Those by which numbers that rounds change may be other ones. */
  readonly counts: RoundCounts;
}

/** The numbers by which rounds are counted, as a round leaves them; null for none. */
export type CountRounds = (after: Frame) => Quantity | null;

/** What a loop may leave. */
export interface LoopEnds {
  /** The state in which it has run out; null where it never does. */
  readonly exhausted: Frame | null;
  readonly broken: Frame | null;
  /** The numbers by which its rounds are counted; null for none. */
  readonly times: Quantity | null;
}

/** More than this many variables that wait for one another are all left unknown at once. */
const MAX_REHEARSALS = 12;

/**
 * Joins no round, one and two, and widens: what still moves in a third is unknown, or a number of which is known what it is made of.
 *
 * A loop that makes layers or sends tensors through them goes round: for what else would the model have them.
 */
export function goRound(course: Course, frame: Frame, run: RunRound): LoopEnds {
  const items = [...course.first, ...course.after];
  if (items.some((one) => isPart(one) && !isRecord(one, frame))) return goOverParts(course, frame, run);
  const before = frame.fork();
  const { trace } = frame.interpreter;
  const used = trace.applied.length;
  const horizon = frame.interpreter.newId();
  const one = run(course.first, before);
  const two = one.next === null ? null : run(course.after, one.next);
  const last = two?.next ?? one.next ?? before;
  const surely = trace.applied.length > used || last.heap.layerCount > before.heap.layerCount;
  const times = course.times(endOf(one, before));
  const { counts } = course;
  const { start, breaks } = laterRounds(one, two, { course, horizon, counts, run });
  if (one.next !== null && two?.next) align(one.next, two.next, horizon);
  const none = course.mayBeNone && !surely ? before : null;
  return {
    exhausted: ended(frame, metAfter(none, [one.next, two?.next ?? null], times), {
      later: [start],
      horizon,
      counts,
    }),
    broken: ended(frame, metIn([...one.breaks, ...(two?.breaks ?? [])], times), {
      later: breaks,
      horizon,
      counts,
    }),
    times,
  };
}

/** Whether a value is objects of classes of the code that hold data, as batches do, or lists of such: parts of no model. */
function isRecord(value: Value, frame: Frame): boolean {
  const { heap, interpreter } = frame;
  return !someInLists(value, (one) => {
    if (one.kind !== 'object') return one.kind === 'layer' || one.kind === 'parameter';
    if (isModuleClass(interpreter, one.definition)) return true;
    const held = [...heap.attributes(one.id).values()];
    return held.length === 0 || held.some((each) => someInLists(each.value, ({ kind }) => !DATA.has(kind)));
  });
}

/** What no part of a model is, nor anything that has one. */
const DATA: ReadonlySet<Value['kind']> = new Set(['tensor', 'number', 'text', 'truth', 'none', 'unknown']);

/** A state in which a round may end. */
function endOf({ next, breaks }: Round, before: Frame): Frame {
  return next ?? breaks[0] ?? before;
}

/** Goes once through parts of a model that may have more of them: each part is met once, what is carried on may move. */
function goOverParts({ first, after, targets, ...course }: Course, frame: Frame, run: RunRound): LoopEnds {
  const items = [...new Set([...first, ...after])];
  const horizon = frame.interpreter.newId();
  const one = run(items.slice(0, 1), frame.fork());
  const times = course.times(endOf(one, frame));
  const two = one.next === null ? null : afterFirst(items, one.next, { run, times });
  const last = two?.next ?? one.next;
  const moves = one.next === null || !two?.next || !isStable(two.next, one.next, { horizon, targets });
  const start = last === null || !moves ? null : last.fork();
  const counts = null;
  const breaks = start === null ? [] : rehearse(items, start, { horizon, counts, run, metOnce: last });
  const rounds = [one.next, two?.next ?? null].filter((next) => next !== null);
  const meeting = partsOf(times);
  const exhausted = ended(frame, [{ frames: rounds, meeting }], { later: [start], horizon, counts });
  if (exhausted !== null && last !== null) exhausted.heap.parameters.takeAll(last.heap.parameters);
  return {
    exhausted,
    broken: ended(frame, metIn([...one.breaks, ...(two?.breaks ?? [])], times), {
      later: breaks,
      horizon,
      counts,
    }),
    times,
  };
}

/**
 * Through the parts behind the first one. Where that stands for many, as a row does for those of a matrix, once more
 * through it: parameters were met.
 */
function afterFirst(
  items: readonly Value[],
  frame: Frame,
  { run, times }: { readonly run: RunRound; readonly times: Quantity | null },
): Round | null {
  const others = items.slice(1);
  if (others.length > 0) return run(others, frame);
  if (times === null) return null;
  const again = run(items, frame);
  again.next?.heap.parameters.takeAll(frame.heap.parameters);
  return again;
}

/** States that meet, and how. */
type Met = readonly { readonly frames: readonly Frame[]; readonly meeting: Meeting }[];

/** The states after none of a loop's rounds, the first one and the second. */
function metAfter(none: Frame | null, rounds: readonly (Frame | null)[], times: Quantity | null): Met {
  return [
    ...(none === null ? [] : [{ frames: [none], meeting: NO_ROUND }]),
    { frames: rounds.filter((one) => one !== null), meeting: roundsOf(times) },
  ];
}

/** States in which a loop is left: rounds that are counted go on until it is. */
function metIn(frames: readonly Frame[], times: Quantity | null = null): Met {
  return [{ frames, meeting: times === null ? WAYS : roundsOf(times) }];
}

/** The join of the states in which a loop was seen to end, widened by those in which it may end later. */
function ended(
  frame: Frame,
  seen: Met,
  {
    later,
    ...rounds
  }: {
    readonly later: readonly (Frame | null)[];
    readonly horizon: number;
    readonly counts: RoundCounts;
  },
): Frame | null {
  const known = seen.filter(({ frames }) => frames.length > 0);
  const more = later.filter((one) => one !== null);
  const met = known.length > 0 ? known : metIn(more);
  const ends = met.map(({ frames, meeting }) => joined(frame, frames, meeting));
  const [end, ...others] = ends;
  if (end === undefined || more.length + known.length === 0) return null;
  for (const [at, other] of others.entries()) end.join([end.fork(), other], met[at]?.meeting);
  for (const one of more) widen(end, one, rounds);
  return end;
}

function joined(frame: Frame, frames: readonly Frame[], meeting: Meeting): Frame {
  const end = frame.fork();
  end.join(frames, meeting);
  return end;
}

interface Repeating {
  readonly horizon: number;
  readonly counts: RoundCounts;
  readonly run: RunRound;
  /** A state whose parameters no later round meets again. */
  readonly metOnce?: Frame | null;
}

/** A state that holds at the start of every later round, and the states in which they break off. */
function laterRounds(
  one: Round,
  two: Round | null,
  { course, ...repeating }: Repeating & { readonly course: Course },
): { readonly start: Frame | null; readonly breaks: readonly Frame[] } {
  const { horizon } = repeating;
  const [first, second] = [one.next, two?.next];
  const { targets } = course;
  if (first === null || !second || isStable(second, first, { horizon, targets }))
    return { start: null, breaks: [] };
  const aligned = first.fork();
  align(aligned, second, horizon);
  const start = first.fork();
  start.join([aligned, second]);
  const items = [...new Set([...course.first, ...course.after])];
  return { start, breaks: rehearse(items, start, repeating) };
}

/** Goes round until nothing moves any more that is not left unknown at the start; answers the states at breaks. */
function rehearse(
  items: readonly Value[],
  start: Frame,
  { horizon, counts, run, metOnce = null }: Repeating,
): readonly Frame[] {
  const breaks: Frame[] = [];
  rehearsed(start.interpreter, () => {
    for (let count = 0; count < MAX_REHEARSALS; count++) {
      const round = run(items, start);
      breaks.push(...round.breaks);
      if (metOnce !== null) round.next?.heap.parameters.takeAll(metOnce.heap.parameters);
      if (round.next === null || !widen(start, round.next, { horizon, counts })) break;
    }
  });
  return breaks;
}
