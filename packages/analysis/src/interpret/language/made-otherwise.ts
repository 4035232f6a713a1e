import { type FoundMethod, findMethod } from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { addForwardHook } from '../modules/forward-hooks.ts';
import { havoc } from '../modules/unread.ts';
import { type ObjectValue, UNKNOWN } from '../values/value.ts';
import { alteredBase } from './decorators.ts';

/** What makes of an object something else than its class says, be it by the class itself, may start it in any way. */
export function leaveMadeOtherwise(object: ObjectValue, init: FoundMethod | undefined, frame: Frame): void {
  const { definition, id } = object;
  const made = findMethod(frame.interpreter, definition, '__new__');
  const starts = init === undefined ? ['__init__', 'reset_parameters'] : ['reset_parameters'];
  const altered = alteredBase(definition, starts, frame) !== null;
  if (made === undefined && !altered) return;
  havoc(object, frame);
  if (made !== undefined) addForwardHook({ id, run: UNKNOWN, span: made.method.span }, frame.heap);
}
