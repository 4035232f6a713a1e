import { constructModel } from '../interpret/language/instantiate.ts';
import { isLayerClass, isModuleClass } from '../interpret/machine/classes.ts';
import type { Arguments } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import { opaqueParameter, type Signature } from '../interpret/machine/names.ts';
import { annotatedClass } from '../interpret/machine/parameter-class.ts';
import type { FunctionValue, Value } from '../interpret/values/value.ts';
import type { FunctionStatement, Parameter } from '../syntax/ast.ts';

/** A function with a name, whose callers are not known. */
export type LooseFunction = FunctionValue & { readonly definition: FunctionStatement };

/** Calls a function whose callers are not in the file. */
export function callWithSymbols(callee: LooseFunction, frame: Frame): void {
  const { definition, owner, receiver } = callee;
  const { symbols } = frame.interpreter;
  const scope =
    owner === null
      ? symbols.ofDefinition(definition)
      : symbols.of(symbols.ofDefinition(owner), definition.name);
  const parameters = receiver === null ? definition.parameters : definition.parameters.slice(1);
  const named = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.collects !== null) continue;
    named.set(
      parameter.name,
      annotatedModel(parameter, frame) ??
        parameterOfNobody(parameter, { scope, parameters, body: definition.body }, frame),
    );
  }
  const args = { positional: [], named, open: true };
  frame.call(callee, args, definition.span);
}

function parameterOfNobody(parameter: Parameter, signature: Signature, frame: Frame): Value {
  const opaque = opaqueParameter(parameter, signature, frame);
  const { fallback } = parameter;
  if (fallback?.kind === 'text' && fallback.value !== null)
    frame.interpreter.presetTexts.set(opaque.symbol, fallback.value);
  return opaque;
}

/** A parameter that is annotated with the class of a model is one of these, whoever makes it. */
function annotatedModel({ annotation, span }: Parameter, frame: Frame): Value | undefined {
  const { interpreter } = frame;
  const known = annotation === null ? undefined : annotatedClass(annotation, interpreter);
  if (known?.kind !== 'class' || !isModuleClass(interpreter, known.definition)) return undefined;
  if (isLayerClass(interpreter, known.definition)) return undefined;
  return constructModel(known.definition, OPEN, { frame, span });
}

/** What is not seen to be given anything, and may be given all. */
const OPEN: Arguments = { positional: [], named: new Map(), open: true };
