import { constructModel } from '../interpret/language/instantiate.ts';
import { findMethod, isLayerClass, isModuleClass, protocolOf } from '../interpret/machine/classes.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import { annotatedClass } from '../interpret/machine/parameter-class.ts';
import type { Value } from '../interpret/values/value.ts';
import type { ClassStatement, Parameter } from '../syntax/ast.ts';
import { heirsOf } from './heirs.ts';

/**
 * The models that a model which nobody makes has to be handed, as its constructor is annotated: `vit: ViT`. None of a class
 * that others of the file inherit from, as it may be any of these, none of another file, where others may, and none of one
 * without a forward pass.
 */
export function annotatedParts(
  definition: ClassStatement,
  frame: Frame,
): readonly (readonly [name: string, part: Value])[] {
  const init = findMethod(frame.interpreter, definition, '__init__')?.method;
  return (init?.parameters.slice(1) ?? []).flatMap((parameter) => {
    const part = partOf(parameter, definition, frame);
    return part === undefined ? [] : [[parameter.name, part] as const];
  });
}

function partOf(
  { annotation, fallback, collects, span }: Parameter,
  whole: ClassStatement,
  frame: Frame,
): Value | undefined {
  const { interpreter } = frame;
  if (annotation === null || fallback !== null || collects !== null) return undefined;
  const known = annotatedClass(annotation, interpreter);
  if (known?.kind !== 'class' || known.definition === whole) return undefined;
  const { definition } = known;
  if (!isModuleClass(interpreter, definition) || isLayerClass(interpreter, definition)) return undefined;
  const { forward = '' } = protocolOf(interpreter, definition) ?? {};
  if (findMethod(interpreter, definition, forward) === undefined) return undefined;
  const isOfFile = interpreter.moduleOf(definition) === interpreter.file;
  if (!isOfFile || heirsOf(definition, interpreter).length > 0) return undefined;
  return constructModel(definition, null, { frame, span });
}
