import type { AugmentedStatement, Expression, LeaveStatement, Statement } from '../../syntax/ast.ts';
import { replace } from '../machine/frames.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { noteRateWriter } from '../modules/foreign-rates.ts';
import { scaleInit } from '../modules/scale-init.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import { NO_CLOSURE, NONE, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { begin } from './begin-statement.ts';
import { executeIf, executeTry } from './branches.ts';
import { combined } from './combined.ts';
import { defaultsIn } from './defaults.ts';
import { changeByUnread, changeInPlace } from './in-place.ts';
import { loop } from './loops.ts';
import { namedEntries } from './named-entries.ts';
import { register } from './registered.ts';
import { executeBlock } from './with-block.ts';

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

function executeOne(statement: Statement, frame: Frame): Completion {
  switch (statement.kind) {
    case 'assign': {
      const value =
        statement.value === null ? UNKNOWN : namedEntries(statement, assigned(statement.value, frame), frame);
      for (const target of statement.targets) assign(target, value, frame);
      return FALLS;
    }
    case 'augmented':
      executeAugmented(statement, frame);
      return FALLS;
    case 'expression':
      for (const part of runIn(statement.value, frame))
        changeByUnread(frame.evaluate(part), { frame, span: frame.at(part.span) });
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
      register(statement, frame);
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
  const span = frame.at(statement.span);
  const parameters = optionsOf(before).filter((option) => option.kind === 'parameter');
  if (parameters.length > 0) {
    const { operator } = statement;
    const update = before.kind === 'parameter' ? 'strong' : 'weak';
    for (const one of parameters) scaleInit(one, { operator, factor: value, span, update }, frame);
    return;
  }
  const after = eachOption(before, (one) =>
    eachOption(value, (other) => combined(statement.operator, [one, other], { frame, span })),
  );
  if (isChangedInPlace(before)) replace(before, after, frame);
  if (before.kind === 'tensor') changeInPlace(before, after, { frame, span });
  assign(statement.target, after, frame);
}

/** Whether `+=` and its like change what is there, for all that hold it. */
function isChangedInPlace(value: Value): boolean {
  if (value.kind === 'number') return value.isTensor === true;
  return value.kind === 'dict' || (value.kind === 'list' && value.tuple !== true);
}
