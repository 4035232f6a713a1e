import type { ClassStatement, Expression, FunctionStatement } from '../../syntax/ast.ts';
import { type FunctionValue, NO_CLOSURE, type ObjectValue, type Value } from '../values/value.ts';
import { Frame, type Interpreter } from './interpreter.ts';
import type { ModuleProtocol } from './interpreter-state.ts';
import type { ModuleScope } from './module-scope.ts';

/** More classes are not looked through for a member, the class itself among them. */
const MAX_BASES = 64;

/** The class and those of the file that it inherits from, in the order in which Python looks for members. */
export function lineage(interpreter: Interpreter, definition: ClassStatement): readonly ClassStatement[] {
  const known = interpreter.lineages.get(definition);
  if (known !== undefined) return known;
  // A base that is looked up in the class itself must not go round.
  interpreter.lineages.set(definition, [definition]);
  const own = bases(interpreter, definition).flatMap((base) =>
    base.kind === 'class' ? [base.definition] : [],
  );
  const read = own.slice(0, MAX_BASES);
  const line = [definition, ...merged([...read.map((base) => lineage(interpreter, base)), read])];
  const isCut =
    own.length > MAX_BASES ||
    line.length > MAX_BASES ||
    read.some((base) => interpreter.cutLineages.has(base));
  if (isCut) interpreter.cutLineages.add(definition);
  const seen = line.slice(0, MAX_BASES);
  interpreter.lineages.set(definition, seen);
  return seen;
}

/** Whether a class inherits from more classes than are looked through: what the others do is not known. */
export function hasTooManyBases(interpreter: Interpreter, definition: ClassStatement): boolean {
  lineage(interpreter, definition);
  return interpreter.cutLineages.has(definition);
}

/** Python's C3: each class before those it inherits from, and bases in the order in which classes name them. */
function merged(lines: readonly (readonly ClassStatement[])[]): readonly ClassStatement[] {
  const found: ClassStatement[] = [];
  let left = lines.filter((line) => line.length > 0);
  // In how many of the lines each class stands behind the first.
  const behind = new Map<ClassStatement, number>();
  const count = (one: ClassStatement, by: number) => behind.set(one, (behind.get(one) ?? 0) + by);
  for (const line of left) for (const one of line.slice(1)) count(one, 1);
  while (left.length > 0) {
    // Python refuses classes of which none comes first; what they inherit is taken in their order.
    const next = left.map(([first]) => first).find((one) => one && !behind.get(one)) ?? left[0]?.[0];
    if (next === undefined) break;
    found.push(next);
    left = left.flatMap((line) => {
      const at = line.indexOf(next);
      if (at < 0) return [line];
      const first = at === 0 ? line[1] : next;
      if (first !== undefined) count(first, -1);
      return line.length === 1 ? [] : [line.filter((one) => one !== next)];
    });
  }
  return found;
}

/** Under what the store keeps what the code assigns to a class. */
export function classId({ classIds, newId }: Interpreter, definition: ClassStatement): number {
  const known = classIds.get(definition);
  if (known !== undefined) return known;
  const id = newId();
  classIds.set(definition, id);
  return id;
}

/** What a class names as its bases. */
function bases(interpreter: Interpreter, definition: ClassStatement): readonly Value[] {
  const known = interpreter.bases.get(definition);
  if (known !== undefined) return known;
  const frame = moduleFrame(interpreter, interpreter.moduleOf(definition));
  const found = definition.bases
    .filter((base) => base.name === null && !base.spread)
    .map((base) => frame.evaluate(base.value));
  interpreter.bases.set(definition, found);
  return found;
}

/** Whether it is a base's, read by itself, of which others that inherit from it set such an attribute. */
export function isLeftToHeirs({ definition }: ObjectValue, name: string, { interpreter }: Frame): boolean {
  return interpreter.leftToHeirs.get(definition)?.has(name) === true;
}

