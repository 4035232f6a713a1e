import type { IfStatement, Statement, TryStatement } from '../../syntax/ast.ts';
import { meetingOf } from '../machine/conditions.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { mayBeMeant, switchIn } from '../machine/switches.ts';
import { adopt, traced } from '../machine/trace.ts';
import { type Absent, absentBy } from '../modules/optional-parameters.ts';
import { returnedWhere } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import { truthOf } from '../values/truth.ts';
import { begin } from './begin-statement.ts';

/** An `if` with all its `elif`s, which may be more than the stack is deep: the ways meet from the last one on. */
export function executeIf(statement: IfStatement, frame: Frame): Completion {
  const taken: Taken[] = [];
  let [now, test] = [frame, statement];
  let done: Completion | null = null;
  while (done === null) {
    const truth = truthOf(now.evaluate(test.condition));
    if (truth === true) {
      done = now.execute(test.body);
      break;
    }
    const maybe = truth === null ? runWhere(test, now) : null;
    if (maybe !== null) {
      taken.push(maybe);
      now = now.fork();
    }
    const [next, ...others] = test.otherwise;
    if (next?.kind === 'if' && others.length === 0) {
      begin(next, now);
      test = next;
    } else done = now.execute(test.otherwise);
  }
  for (const one of taken.reverse()) {
    done = met(one, { fork: now, done });
    now = one.before;
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
function runWhere({ condition, body }: IfStatement, frame: Frame): Taken | null {
  const { interpreter } = frame;
  const [absent, meeting] = [absentBy(condition, frame), meetingOf(condition, frame)];
  const name = switchIn(condition, frame);
  if (name === undefined || mayBeMeant(name, body))
    return { before: frame, ran: run(body, frame.fork()), absent, meeting };
  const { trace, result } = traced(interpreter, () => run(body, frame.fork()));
  if (trace.unreadChanges.length > 0) {
    interpreter.switches.off.add(name);
    return null;
  }
  adopt(interpreter, trace);
  return { before: frame, ran: result, absent, meeting };
}

/** A branch that may be taken, and how it meets the others. */
interface Taken {
  readonly before: Frame;
  readonly ran: Ran;
  readonly absent: Absent;
  readonly meeting: Meeting;
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
export function executeTry({ body, handlers, otherwise, after }: TryStatement, frame: Frame): Completion {
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
  return then({ fork: frame, done: joined([ended, ...handled], frame) }, after, outer).done;
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
