import type { Value } from '../values/value.ts';
import type { Frame, Interpreter } from './interpreter.ts';

/**
 * The text that a value is, or that a setting is unless it is given another: by it something is looked up, as a class by its
 * name, and is then taken to be that.
 */
export function settledText(value: Value, { settled, presetTexts }: Interpreter): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'opaque') return undefined;
  const { symbol, fallback } = value;
  const name = fallback?.kind === 'text' ? fallback.text : presetTexts.get(symbol);
  if (name !== undefined) settled.set(symbol, { kind: 'text', text: name });
  return name;
}

/**
 * Whether a value is a name that a function has by default which nobody in sight calls: what a library has under it is that,
 * but of the presets that a project has under it another one may be as good.
 */
export function isNameFromOutside(value: Value, { presetTexts }: Interpreter): boolean {
  return value.kind === 'opaque' && presetTexts.has(value.symbol);
}

const PUNCTUATION = /^[^\p{L}\p{N}]+$/u;

/** A setting of which it is asked how it is written, as in `'.' in name`, is the text that it is unless it is given another. */
export function asWrittenText(asked: Value | undefined, of: Value, { interpreter }: Frame): Value {
  if (asked?.kind !== 'text' || !PUNCTUATION.test(asked.text)) return of;
  const written = settledText(of, interpreter);
  return written === undefined ? of : { kind: 'text', text: written };
}
