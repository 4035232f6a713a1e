import type { ClassStatement } from '../../syntax/ast.ts';
import { ratioFields } from '../../syntax/ratio-fields.ts';
import type { OpaqueValue } from '../values/value.ts';
import { isModuleClass, lineage } from './classes.ts';
import type { Frame } from './interpreter.ts';
import { scales } from './switches.ts';

/**
 * Whether a field of what comes from outside may be a ratio that its class makes of others, as width ÷ base width, where what
 * that class makes of its samples does not show it: it stands under a switch that is off, or which class it is stays open. One
 * that is called as a ratio of widths is known by that.
 */
export function mayBeRatio({ symbol, fallback }: OpaqueValue, name: string, frame: Frame): boolean {
  if (scales(name)) return false;
  const { interpreter, module } = frame;
  const passed = fallback?.kind === 'object' ? fallback.definition : undefined;
  const known = interpreter.annotated.get(symbol) ?? passed;
  if (known !== undefined) return makesRatio(known, name, frame);
  const annotated = interpreter.annotatedAny.get(symbol);
  const meant = annotated ?? [...classesOf(module), ...classesOf(interpreter.file)];
  return meant.some((one) => makesRatio(one, name, frame));
}

function makesRatio(definition: ClassStatement, name: string, { interpreter }: Frame): boolean {
  if (isModuleClass(interpreter, definition)) return false;
  return lineage(interpreter, definition).some((one) => ratioFields(one).has(name));
}

function* classesOf({ globals }: Frame['module']): Iterable<ClassStatement> {
  for (const value of globals.values()) if (value.kind === 'class') yield value.definition;
}
