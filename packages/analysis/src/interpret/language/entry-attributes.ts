import type { ClassStatement, FunctionStatement, Statement } from '../../syntax/ast.ts';
import { isNamed } from '../../syntax/is-named.ts';
import { type Node, nodesIn } from '../../syntax/nodes-in.ts';
import { everyBlock, statementsIn } from '../../syntax/statements-in.ts';
import { foreignBases } from '../machine/classes.ts';
import type { CallSite, Interpreter } from '../machine/interpreter.ts';
import type { ObjectValue, Value } from '../values/value.ts';

const DICTS: ReadonlySet<string> = new Set(['builtins.dict', 'collections.OrderedDict']);

/** Methods by which a dict has its entries as attributes, whether they are dict's own or written out. */
const ACCESS: ReadonlySet<string> = new Set(['__getattr__', '__setattr__', '__delattr__']);

/**
 * Whether a class of the code is a dict that has its entries as attributes, too, and nothing else but methods of its own: by
 * `self.__dict__ = self`, or by a `__getattr__` that looks them up.
 */
function hasEntriesAsAttributes(definition: ClassStatement, interpreter: Interpreter): boolean {
  const [base, ...more] = foreignBases(interpreter, definition);
  if (base === undefined || more.length > 0 || !DICTS.has(base) || definition.bases.length !== 1)
    return false;
  const { body } = definition;
  return body.every((statement) => saysNothing(statement) || isAccess(statement)) && body.some(looksUp);
}

/** A text that describes what it stands in, and `pass`. */
function saysNothing(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.value.kind !== 'call';
}

/** `__getattr__ = dict.get`, and methods that do as much. */
function isAccess(statement: Statement): boolean {
  if (statement.kind === 'assign')
    return statement.targets.every((target) => target.kind === 'name' && ACCESS.has(target.name));
  if (statement.kind !== 'function') return false;
  if (statement.name === '__init__') return isPlainStart(statement);
  return ACCESS.has(statement.name) || isOwnMethod(statement);
}

/** Methods of dict: what has one of its own under such a name is another container. */
const OF_DICTS: ReadonlySet<string> = new Set(
  'clear copy fromkeys get items keys pop popitem setdefault update values'.split(' '),
);

/** One that comes to the entries by what is written on `self`, and not by dict's own methods. */
function isOwnMethod(statement: Statement): boolean {
  if (statement.kind !== 'function' || statement.decorators.length > 0) return false;
  const { name, body } = statement;
  if (name.startsWith('__') || OF_DICTS.has(name)) return false;
  return !nodesIn(body).some(isOfDict) && !statementsIn(body, everyBlock).some(replacesDict);
}

/** `super()`, `dict.update`: by them the entries change, and not what is written on `self`. */
function isOfDict(node: Node): boolean {
  if (node.kind === 'call') return isNamed(node.callee, 'super');
  return node.kind === 'attribute' && isNamed(node.object, 'dict');
}

/** `self.__dict__ = …` */
function replacesDict(statement: Statement): boolean {
  return (
    statement.kind === 'assign' &&
    statement.targets.some((target) => target.kind === 'attribute' && target.attribute === '__dict__')
  );
}

/** An object of such a class, with its entries; undefined for one of any other class. */
export function objectWithEntries(definition: ClassStatement, site: CallSite): Value | undefined {
  const { interpreter } = site.frame;
  if (!hasEntriesAsAttributes(definition, interpreter)) return undefined;
  const made = interpreter.libraries.call('types.SimpleNamespace', site);
  const methods = made?.kind === 'object' ? ownMethodsOf(definition) : null;
  return made?.kind === 'object' && methods !== null ? { ...made, definition: methods } : made;
}

/** What such a class has besides, as its objects have entries; null where it has no methods of its own. */
function ownMethodsOf(definition: ClassStatement): ClassStatement | null {
  const before = ownMethods.get(definition);
  if (before !== undefined) return before;
  const body = definition.body.filter(isOwnMethod);
  const found = body.length === 0 ? null : { ...definition, bases: [], body };
  ownMethods.set(definition, found);
  if (found !== null) ofEntries.add(found);
  return found;
}

/** Whether an object has what it is given for entries and attributes alike, as those of such a class, or of a library's. */
export function hasEntries({ definition }: ObjectValue): boolean {
  return (definition.body.length === 0 && definition.bases.length === 0) || ofEntries.has(definition);
}

const ofEntries = new WeakSet<ClassStatement>();

/** Once for each class: it is known by what it is. */
const ownMethods = new WeakMap<ClassStatement, ClassStatement | null>();

/** Whether a constructor hands all it is given to dict, in one go, and does no more than let the object have its entries. */
function isPlainStart({ parameters, body }: FunctionStatement): boolean {
  const isCollected = parameters.slice(1).every(({ collects }) => collects !== null);
  return (
    isCollected &&
    body.every((one) => saysNothing(one) || isStartOfDict(one, parameters[0]?.name) || isOwnDict(one))
  );
}

/** `super().__init__(*args, **kwargs)` */
function isStartOfDict(statement: Statement, self: string | undefined): boolean {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false;
  const { callee, args } = statement.value;
  const isStart = callee.kind === 'attribute' && callee.attribute === '__init__';
  return isStart && args.every(({ spread, value }) => spread || (self !== undefined && isNamed(value, self)));
}

/** `self.__dict__ = self` */
function isOwnDict(statement: Statement): boolean {
  if (statement.kind !== 'assign' || !statement.value) return false;
  const [target, ...more] = statement.targets;
  if (target?.kind !== 'attribute' || more.length > 0 || target.attribute !== '__dict__') return false;
  return target.object.kind === 'name' && isNamed(statement.value, target.object.name);
}

/** Whether attributes are looked up among the entries by this. */
function looksUp(statement: Statement): boolean {
  if (statement.kind === 'function')
    return (
      statement.name === '__getattr__' || (statement.name === '__init__' && statement.body.some(isOwnDict))
    );
  return (
    statement.kind === 'assign' &&
    statement.targets.some((target) => target.kind === 'name' && target.name === '__getattr__')
  );
}
