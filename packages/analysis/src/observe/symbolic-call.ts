import type { Frame } from '../interpret/machine/interpreter.ts';
import { opaqueParameter } from '../interpret/machine/names.ts';
import type { FunctionValue, Value } from '../interpret/values/value.ts';
import type { FunctionStatement } from '../syntax/ast.ts';

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
    if (parameter.collects === null) named.set(parameter.name, opaqueParameter(parameter, scope, frame));
  }
  const args = { positional: [], named, open: true };
  frame.call(callee, args, definition.span);
}
