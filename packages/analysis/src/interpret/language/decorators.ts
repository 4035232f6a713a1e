import { timesUnknown } from '../../network/tensor.ts';
import type { ClassStatement, Expression, FunctionStatement } from '../../syntax/ast.ts';
import { statementsIn, topLevelBlocks } from '../../syntax/statements-in.ts';
import {
  bind,
  classId,
  findMethod,
  hasTooManyBases,
  lineage,
  moduleFrame,
  protocolOf,
} from '../machine/classes.ts';
import { everyArgument, positional } from '../machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../machine/interpreter.ts';
import { rehearsed } from '../machine/trace.ts';
import { namedParameters } from '../modules/modules.ts';
import { tensorsIn, tensorValue } from '../modules/tensors.ts';
import { handOver, havoc } from '../modules/unread.ts';
import { optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { unreadInit } from '../values/parameter-state.ts';
import { type FunctionValue, UNKNOWN, type Value } from '../values/value.ts';

/**
 * What calling a function gives that decorators may have made another one: those of the code's own, and imported ones
 * that no library knows to leave what a function computes.
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
  const own = definition.decorators.filter((one) => mayAlter(one, around(callee, site)));
  const altered = receiver?.kind === 'object' ? alteredBy(receiver.definition, definition, site.frame) : null;
  if (own.length === 0 && altered === null) return run(callee, site);
  const made = decorated({ ...callee, receiver: null, isBare: true }, own, site);
  if (made !== null && altered === null) return site.frame.call({ ...made, receiver }, site.args, site.span);
  const before = new Heap(site.frame.heap);
  const result = run({ ...callee, isBare: true }, site);
  leaveStarts(callee, before, site);
  return notRead(result, callee, { what: altered ?? decoratorText(own), site });
}

/** What a function has done to initial values may be done twice, otherwise or not at all. */
function leaveStarts({ receiver }: FunctionValue, before: Heap, site: CallSite): void {
  const { args, frame, span } = site;
  handOver('a decorator', site);
  const handed = [...(receiver === null ? [] : [receiver]), ...everyArgument(args)].flatMap(optionsOf);
  for (const value of handed) {
    if (value.kind !== 'object') continue;
    for (const { parameter } of namedParameters(value, frame))
      if (!frame.heap.parameters.startsAs(before.parameters, parameter))
        frame.heap.parameters.write(parameter, unreadInit(span), 'strong');
  }
}

/** The function that decorators make of another; null where they make something else of it. */
function decorated(
  bare: FunctionValue,
  decorators: readonly Expression[],
  site: CallSite,
): FunctionValue | null {
  let made = bare;
  const frame = around(bare, site);
  for (const decorator of [...decorators].reverse()) {
    const value = frame.call(frame.evaluate(decorator), positional(made), site.span);
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
  return givenOtherwise(result, what, { frame, span });
}

/** What something that is not read may make of a result. */
export function givenOtherwise(
  result: Value,
  what: string,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): Value {
  const tensors = tensorsIn([result], frame);
  return tensors.length === 0 ? UNKNOWN : tensorValue(timesUnknown(tensors, what, span));
}

/** Where the decorators of a function are looked up. */
function around({ definition, closure: { locals, capture } }: FunctionValue, { frame }: CallSite): Frame {
  const names = { of: null, writes: [], outer: capture };
  return frame.elsewhere(definition).with({ locals: locals.fork(), names });
}

/** Whether a decorator may make something else of what it is put on. */
function mayAlter(decorator: Expression, frame: Frame): boolean {
  const root = rootOf(decorator);
  const named = frame.locals.get(root) ?? frame.module.globals.get(root);
  // What has no name in the module is built in, or the setter of a property.
  if (named === undefined) return false;
  const { libraries } = frame.interpreter;
  const importedAs = (value: Value) =>
    value.kind === 'reference' ? [`${wholeName(value.qualified, frame)}${pathBehind(decorator)}`] : [];
  if (optionsOf(named).flatMap(importedAs).some(libraries.leavesDecorated)) return false;
  const value = frame.evaluate({ kind: 'name', name: root, span: decorator.span });
  return optionsOf(value).some(({ kind }) => MAKES.has(kind) || kind === 'reference');
}

/** A name by its package, also where it is imported relative to the module. */
function wholeName(qualified: string, { interpreter: { imports }, module }: Frame): string {
  return qualified.startsWith('.') ? (imports?.wholeName(qualified, module) ?? qualified) : qualified;
}

const MAKES: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'partial', 'object']);

