import type { Parameter } from '../../syntax/ast.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf } from '../machine/names.ts';
import { swallowedBy } from '../machine/swallowed.ts';
import { either } from '../values/either.ts';
import type { Value } from '../values/value.ts';
import { attributeOf } from './attributes.ts';

/**
 * What a setting may give by `**`, as `f(**(config or {}))` does, that is None unless somebody sets it: each parameter that
 * is given nothing else has its default, or what the setting has under its name.
 */
export function addOptional(
  bound: Map<string, Value>,
  { optional, named, positional }: Arguments,
  { parameters, frame }: { readonly parameters: readonly Parameter[]; readonly frame: Frame },
  defaultOf: (name: string) => Value,
): void {
  if (optional === undefined || swallowedBy(optional, frame.interpreter).length > 0) return;
  for (const [at, { name, fallback, collects }] of parameters.entries()) {
    if (fallback === null || collects !== null || named.has(name) || at < positional.length) continue;
    bound.set(name, either([defaultOf(name), fieldOf(optional.symbol, name, frame)]));
  }
}

/**
 * What settings from outside give by `**`, as `main(**vars(args))` does: each parameter that is given nothing else has what
 * they have under its name. Not where numbers became part of them, of which any may be it.
 */
export function addSpreadSettings(
  bound: Map<string, Value>,
  { settings, named, positional }: Arguments,
  { parameters, frame }: { readonly parameters: readonly Parameter[]; readonly frame: Frame },
): void {
  if (settings === undefined || swallowedBy(settings, frame.interpreter).length > 0) return;
  for (const [at, { name, collects }] of parameters.entries()) {
    if (collects !== null || named.has(name) || at < positional.length) continue;
    bound.set(name, attributeOf(settings, name, frame));
  }
}
