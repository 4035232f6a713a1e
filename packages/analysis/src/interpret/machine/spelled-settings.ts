import type { OpaqueValue, UnknownValue, Value } from '../values/value.ts';
import type { CallSite } from './interpreter.ts';
import { textMethod } from './text-values.ts';

/** Methods that spell a text otherwise. */
const SPELLS: ReadonlySet<string> = new Set(['lower', 'upper', 'replace']);

/**
 * A name that a setting is unless it is given another, spelled as the keys of a table are: `norm.replace('_', '').lower()`.
 * What is looked up by it is what that name means; of nothing else is it the text.
 */
export function spelledOtherwise(
  receiver: OpaqueValue | UnknownValue,
  method: string,
  { args }: CallSite,
): Value | undefined {
  const before = receiver.kind === 'opaque' ? spelledAsItIs(receiver) : receiver.spelled;
  if (before === undefined || !SPELLS.has(method)) return undefined;
  const made = textMethod(before.text, method, args);
  return made.kind === 'text'
    ? { kind: 'unknown', symbol: null, spelled: { ...before, text: made.text } }
    : undefined;
}

function spelledAsItIs(setting: OpaqueValue): UnknownValue['spelled'] {
  const { fallback } = setting;
  return fallback?.kind === 'text' ? { setting, text: fallback.text } : undefined;
}
