import type { Quantity } from '../../growth/quantity.ts';
import type { Expression, LoopStatement } from '../../syntax/ast.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { type Course, goRound, type LoopEnds, type Round, type RunRound } from '../machine/rounds.ts';
import { noteRepeated } from '../modules/gradients.ts';
import { havoc } from '../modules/unread.ts';
import { either, optionsOf } from '../values/either.ts';
import { roundsOf, WAYS } from '../values/meeting.ts';
import { truthOf } from '../values/truth.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { numbersOfLeaving, numbersOfRounds } from './counted-rounds.ts';
import { isCounted, isTooLong, itemsOf, namesIn, noteDepth, ROUND, rounds } from './gone-through.ts';
import { laysSettings } from './laid-settings.ts';
import { mayBreak } from './left-rounds.ts';
import { timesRepeated } from './repeated-gradients.ts';
import { roundCounts } from './round-counts.ts';
import { SettledRounds } from './settled-rounds.ts';
import { rowsIn, startedByRow } from './started-rows.ts';
import { workOff } from './work-off.ts';

/** Runs a loop: over items that are known one by one, else as often as it may go round. */
export function loop(statement: LoopStatement, frame: Frame): Completion {
  const returns: Completion['returns'][number][] = [];
  const run: RunRound = (items, start) => {
    const round = runBody(statement, items, start);
    returns.push(...round.returns);
    return round;
  };
  const times = timesRepeated(statement, frame);
  const rows = rowsIn(statement, frame);
  const ends = endsOf(statement, frame, { run, returns });
  const done = finish(statement, frame, { ends, returns: returnedAfter(returns, ends.times) });
  startedByRow(rows, frame);
  if (times !== null) noteRepeated(times, frame);
  return done;
}

/** Rounds over more items than are gone through may each start what they go through. */
function mayStartAny(over: Value, frame: Frame): void {
  if (over.kind === 'list' && isTooLong(over)) havoc(over, frame);
}

interface Running {
  readonly run: RunRound;
  /** What the rounds that ran have returned. */
  readonly returns: Completion['returns'][number][];
}

function endsOf(statement: LoopStatement, frame: Frame, { run, returns }: Running): LoopEnds {
  const { target, iterable, condition, body } = statement;
  if (iterable !== null) {
    if (laysSettings(statement, frame)) return untouched(frame);
    const range = frame.evaluate(iterable);
    const over = rounds(range, { target, body }, frame);
    const { layerCount } = frame.heap;
    const ends = isCounted(over)
      ? goThrough(statement, over.items, { frame, run, returns })
      : goRound(
          {
            ...courseOver(over, target, frame),
            times: numbersOfRounds(statement, range, frame),
            counts: roundCounts(statement, range),
          },
          frame,
          run,
        );
    mayStartAny(over, ends.exhausted ?? frame);
    if ((ends.exhausted?.heap.layerCount ?? 0) > layerCount) noteDepth(range, frame);
    return ends;
  }
  // Asked of a state of its own, as asking may take an item: `while (item := next(items, None)) is not None`.
  const truth = condition === null ? null : truthOf(frame.fork().evaluate(condition));
  const whole = truth === false || isWithoutEnd(statement) ? null : workOff(condition, frame, run);
  if (whole !== null) return whole;
  returns.length = 0;
  if (condition !== null) frame.evaluate(condition);
  if (truth === false) return untouched(frame);
  return whileItMay(statement, truth, { frame, run });
}

function whileItMay(
  statement: LoopStatement,
  truth: boolean | null,
  { frame, run }: { readonly frame: Frame; readonly run: RunRound },
): LoopEnds {
  const { condition, body } = statement;
  const isEndless = truth === true && asksNothing(condition);
  // Where the code would leave it, and no round does, something that is not seen changes what it waits for.
  const mayWait = isEndless && mayBreak(body);
  const mayBeNone = truth === null || mayWait;
  const times = numbersOfRounds(statement, null, frame);
  const counts = roundCounts(statement, null);
  const course = { first: [UNKNOWN], after: [UNKNOWN], mayBeNone, targets: [], times, counts };
  const ends = goRound(course, frame, run);
  // Whoever goes through a generator leaves it at a `yield`.
  const mayEnd = (mayWait && ends.broken === null) || frame.interpreter.yielded !== null;
  return isEndless && !mayEnd ? { ...ends, exhausted: null } : ends;
}