/** Whether a class is a module of some framework, through classes of the file if need be. */
export function isModuleClass(interpreter: Interpreter, definition: ClassStatement): boolean {
  return protocolOf(interpreter, definition) !== undefined;
}

/** How a module's class is run; undefined for any other class. */
export function protocolOf(interpreter: Interpreter, definition: ClassStatement): ModuleProtocol | undefined {
  const known = interpreter.protocols.get(definition);
  if (known !== undefined) return known ?? undefined;
  const found = inheritedProtocol(interpreter, definition);
  interpreter.protocols.set(definition, found ?? null);
  return found;
}

function inheritedProtocol(interpreter: Interpreter, definition: ClassStatement): ModuleProtocol | undefined {
  for (const base of foreignBases(interpreter, definition)) {
    const protocol = interpreter.libraries.module(base);
    if (protocol !== undefined) return protocol;
  }
  return undefined;
}

/** The layer or container of a framework that a class inherits from, by its qualified name. */
export function frameworkBase(interpreter: Interpreter, definition: ClassStatement): string | undefined {
  return foreignBases(interpreter, definition).find(
    (base) => interpreter.libraries.module(base)?.base !== undefined,
  );
}

/** Whether a class is a layer of a framework in other words, and so no model by itself. */
export function isLayerClass(interpreter: Interpreter, definition: ClassStatement): boolean {
  const base = frameworkBase(interpreter, definition);
  return base !== undefined && interpreter.libraries.module(base)?.base === 'layer';
}

/** Whether a class is or inherits from a class of a library; null where that cannot be told. */
export function isSubclass(
  interpreter: Interpreter,
  definition: ClassStatement,
  qualified: string,
): boolean | null {
  const foreign = foreignBases(interpreter, definition);
  if (foreign.includes(qualified)) return true;
  const asked = interpreter.libraries.module(qualified);
  if (asked !== undefined && asked.base === undefined && isModuleClass(interpreter, definition)) return true;
  return asked === undefined || inheritsUnread(interpreter, definition) ? null : false;
}

/** The qualified names of the bases that are not of this file, through classes of the file if need be. */
export function foreignBases(interpreter: Interpreter, definition: ClassStatement): readonly string[] {
  return lineage(interpreter, definition)
    .flatMap((one) => bases(interpreter, one))
    .flatMap((base) => (base.kind === 'reference' ? [base.qualified] : []));
}

/** Whether a class has a base that is neither of the file nor a framework's module: its methods may do anything. */
export function inheritsUnread(interpreter: Interpreter, definition: ClassStatement): boolean {
  if (hasTooManyBases(interpreter, definition)) return true;
  return lineage(interpreter, definition).some((one) =>
    bases(interpreter, one).some(
      (base) =>
        base.kind !== 'class' &&
        !(base.kind === 'reference' && interpreter.libraries.module(base.qualified) !== undefined),
    ),
  );
}

/** A method, and the class that defines it. */
export interface FoundMethod {
  readonly method: FunctionStatement;
  readonly owner: ClassStatement;
}

/** A method by its name, with the class that defines it. `after` skips the classes up to it, as `super()` does. */
export function findMethod(
  interpreter: Interpreter,
  definition: ClassStatement,
  name: string,
  after?: ClassStatement,
): FoundMethod | undefined {
  const line = lineage(interpreter, definition);
  for (let at = after === undefined ? 0 : line.indexOf(after) + 1; at < line.length; at++) {
    const owner = line[at] as ClassStatement;
    const method = membersOf(owner).byName.get(name);
    if (method !== undefined) return { method, owner };
  }
  return undefined;
}

/** What a class says itself that calling its objects does, before or instead of a forward pass. */
export function ownCall(interpreter: Interpreter, definition: ClassStatement): FoundMethod | undefined {
  return findMethod(interpreter, definition, '__call__') ?? findMethod(interpreter, definition, '_call_impl');
}

