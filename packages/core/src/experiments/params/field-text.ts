import { quoted } from '../../words/shown-text.ts';
import type { AnyField, FieldValue } from './field.ts';
import { FieldError } from './field-error.ts';

/** The value of a field from what was typed; whether it is in the field's range is checked apart. @throws FieldError */
export function readField(name: string, field: AnyField, text: string): FieldValue {
  switch (field.kind) {
    case 'whole':
    case 'positive':
      return readNumber(name, text);
    case 'wholes':
      return wordsIn(text).map((word) => readNumber(name, word));
    case 'texts':
      return wordsIn(text);
    case 'choice':
    case 'text':
      return text;
  }
}

/** A value as it would be typed. */
export function fieldText(value: FieldValue): string {
  return typeof value === 'object' ? value.join(',') : String(value);
}

/** What holds when a field is not given, in words. */
export function defaultText({ otherwise, default: value }: AnyField): string {
  return otherwise ?? (value === null ? '' : fieldText(value));
}

function wordsIn(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function readNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new FieldError(name, `expected a number, got ${quoted(text)}`);
}
