import type {
  AugmentedStatement,
  BlockStatement,
  Expression,
  IfStatement,
  LeaveStatement,
  Statement,
  TryStatement,
} from '../../syntax/ast.ts';
import { bind, findMethod } from '../machine/classes.ts';
import { meetingOf } from '../machine/conditions.ts';
import { replace } from '../machine/frames.ts';
import { positional } from '../machine/given-arguments.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { mayBeMeant, switchIn } from '../machine/switches.ts';
import { adopt, traced } from '../machine/trace.ts';
import { noteRateWriter } from '../modules/foreign-rates.ts';
import { addForwardHook } from '../modules/forward-hooks.ts';
import { type Absent, absentBy } from '../modules/optional-parameters.ts';
import { scaleInit } from '../modules/scale-init.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import { returnedWhere } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import { truthOf } from '../values/truth.ts';
import { NO_CLOSURE, NONE, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { combined } from './combined.ts';
import { defaultsIn } from './defaults.ts';
import { changeByUnread, changeInPlace } from './in-place.ts';
import { loop } from './loops.ts';

/** The work of one statement, beside that of its parts. */
const STEP = 4;

const FALLS: Completion = { falls: true, returns: [], leaves: [] };

/** Runs statements one after the other, as far as they get. */
export function execute(body: readonly Statement[], frame: Frame): Completion {
  const returns: Completion['returns'][number][] = [];
  const leaves: Completion['leaves'][number][] = [];
  frame.interpreter.budget.enter();
  let falls = true;
  for (const statement of body) {
    begin(statement, frame);
    const done = executeOne(statement, frame);
    for (const one of done.returns) returns.push(one);
    for (const one of done.leaves) leaves.push(one);
    falls = done.falls;
    if (!falls) break;
  }
  frame.interpreter.budget.leave();
  return { falls, returns, leaves };
}

/** Comes to a statement: what is tried may end before it. */
function begin(statement: Statement, frame: Frame): void {
  const { budget } = frame.interpreter;
  if (frame.module === frame.interpreter.file) budget.at = statement.span.start;
  budget.spend(STEP);
  if (frame.attempt?.depth === frame.stack.length) frame.attempt.states.push(frame.fork());
}

function executeOne(statement: Statement, frame: Frame): Completion {
  switch (statement.kind) {
    case 'assign': {
      const value = statement.value === null ? UNKNOWN : assigned(statement.value, frame);
      for (const target of statement.targets) assign(target, value, frame);
      return FALLS;
    }
    case 'augmented':
      executeAugmented(statement, frame);
      return FALLS;
    case 'expression':
      for (const part of runIn(statement.value, frame))
        changeByUnread(frame.evaluate(part), { frame, span: part.span });
      return FALLS;
    case 'return': {
      const value = statement.value === null ? NONE : frame.evaluate(statement.value);
      return { falls: false, returns: [{ value, heap: frame.fork().heap }], leaves: [] };
    }
    case 'if':
      return executeIf(statement, frame);
    case 'loop':
      return loop(statement, frame);
    case 'block':
      return executeBlock(statement, frame);
    case 'try':
      return executeTry(statement, frame);
    case 'leave':
      return { falls: false, returns: [], leaves: leavesAt(statement.how, frame) };
    default:
      define(statement, frame);
      return FALLS;
  }
}

/** A value that gets a name. Of what is gone through later, if it is, nothing may have run. */
function assigned(value: Expression, frame: Frame): Value {
  if (!isLazy(value, frame)) return frame.evaluate(value);
  const way = frame.fork();
  const made = way.evaluate(value);
  if (!way.heap.isSameAs(frame.heap)) frame.join([frame.fork(), way]);
  return made;
}

function isLazy(expression: Expression, frame: Frame): boolean {
  if (expression.kind === 'comprehension') return expression.lazy === true;
  if (expression.kind !== 'call' || expression.callee.kind !== 'name') return false;
  const called = frame.evaluate(expression.callee);
  if (called.kind === 'function') {
    const { definition } = called;
    return definition.kind === 'function' && definition.yields && definition.decorators.length === 0;
  }
  return called.kind === 'reference' && GOES_THROUGH_LATER.test(called.qualified);
}

const GOES_THROUGH_LATER = /^builtins\.(?:map|filter)$/;

/** What runs of an expression whose value nobody has: `map` calls nothing, a generator asks only what it would go through. */
function runIn(expression: Expression, frame: Frame): readonly Expression[] {
  if (expression.kind === 'comprehension' && expression.lazy === true) {
    return expression.clauses.slice(0, 1).map(({ iterable }) => iterable);
  }
  if (expression.kind !== 'call' || !isLazy(expression, frame)) return [expression];
  return expression.args.map(({ value }) => value);
}

function leavesAt(how: LeaveStatement['how'], frame: Frame): Completion['leaves'] {
  return how === 'raise' ? [] : [{ how, frame: frame.fork() }];
}

/** Binds what a definition or import names. */
export function define(statement: Statement, frame: Frame): void {
  if (statement.kind === 'function') {
    if (frame.scope !== frame.module.symbol) noteRateWriter(statement, frame);
    frame.bind(statement.name, {
      kind: 'function',
      definition: statement,
      receiver: null,
      owner: null,
      closure:
        frame.scope === frame.module.symbol ? NO_CLOSURE : { locals: frame.locals, capture: frame.capture() },
      ...defaultsIn(statement, frame),
    });
  } else if (statement.kind === 'class') {
    frame.bind(statement.name, { kind: 'class', definition: statement });
  } else if (statement.kind === 'import') {
    for (const { local, qualified } of statement.bindings) {
      if (local !== '*') frame.bind(local, { kind: 'reference', qualified });
    }
  } else if (statement.kind === 'unknown' && statement.isBlock === true) {
    frame.interpreter.trace.leftOut.add(statement.span.start);
  }
}

function executeAugmented(statement: AugmentedStatement, frame: Frame): void {
  const before = frame.evaluate(statement.target);
  const value = frame.evaluate(statement.value);
  const parameters = optionsOf(before).filter((option) => option.kind === 'parameter');
  if (parameters.length > 0) {
    const { operator, span } = statement;
    const update = before.kind === 'parameter' ? 'strong' : 'weak';
    for (const one of parameters) scaleInit(one, { operator, factor: value, span, update }, frame);
    return;
  }
  const after = eachOption(before, (one) =>
    eachOption(value, (other) => combined(statement.operator, [one, other], { frame, span: statement.span })),
  );
  if ((before.kind === 'list' && before.tuple !== true) || before.kind === 'dict')
    replace(before, after, frame);
  if (before.kind === 'tensor') changeInPlace(before, after, { frame, span: statement.span });
  assign(statement.target, after, frame);
}

function executeBlock({ items, body }: BlockStatement, frame: Frame): Completion {
  const entered = items.map((item) => entering(item, frame));
  const { applied, untracked } = frame.interpreter.trace;
  const before = applied.length;
  const done = frame.execute(body);
  const keepsNone = items.some((item) => frame.interpreter.libraries.keepsNoGradient(contextName(item)));
  if (keepsNone) for (const layer of applied.slice(before)) untracked.add(layer);
  if (done.falls) for (const [item, manager] of entered.reverse()) leave(item, manager, frame);
  return done;
}

/** What a `with` enters, where that is an object of the code's own. */
function entering(item: Expression, frame: Frame): readonly [Expression, Value] {
  const manager = frame.evaluate(item);
  const enter = ownMethod(manager, '__enter__', frame);
  if (enter !== null) frame.call(enter, positional(), item.span);
  if (['__torch_function__', '__torch_dispatch__'].some((name) => ownMethod(manager, name, frame) !== null))
    addForwardHook({ id: 'each', run: UNKNOWN, span: item.span }, frame.heap);
  return [item, manager];
}

/** What is undone at the end of a `with` was so within it: whoever looks later sees either. */
function leave(item: Expression, manager: Value, frame: Frame): void {
  const exit = ownMethod(manager, '__exit__', frame);
  if (exit === null) return;
  const way = frame.fork();
  way.call(exit, positional(NONE, NONE, NONE), item.span);
  if (!way.heap.isSameAs(frame.heap)) frame.join([frame.fork(), way]);
}

function ownMethod(value: Value, name: string, { interpreter }: Frame): Value | null {
  if (value.kind !== 'object') return null;
  const found = findMethod(interpreter, value.definition, name);
  return found === undefined ? null : bind(found, value);
}

/** What a context manager is called, wherever it comes from. */
function contextName(item: Expression): string {
  const callee = item.kind === 'call' ? item.callee : item;
  return callee.kind === 'attribute' ? callee.attribute : callee.kind === 'name' ? callee.name : '';
}

/** An `if` with all its `elif`s, which may be more than the stack is deep: the ways meet from the last one on. */
function executeIf(statement: IfStatement, frame: Frame): Completion {
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
function executeTry({ body, handlers, otherwise, after }: TryStatement, frame: Frame): Completion {
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
