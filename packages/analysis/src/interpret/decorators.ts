import { rescaled } from '../network/tensor.ts';
import type { ClassStatement, Expression, FunctionStatement } from '../syntax/ast.ts';
import { bind, classId, findMethod, lineage, moduleFrame, protocolOf } from './classes.ts';
import { type CallSite, type Frame, type Interpreter, positional } from './interpreter.ts';
import { tensorsIn, tensorValue } from './tensors.ts';
import { rehearsed } from './trace.ts';
import { havoc } from './unread.ts';
import { type FunctionValue, optionsOf, UNKNOWN, type Value } from './value.ts';

/**
 * What calling a function gives that decorators of the code's own may have made another one. Those of libraries register
 * a function, compile or document it, and leave what it computes.
 *
 * @param run calls the function itself
 */
export function callDecorated(
  callee: FunctionValue,
  site: CallSite,
  run: (callee: FunctionValue, site: CallSite) => Value,
): Value {
  const { definition, receiver } = callee;
  if (definition.kind === 'lambda' || callee.isBare === true) return run(callee, site);
  const own = definition.decorators.filter((one) => isOwn(one, callee, site.frame));
  const altered = receiver?.kind === 'object' ? alteredBy(receiver.definition, definition, site.frame) : null;
  if (own.length === 0 && altered === null) return run(callee, site);
  const made = decorated({ ...callee, receiver: null, isBare: true }, own, site);
  if (made !== null && altered === null) return site.frame.call({ ...made, receiver }, site.args, site.span);
  const result = run({ ...callee, isBare: true }, site);
  return notRead(result, callee, { what: altered ?? decoratorText(own), site });
}

/** The function that decorators make of another; null where they make something else of it. */
function decorated(
  bare: FunctionValue,
  decorators: readonly Expression[],
  { frame, span }: CallSite,
): FunctionValue | null {
  let made = bare;
  const { locals } = bare.closure;
  const around = frame
    .elsewhere(bare.definition)
    .with({ locals: new Map(locals), names: { writes: [], outer: bare.closure.capture } });
  for (const decorator of [...decorators].reverse()) {
    const value = around.call(around.evaluate(decorator), positional(made), span);
    if (value.kind !== 'function') return null;
    made = value;
  }
  return made;
}

/** What may have been done to a result, or to what a constructor has made, by something that is not read. */
function notRead(
  result: Value,
  { definition, receiver }: FunctionValue,
  { what, site: { frame, span } }: { readonly what: string; readonly site: CallSite },
): Value {
  if (receiver?.kind === 'object' && 'name' in definition && definition.name === '__init__') {
    havoc(receiver, frame);
    return result;
  }
  const tensors = tensorsIn([result], frame);
  return tensors.length === 0 ? UNKNOWN : tensorValue(rescaled(tensors, what, span));
}

/** Whether a decorator is written in the module that it stands in. */
function isOwn(
  decorator: Expression,
  { closure, definition }: FunctionValue,
  { interpreter }: Frame,
): boolean {
  const name = rootOf(decorator);
  const value = closure.locals.get(name) ?? interpreter.moduleOf(definition).globals.get(name);
  return value !== undefined && optionsOf(value).some(({ kind }) => MAKES.has(kind));
}

const MAKES: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'partial', 'object']);

/** The name that a decorator begins with. */
function rootOf(decorator: Expression): string {
  if (decorator.kind === 'call') return rootOf(decorator.callee);
  if (decorator.kind === 'attribute') return rootOf(decorator.object);
  return decorator.kind === 'name' ? decorator.name : '';
}

function decoratorText(decorators: readonly Expression[]): string {
  return decorators.map((one) => `@${rootOf(one)}`).join(' ');
}

/** What gives a class of modules another constructor or forward pass than its text says; null where nothing does. */
function alteredBy(definition: ClassStatement, method: FunctionStatement, frame: Frame): string | null {
  const { interpreter } = frame;
  const forward = protocolOf(interpreter, definition)?.forward;
  if (forward === undefined || (method.name !== '__init__' && method.name !== forward)) return null;
  for (const one of lineage(interpreter, definition)) {
    if (frame.heap.attributes(classId(interpreter, one)).has(method.name))
      return `${one.name}.${method.name} = …`;
  }
  const known = interpreter.altered.get(definition);
  if (known !== undefined) return known;
  interpreter.altered.set(definition, null);
  const found = alteration(interpreter, definition);
  interpreter.altered.set(definition, found);
  return found;
}

/** Runs what is run when a class is made, and says what of it leaves the class another one. */
function alteration(interpreter: Interpreter, definition: ClassStatement): string | null {
  const made: Value = { kind: 'class', definition };
  for (const one of lineage(interpreter, definition)) {
    const { globals } = interpreter.moduleOf(one);
    for (const decorator of one.decorators) {
      const by = globals.get(rootOf(decorator));
      if (by === undefined || !optionsOf(by).some(({ kind }) => MAKES.has(kind))) continue;
      const given: Value = { kind: 'class', definition: one };
      const isLeft = leaves(interpreter, one, (frame) =>
        frame.call(frame.evaluate(decorator), positional(given), decorator.span),
      );
      if (!isLeft) return `@${rootOf(decorator)}`;
    }
    const hook = findMethod(interpreter, definition, '__init_subclass__', definition);
    if (hook === undefined) continue;
    const isLeft = leaves(interpreter, definition, (frame) => {
      frame.call(bind(hook, made), positional(), definition.span);
      return made;
    });
    if (!isLeft) return '__init_subclass__';
  }
  return null;
}

/** Whether something gives a class back and sets none of its methods. */
function leaves(interpreter: Interpreter, definition: ClassStatement, run: (frame: Frame) => Value): boolean {
  const frame = moduleFrame(interpreter, interpreter.moduleOf(definition)).fork();
  let given: Value = UNKNOWN;
  rehearsed(interpreter, () => {
    given = run(frame);
  });
  const before = interpreter.moduleOf(definition).heap.attributes(classId(interpreter, definition));
  const after = frame.heap.attributes(classId(interpreter, definition));
  const { kind, definition: same } = given as Extract<Value, { kind: 'class' }>;
  return kind === 'class' && same === definition && [...after.keys()].every((name) => before.has(name));
}