/** What follows the name that a decorator begins with: `.jit.script`. */
function pathBehind(decorator: Expression): string {
  if (decorator.kind === 'call') return pathBehind(decorator.callee);
  return decorator.kind === 'attribute' ? `${pathBehind(decorator.object)}.${decorator.attribute}` : '';
}

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
  const line = lineage(interpreter, definition);
  const names = method.name === forward ? [forward, '__call__'] : [method.name];
  return alteredIn(
    definition,
    { names, upTo: line.findIndex(({ body }) => body.includes(method)) + 1 },
    frame,
  );
}

/** The same of methods that its bases have and no class of the code defines. */
export function alteredBase(
  definition: ClassStatement,
  names: readonly string[],
  frame: Frame,
): string | null {
  const line = lineage(frame.interpreter, definition);
  return alteredIn(definition, { names, upTo: line.length }, frame);
}

interface Alterable {
  readonly names: readonly string[];
  /** How many of the class and its bases, in their order, stand no farther than where a method of the first name does. */
  readonly upTo: number;
}

function alteredIn(definition: ClassStatement, { names, upTo }: Alterable, frame: Frame): string | null {
  const { interpreter } = frame;
  if (hasTooManyBases(interpreter, definition)) return 'too many bases';
  const line = lineage(interpreter, definition);
  for (const one of line.slice(0, upTo)) {
    const given = givenInBody(one, names);
    if (given !== null) return `${one.name}.${given} = …`;
  }
  for (const one of line) {
    const attributes = frame.heap.attributes(classId(interpreter, one));
    const { written } = interpreter.moduleOf(one);
    const set = names.find((name) => attributes.has(name) || written.has(`${one.name}.${name}`));
    if (set !== undefined) return `${one.name}.${set} = …`;
  }
  const known = interpreter.altered.get(definition);
  if (known !== undefined) return known;
  interpreter.altered.set(definition, null);
  const found = alteration(interpreter, definition);
  interpreter.altered.set(definition, found);
  return found;
}

/** Which of these names the body of a class itself gives something else than a method; null where it does so with none. */
function givenInBody(definition: ClassStatement, names: readonly string[]): string | null {
  for (const name of namesGiven(definition)) if (names.includes(name)) return name;
  return null;
}

const NAMES_GIVEN = new WeakMap<ClassStatement, ReadonlySet<string>>();

/** The names to which the body of a class assigns something, in its order; looked for once, as it is asked for at every call. */
function namesGiven(definition: ClassStatement): ReadonlySet<string> {
  const known = NAMES_GIVEN.get(definition);
  if (known !== undefined) return known;
  const targets = statementsIn(definition.body, topLevelBlocks).flatMap((statement) =>
    statement.kind === 'assign' && statement.value !== null
      ? statement.targets.flatMap((target) => (target.kind === 'sequence' ? target.items : [target]))
      : [],
  );
  const names = new Set(targets.flatMap((target) => (target.kind === 'name' ? [target.name] : [])));
  NAMES_GIVEN.set(definition, names);
  return names;
}

/** Runs what is run when a class is made, and says what of it leaves the class another one. */
function alteration(interpreter: Interpreter, definition: ClassStatement): string | null {
  const made: Value = { kind: 'class', definition };
  for (const one of lineage(interpreter, definition)) {
    const module = moduleFrame(interpreter, interpreter.moduleOf(one));
    if (isMadeOtherwise(one, module)) return 'a metaclass';
    for (const decorator of one.decorators) {
      if (!mayAlter(decorator, module)) continue;
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

/** Whether a metaclass may make a class of other methods than its body has; those that look for what is abstract do not. */
function isMadeOtherwise({ bases }: ClassStatement, module: Frame): boolean {
  const given = bases.find(({ name }) => name === 'metaclass');
  if (given === undefined) return false;
  return optionsOf(module.evaluate(given.value)).some(
    (one) => one.kind !== 'reference' || !/^(?:abc\.ABCMeta|builtins\.type|type)$/.test(one.qualified),
  );
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

/** Whether a generator is what `with` enters, by its decorator. */
export function isContextManager({ decorators }: FunctionStatement): boolean {
  return decorators.some((decorator) => {
    const name =
      decorator.kind === 'attribute' ? decorator.attribute : decorator.kind === 'name' ? decorator.name : '';
    return name === 'contextmanager' || name === 'asynccontextmanager';
  });
}
