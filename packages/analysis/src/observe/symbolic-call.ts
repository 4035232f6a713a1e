import { constructModel } from '../interpret/language/instantiate.ts';
import { isLayerClass, isModuleClass } from '../interpret/machine/classes.ts';
import type { Arguments } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import { opaqueParameter, type Signature } from '../interpret/machine/names.ts';
import { annotatedClass } from '../interpret/machine/parameter-class.ts';
import { type FunctionValue, text, type Value } from '../interpret/values/value.ts';
import type { FunctionStatement, Parameter } from '../syntax/ast.ts';

/** A function with a name, whose callers are not known. */
export type LooseFunction = FunctionValue & { readonly definition: FunctionStatement };

/** Calls a function whose callers are not in the file. */
export function callWithSymbols(callee: LooseFunction, frame: Frame): void {
  callWith(callee, frame, () => undefined);
}

/**
 * What a function gives that is handed these texts alone: each other parameter is what it is by default, or a symbol where it
 * has none.
 */
export function callAtDefaults(
  callee: LooseFunction,
  texts: ReadonlyMap<string, string>,
  frame: Frame,
): Value {
  return callWith(callee, frame, ({ name, fallback }) => {
    const given = texts.get(name);
    if (given !== undefined) return text(given);
    return fallback === null ? undefined : frame.elsewhere(fallback).evaluate(fallback);
  });
}

function callWith(
  callee: LooseFunction,
  frame: Frame,
  known: (parameter: Parameter) => Value | undefined,
): Value {
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
    const value =
      known(parameter) ??
      annotatedModel(parameter, frame) ??
      parameterOfNobody(parameter, { scope, parameters, body: definition.body }, frame);
    named.set(parameter.name, value);
  }
  return frame.call(callee, { positional: [], named, open: true }, definition.span);
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
