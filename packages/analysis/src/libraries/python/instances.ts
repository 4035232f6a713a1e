import { inheritsUnread, isSubclass, lineage } from '../../interpret/machine/classes.ts';
import { DICT_TYPES } from '../../interpret/machine/dict-types.ts';
import type { Interpreter } from '../../interpret/machine/interpreter.ts';
import { settledText } from '../../interpret/machine/settled-text.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import { BUILT_IN_TYPES, isOfAny } from './builtin-types.ts';

/** `isinstance(value, of)`; null where it is not known. A setting that is a name by default is a text where that is asked. */
export function isInstance(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  const asked = of.kind === 'list' ? of.items : [of];
  const isAsked = asked.some((one) => one.kind === 'reference' && one.qualified === 'builtins.str');
  return (isAsked && settledText(value, interpreter) !== undefined) || isOf(interpreter, value, of);
}

function isOf(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (of.kind === 'list')
    return ofAnyBuiltin(value, of.items) ?? anyOf(of.items.map((one) => isOf(interpreter, value, one)));
  const own = ownClass(interpreter, value);
  if (of.kind === 'class') {
    if (own !== undefined && lineage(interpreter, own).includes(of.definition)) return true;
    return value.kind === 'object' || value.kind === 'layer' ? false : null;
  }
  if (of.kind !== 'reference') return null;
  return own === undefined
    ? isOfLibrary(interpreter, value, of.qualified)
    : (isSubclass(interpreter, own, of.qualified) ?? isNoDict(interpreter, own, of.qualified));
}

function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.every((answer) => answer === false) ? false : null;
}

/** Whether a value is an instance of any of these, where all of them are built in: a list of which nobody knows whether it is a tuple is either. */
function ofAnyBuiltin(value: Value, asked: readonly Value[]): boolean | null {
  const names = asked.flatMap((one) => (one.kind === 'reference' ? [one.qualified] : []));
  return names.length === asked.length ? isOfAny(value, names) : null;
}

function isOfLibrary({ libraries }: Interpreter, value: Value, asked: string): boolean | null {
  const isClass = value.kind === 'reference' && libraries.module(value.qualified) !== undefined;
  if (isClass && BUILT_IN_TYPES.has(asked)) return false;
  return (value.kind === 'layer' && value.layer.qualified === asked) || libraries.isInstance(value, asked);
}

/** The class of the code that a value has; of a parameter the one that it is annotated with, which it may have subclasses of. */
function ownClass({ annotated }: Interpreter, value: Value): ClassStatement | undefined {
  if (value.kind === 'object') return value.definition;
  return value.kind === 'opaque' ? annotated.get(value.symbol) : undefined;
}

/** A class of which all bases are read is no dict where none of them is. */
function isNoDict(interpreter: Interpreter, own: ClassStatement, asked: string): false | null {
  return DICT_TYPES.has(asked) && !inheritsUnread(interpreter, own) ? false : null;
}

/** Whether a class of the file inherits from another one, or, where all its bases are read, does not. */
export function isSubclassOf(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (value.kind !== 'class') return null;
  if (of.kind === 'reference') return isSubclass(interpreter, value.definition, of.qualified);
  if (of.kind !== 'class') return null;
  if (lineage(interpreter, value.definition).includes(of.definition)) return true;
  return inheritsUnread(interpreter, value.definition) ? null : false;
}

/** `type(value)`. */
export function typeOf(value: Value): Value {
  if (value.kind === 'layer') return { kind: 'reference', qualified: value.layer.qualified };
  return value.kind === 'object' ? { kind: 'class', definition: value.definition } : UNKNOWN;
}
