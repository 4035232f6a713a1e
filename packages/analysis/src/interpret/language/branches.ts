import type { IfStatement, Statement, TryStatement } from '../../syntax/ast.ts';
import { statementsIn, topLevelBlocks } from '../../syntax/statements-in.ts';
import { meetingOf } from '../machine/conditions.ts';
import type { Completion, Frame, Interpreter } from '../machine/interpreter.ts';
import type { Trace } from '../machine/run-trace.ts';
import {
  type ComparedSetting,
  comparedSetting,
  mayBeMeant,
  mayBeMeantBeside,
  switchIn,
} from '../machine/switches.ts';
import { adopt, traced } from '../machine/trace.ts';
import { type Absent, absentBy } from '../modules/optional-parameters.ts';
import { returnedWhere } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import { truthOf } from '../values/truth.ts';
import { begin } from './begin-statement.ts';
import { withNoneSettled } from './none-choices.ts';
import { takePreset } from './presets-written.ts';
import { isRuledOut } from './ruled-out.ts';
import { settledTry } from './settled-tries.ts';
import { withTextsOf } from './text-choices.ts';

/** An `if` with all its `elif`s, which may be more than the stack is deep: the ways meet from the last one on. */
export function executeIf(statement: IfStatement, frame: Frame): Completion {
  const taken: Taken[] = [];
  let [now, test] = [frame, statement];
  for (;;) {
    const truth = truthOf(now.evaluate(test.condition));
    if (truth === true) return metAll(taken, { frame, now, last: inBlock(test.body, now) });
    if (truth === null && takePreset(test, now)) return metAll(taken, { frame, now, last: inBlock([], now) });
    const maybe = truth === null && !isRuledOut(test, now) ? runWhere(test, now) : null;
    if (maybe !== null) {
      taken.push(maybe);
      now = now.fork();
    }
    const [next, ...others] = test.otherwise;
    if (next?.kind !== 'if' || others.length > 0)
      return metAll(taken, { frame, now, last: otherwiseOf(test, now) });
    begin(next, now);
    test = next;
  }
}

function inBlock(block: readonly Statement[], frame: Frame): () => Completion {
  return () => frame.execute(block);
}

function otherwiseOf({ condition, otherwise }: IfStatement, frame: Frame): () => Completion {
  return () => withNoneSettled({ condition, holds: false }, frame, inBlock(otherwise, frame));
}

/** The branches that may be taken, and what is done last, where none of them is. */
function metAll(
  taken: readonly Taken[],
  { frame, now, last }: { readonly frame: Frame; readonly now: Frame; readonly last: () => Completion },
): Completion {
  let [done, fork] = [null, now] as [Completion | null, Frame];
  if (taken.some(({ asked }) => asked !== undefined)) {
    const { interpreter } = frame;
    const { trace, result } = traced(interpreter, last);
    const chosen = chosenAmong(taken, interpreter);
    if (chosen !== undefined) return joined([chosen.ran], frame, chosen.meeting);
    adopt(interpreter, trace);
    done = result;
  }
  done ??= last();
  for (const one of taken.toReversed()) {
    done = met(one, { fork, done });
    fork = one.before;
  }
  return done;
}

/** Both ways of a condition. What is not there is as it is where it is there. */
function met({ before, ran, absent, meeting }: Taken, other: Ran): Completion {
  for (const one of absent.whenFalse) other.fork.heap.parameters.take(one, ran.fork.heap.parameters);
  for (const one of absent.whenTrue) ran.fork.heap.parameters.take(one, other.fork.heap.parameters);
  return joined([ran, other], before, meeting);
}

/**
 * What is done where a condition holds; null where that asks for a switch of a script which is off by default, and may make
 * another model of one in a way that is not read: it is taken to be off.
 */
function runWhere(statement: IfStatement, frame: Frame): Taken | null {
  const { condition, body } = statement;
  const { interpreter } = frame;
  const runBody = (fork: Frame) =>
    withNoneSettled({ condition, holds: true }, fork, () =>
      withTextsOf(statement, fork, () => run(body, fork)),
    );
  const [absent, meeting] = [absentBy(condition, frame), meetingOf(condition, frame)];
  const setting = comparedSetting(condition, frame);
  if (setting !== undefined) {
    const { trace, result: ran } = traced(interpreter, () => runBody(frame.fork()));
    return { before: frame, ran, absent, meeting, asked: { setting, trace } };
  }
  const name = switchIn(condition, frame);
  if (name === undefined || mayBeMeant(name, body))
    return { before: frame, ran: runBody(frame.fork()), absent, meeting };
  const { trace, result } = traced(interpreter, () => runBody(frame.fork()));
  if (trace.unreadChanges.length > 0) {
    interpreter.switches.off.add(name);
    return null;
  }
  adopt(interpreter, trace);
  return { before: frame, ran: result, absent, meeting };
}

/**
 * Of branches that compare a setting of a script with texts, and several of which make optimizers, that of its default: it
 * is taken to be left at that. Undefined for any others, all of which may be taken.
 */
