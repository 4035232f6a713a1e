import { inheritsUnread, isSubclass, lineage } from '../../interpret/machine/classes.ts';
import type { Interpreter } from '../../interpret/machine/interpreter.ts';
import { settledText } from '../../interpret/machine/settled-text.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** `isinstance(value, of)`; null where it is not known. A setting that is a name by default is a text where that is asked. */
export function isInstance(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  const asked = of.kind === 'list' ? of.items : [of];
  const isAsked = asked.some((one) => one.kind === 'reference' && one.qualified === 'builtins.str');
  return (isAsked && settledText(value, interpreter) !== undefined) || isOf(interpreter, value, of);
}

function isOf(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (of.kind === 'list') {
    const answers = of.items.map((one) => isOf(interpreter, value, one));
    if (answers.includes(true)) return true;
    return answers.every((answer) => answer === false) ? false : null;
  }
  if (of.kind === 'reference') {
    if (value.kind === 'object') return isSubclass(interpreter, value.definition, of.qualified);
    const same = value.kind === 'layer' && value.layer.qualified === of.qualified;
    return same || interpreter.libraries.isInstance(value, of.qualified);
  }
  if (of.kind !== 'class') return null;
  if (value.kind === 'object') return lineage(interpreter, value.definition).includes(of.definition);
  return value.kind === 'layer' ? false : null;
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
