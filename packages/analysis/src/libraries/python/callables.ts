import { findMethod, inheritsUnread, isModuleClass } from '../../interpret/machine/classes.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import type { Value } from '../../interpret/values/value.ts';

const NO_FUNCTIONS: ReadonlySet<Value['kind']> = new Set([
  'number',
  'text',
  'truth',
  'none',
  'list',
  'dict',
  'tensor',
  'parameter',
]);

const FUNCTIONS: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'partial', 'layer']);

/** Whether something can be called; null where that cannot be told. */
export function isCallable(value: Value, { interpreter }: Frame): boolean | null {
  if (NO_FUNCTIONS.has(value.kind)) return false;
  if (FUNCTIONS.has(value.kind)) return true;
  if (value.kind === 'opaque') return interpreter.numbers.has(value.symbol) ? false : null;
  if (value.kind !== 'object') return null;
  if (isModuleClass(interpreter, value.definition)) return true;
  if (findMethod(interpreter, value.definition, '__call__') !== undefined) return true;
  return inheritsUnread(interpreter, value.definition) ? null : false;
}