/** Whether calling an object calls this method, of a base that says nothing itself: `super().__call__(x)`. */
export function isCallItself(name: string): boolean {
  return name === '__call__' || name === '_call_impl';
}

/** A method as the value that `receiver.name` is. */
export function bind(
  { method, owner }: FoundMethod,
  receiver: Value | null,
): FunctionValue & { readonly definition: FunctionStatement } {
  return { kind: 'function', definition: method, receiver, owner, closure: NO_CLOSURE };
}

/** The methods in the body of a class, those of its bases left out. */
export function methodsOf(definition: ClassStatement): readonly FunctionStatement[] {
  return membersOf(definition).methods;
}

/** The methods that a class itself defines, of those of one name the last. */
interface Members {
  readonly methods: readonly FunctionStatement[];
  readonly byName: ReadonlyMap<string, FunctionStatement>;
  /** What assigning to a property runs. */
  readonly setters: ReadonlyMap<string, FunctionStatement>;
}

const MEMBERS = new WeakMap<ClassStatement, Members>();

/** Looked for once: it is asked for at every call. */
function membersOf(definition: ClassStatement): Members {
  const known = MEMBERS.get(definition);
  if (known !== undefined) return known;
  const methods = definition.body.filter((statement) => statement.kind === 'function');
  const named = (of: readonly FunctionStatement[]) => new Map(of.map((method) => [method.name, method]));
  const setters = methods.filter((method) => isAccessor(method, 'setter'));
  const others = methods.filter((method) => !(setters.includes(method) || isAccessor(method, 'deleter')));
  const found = { methods, byName: named(others), setters: named(setters) };
  MEMBERS.set(definition, found);
  return found;
}

/** Whether a method is `@name.setter` or `@name.deleter` of a property. */
function isAccessor({ decorators }: FunctionStatement, which: 'setter' | 'deleter'): boolean {
  return decorators.some((decorator) => decorator.kind === 'attribute' && decorator.attribute === which);
}

/** What assigning to an attribute runs, where that is a property. */
export function findSetter(
  interpreter: Interpreter,
  definition: ClassStatement,
  name: string,
): FoundMethod | undefined {
  for (const owner of lineage(interpreter, definition)) {
    const method = membersOf(owner).setters.get(name);
    if (method !== undefined) return { method, owner };
  }
  return undefined;
}

export function hasDecorator(method: FunctionStatement, name: string): boolean {
  return method.decorators.some((decorator) => decorator.kind === 'name' && decorator.name === name);
}

/** What a method of an object is bound to: the object, its class, or nothing. */
export function receiverOf(method: FunctionStatement, object: ObjectValue): Value | null {
  if (hasDecorator(method, 'staticmethod')) return null;
  return hasDecorator(method, 'classmethod') ? { kind: 'class', definition: object.definition } : object;
}

/** Whether a method is read like an attribute: `@property`, `@cached_property`, `@functools.cached_property`. */
export function isProperty({ decorators }: FunctionStatement): boolean {
  return decorators.some((decorator) => {
    if (decorator.kind === 'call') return false;
    const name = nameOf(decorator);
    return name === 'property' || name === 'cached_property';
  });
}

/** The last name of a decorator, whatever it is given. */
export function nameOf(decorator: Expression): string {
  if (decorator.kind === 'call') return nameOf(decorator.callee);
  if (decorator.kind === 'attribute') return decorator.attribute;
  return decorator.kind === 'name' ? decorator.name : '';
}

/** Where the names of a module are looked up and nothing else. */
export function moduleFrame(interpreter: Interpreter, module: ModuleScope = interpreter.file): Frame {
  return new Frame({
    interpreter,
    locals: module.globals,
    names: { of: null, writes: [], outer: [] },
    heap: module.heap,
    module,
    scope: module.symbol,
    stack: [],
    selves: [],
    building: false,
    attempt: null,
    called: null,
  });
}
