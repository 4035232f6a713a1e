import type { ClassStatement, FunctionStatement, Statement } from '../../syntax/ast.ts';
import { isNamed } from '../../syntax/is-named.ts';
import { foreignBases } from '../machine/classes.ts';
import type { Interpreter } from '../machine/interpreter.ts';

const DICTS: ReadonlySet<string> = new Set(['builtins.dict', 'collections.OrderedDict']);

/** Methods by which a dict has its entries as attributes, whether they are dict's own or written out. */
const ACCESS: ReadonlySet<string> = new Set(['__getattr__', '__setattr__', '__delattr__']);

/**
 * Whether a class of the code is a dict that has its entries as attributes, too, and nothing else: by `self.__dict__ = self`,
 * or by a `__getattr__` that looks them up.
 */
export function hasEntriesAsAttributes(definition: ClassStatement, interpreter: Interpreter): boolean {
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
  return ACCESS.has(statement.name) || (statement.name === '__init__' && isPlainStart(statement));
}

/** Whether a constructor hands all it is given to dict, in one go, and does no more than let the object have its entries. */
function isPlainStart({ parameters, body }: FunctionStatement): boolean {
  const isCollected = parameters.slice(1).every(({ collects }) => collects !== null);
  return isCollected && body.every((one) => saysNothing(one) || isStartOfDict(one) || isOwnDict(one));
}

/** `super().__init__(*args, **kwargs)` */
function isStartOfDict(statement: Statement): boolean {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false;
  const { callee, args } = statement.value;
  const isStart = callee.kind === 'attribute' && callee.attribute === '__init__';
  return isStart && args.every(({ spread, value }) => spread || isNamed(value, 'self'));
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