function untouched(frame: Frame): LoopEnds {
  return { exhausted: frame, broken: null, times: null };
}

function asksNothing(condition: Expression | null): boolean {
  return condition?.kind === 'constant' || condition?.kind === 'number';
}

function isWithoutEnd({ condition, body }: LoopStatement): boolean {
  return asksNothing(condition) && !mayBreak(body);
}

function courseOver(over: Value, target: Expression | null, frame: Frame): Omit<Course, 'times' | 'counts'> {
  const items = itemsOf(over, target, frame);
  const [first = UNKNOWN, ...others] = items;
  const targets = target === null ? [] : namesIn(target);
  return { first: [first], after: others.length > 0 ? others : [first], mayBeNone: true, targets };
}

/** Goes through a list of known items, all of which have their round but where the body leaves the loop. */
function goThrough(
  statement: LoopStatement,
  items: readonly Value[],
  { frame, run, returns }: Running & { readonly frame: Frame },
): LoopEnds {
  const { next, breaks } = run(items, frame);
  const [first] = breaks;
  const isLeft = first !== undefined || returns.length > 0;
  const times = isLeft ? numbersOfLeaving(statement, first ?? next ?? frame) : null;
  if (first === undefined) return { exhausted: next, broken: null, times };
  const broken = frame.fork();
  broken.join(breaks, times === null ? WAYS : roundsOf(times));
  return { exhausted: next, broken, times };
}

/** What rounds return: a later one has gone as many as these numbers say. */
function returnedAfter(returns: Completion['returns'], times: Quantity | null): Completion['returns'] {
  const [first, ...later] = returns;
  if (first === undefined || times === null) return returns;
  const meeting = roundsOf(times);
  return [first, ...later.map((one) => ({ ...one, value: either([first.value, one.value], meeting) }))];
}

function runBody(
  loop: LoopStatement,
  items: readonly Value[],
  start: Frame,
): Round & Pick<Completion, 'returns'> {
  const { target, condition, body } = loop;
  const returns: Completion['returns'][number][] = [];
  const breaks: Frame[] = [];
  const now = start.fork();
  const settled = new SettledRounds(loop, items, start);
  for (const item of items) {
    settled.begin(now);
    start.interpreter.budget.spend(ROUND);
    if (target !== null) assignRound(target, item, now);
    if (condition !== null) now.evaluate(condition);
    const round = now.fork();
    const done = round.execute(body);
    returns.push(...done.returns);
    breaks.push(...leftBy('break', done));
    const ends = [...(done.falls ? [round] : []), ...leftBy('continue', done)];
    if (ends.length === 0) return { next: null, breaks, returns };
    const before = now.locals.fork();
    now.join(ends);
    if (target !== null && optionsOf(item).some(({ kind }) => kind === 'unknown')) skip(now, before);
    if (settled.ends(now, items)) break;
  }
  return { next: now, breaks, returns };
}

/** Gives the names of a loop what a round has of what is gone through. */
function assignRound(target: Expression, item: Value, frame: Frame): void {
  assign(target, item, frame);
  for (const name of namesIn(target)) {
    const value = frame.locals.get(name);
    if (value?.kind === 'unknown' && value.isItem !== true)
      frame.locals.set(name, { ...value, isItem: true });
  }
}

/** The states in which a round is left in one way. */
function leftBy(way: 'break' | 'continue', { leaves }: Completion): readonly Frame[] {
  return leaves.flatMap(({ how, frame }) => (how === way ? [frame] : []));
}

/** Lets a round have been skipped, as its item may not be there: a number is then what it was before. */
function skip({ locals }: Frame, before: ReadonlyMap<string, Value>): void {
  for (const [name, value] of locals) {
    const earlier = before.get(name);
    if (value.kind === 'number' && earlier !== undefined) locals.set(name, either([earlier, value]));
  }
}

/** The `else` of a loop runs unless a `break` ended it. */
function finish(
  { otherwise }: LoopStatement,
  frame: Frame,
  { ends, returns }: { readonly ends: LoopEnds; readonly returns: Completion['returns'] },
): Completion {
  const { exhausted, broken } = ends;
  const done = exhausted === null ? null : exhausted.execute(otherwise);
  const falling = [exhausted !== null && done?.falls ? exhausted : null, broken].filter(
    (end) => end !== null,
  );
  frame.join(falling);
  return {
    falls: falling.length > 0,
    returns: [...returns, ...(done?.returns ?? [])],
    leaves: done?.leaves ?? [],
  };
}