function chosenAmong(taken: readonly Taken[], interpreter: Interpreter): Taken | undefined {
  const making = taken.filter(({ asked }) => (asked?.trace.optimizers.length ?? 0) > 0);
  const settings = making.flatMap(({ asked }) => asked?.setting ?? []);
  const chosen = making.find(({ asked }) => asked?.setting.text === asked?.setting.preset);
  const { name = '', preset = '' } = chosen?.asked?.setting ?? {};
  const isOfOne =
    settings.length > 1 &&
    taken.every(({ asked }) => asked?.setting.name === name) &&
    !mayBeMeantBeside(making.flatMap(madeIn), chosen === undefined ? [] : madeIn(chosen), interpreter);
  if (chosen === undefined || !isOfOne) {
    for (const one of taken) note(one, interpreter);
    return undefined;
  }
  note(chosen, interpreter);
  interpreter.switches.chosen.set(name, preset);
  return chosen;
}

/** The optimizers that a branch makes. */
function madeIn({ asked }: Taken): readonly string[] {
  return asked?.trace.optimizers.map(({ qualified }) => qualified) ?? [];
}

/** Notes what a branch does that was run before it was known whether it may be taken. */
function note({ asked }: Taken, interpreter: Interpreter): void {
  if (asked !== undefined) adopt(interpreter, asked.trace);
}

/** A branch that may be taken, and how it meets the others. */
interface Taken {
  readonly before: Frame;
  readonly ran: Ran;
  readonly absent: Absent;
  readonly meeting: Meeting;
  /** Where it compares a setting of a script with a text: which, and what the branch does, which is not noted yet. */
  readonly asked?: { readonly setting: ComparedSetting; readonly trace: Trace };
}

/** A block that has been run, and the state it was run on. */
interface Ran {
  readonly fork: Frame;
  readonly done: Completion;
}

function run(block: readonly Statement[], fork: Frame): Ran {
  return { fork, done: fork.execute(block) };
}

function joined(forks: readonly Ran[], frame: Frame, meeting: Meeting = WAYS): Completion {
  const falling = forks.filter(({ done }) => done.falls).map(({ fork }) => fork);
  frame.join(falling, meeting);
  const isDecided = meeting.of === 'ways' && meeting.guard !== null && forks.length === 2;
  return {
    falls: falling.length > 0,
    returns: forks.flatMap(({ done }, at) =>
      done.returns.map((one) => ({
        ...one,
        value: returnedWhere(one.value, meeting),
        ...(isDecided && isAllOf(done) && { decided: { meeting, at } }),
      })),
    ),
    leaves: forks.flatMap(({ done }) => done.leaves),
  };
}

/** Whether a way ends with one `return`, and nowhere else. */
function isAllOf({ falls, returns, leaves }: Completion): boolean {
  return !falls && returns.length === 1 && leaves.length === 0;
}

/** The body runs once; a handler runs on any state that an exception may have left it in. */
export function executeTry(statement: TryStatement, frame: Frame): Completion {
  const settled = settledTry(statement, frame);
  if (settled !== null) return frame.execute(settled);
  const { body, handlers, otherwise, after } = statement;
  const states: Frame[] = [];
  const attempt = { depth: frame.stack.length, states };
  const tried = run(body, frame.fork().with({ attempt }));
  states.push(tried.fork);
  const before = frame.fork();
  before.join(states);
  frame.attempt?.states.push(before);
  const outer = { attempt: frame.attempt };
  const handled = handlers.map((handler) => run(handler, before.fork().with(outer)));
  const ended = then(tried, otherwise, outer);
  const last = leaves(after) ? lastly([{ fork: before }, ended, ...handled], after, frame) : null;
  if (last !== null && !last.falls) return last;
  const whole = then({ fork: frame, done: joined([ended, ...handled], frame) }, after, outer).done;
  if (last === null) return whole;
  return {
    falls: whole.falls,
    returns: [...whole.returns, ...last.returns],
    leaves: [...whole.leaves, ...last.leaves],
  };
}

/** Whether code may end what it stands in. */
function leaves(block: readonly Statement[]): boolean {
  return statementsIn(block, topLevelBlocks).some(({ kind }) => kind === 'return' || kind === 'leave');
}

/** How `finally` ends, however one comes there: where it leaves, nothing else is returned. */
function lastly(ways: readonly Pick<Ran, 'fork'>[], after: readonly Statement[], frame: Frame): Completion {
  const last = frame.fork();
  last.join(ways.map(({ fork }) => fork));
  return last.execute(after);
}

/** Goes on with another block where the first one falls. */
function then({ fork, done }: Ran, block: readonly Statement[], outer: Pick<Frame, 'attempt'>): Ran {
  if (!done.falls || block.length === 0) return { fork, done };
  const next = run(block, outer.attempt === fork.attempt ? fork : fork.with(outer));
  return {
    fork: next.fork,
    done: {
      falls: next.done.falls,
      returns: [...done.returns, ...next.done.returns],
      leaves: [...done.leaves, ...next.done.leaves],
    },
  };
}
