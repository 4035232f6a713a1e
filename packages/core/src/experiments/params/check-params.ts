import { didYouMean } from '../../words/did-you-mean.ts';
import { quoted, quotedJson, shownText } from '../../words/shown-text.ts';
import type { AnyField, AnyFields, Asked, Fields, FieldValue } from './field.ts';
import { FieldError } from './field-error.ts';

/**
 * What was asked for, from a source that may hold anything: each value of its field's kind and in its range. Null says
 * as little as nothing.
 *
 * @throws FieldError for the first that is not, and for a parameter that does not exist
 */
export function checkAsked<Params>(fields: Fields<Params>, asked: unknown): Asked<Params> {
  if (typeof asked !== 'object' || asked === null) {
    throw new FieldError('parameters', `expected an object, got ${shown(asked)}`);
  }
  // SAFETY: a table of fields is one of fields of whatever experiment.
  const table = fields as AnyFields;
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined);
  const checked = given.map(([name, value]) => {
    if (!Object.hasOwn(table, name)) {
      const known = Object.keys(table);
      throw new FieldError(name, `does not exist${didYouMean(name, known)}; there are ${known.join(', ')}`);
    }
    return [name, checkField(name, table[name], value)] as const;
  });
  // SAFETY: every entry is a parameter whose field has checked it.
  return Object.fromEntries(checked) as Asked<Params>;
}

/** What was asked for, and the defaults of the rest. */
export function withDefaults<Params>(fields: Fields<Params>, asked: Asked<Params>): Params {
  const defaults = Object.entries<AnyField>(fields as AnyFields).map(([name, field]) => [
    name,
    field.default,
  ]);
  // SAFETY: every field has a default of its parameter's type.
  return { ...Object.fromEntries(defaults), ...asked } as Params;
}

/** A value that came from anywhere, as its field takes it. @throws FieldError */
export function checkField(name: string, field: AnyField, value: unknown): FieldValue {
  const problem = problemWith(field, value);
  if (problem !== null) throw new FieldError(name, problem);
  // SAFETY: a value without a problem is of its field's kind.
  return field.kind === 'wholes' ? ascending(value as readonly number[]) : (value as FieldValue);
}

function problemWith(field: AnyField, value: unknown): string | null {
  switch (field.kind) {
    case 'whole':
      return isWholeIn(field, value)
        ? null
        : `expected a whole number from ${field.low} to ${field.high}, got ${shown(value)}`;
    case 'positive':
      return typeof value === 'number' && Number.isFinite(value) && value > 0
        ? null
        : `expected a number above 0, got ${shown(value)}`;
    case 'choice':
      return choiceProblem(field.of, value);
    case 'text':
      return typeof value === 'string' ? null : `expected a text, got ${shown(value)}`;
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? null
        : `expected a list of texts, got ${shown(value)}`;
    case 'wholes':
      return wholesProblem(field, value);
  }
}

function choiceProblem(names: readonly string[], value: unknown): string | null {
  if (typeof value !== 'string') return `expected one of ${names.join(', ')}, got ${shown(value)}`;
  if (names.includes(value)) return null;
  return `${quoted(value)} does not exist${didYouMean(value, names)}; there are ${names.join(', ')}`;
}

function wholesProblem(field: AnyField & { readonly kind: 'wholes' }, value: unknown): string | null {
  if (!Array.isArray(value)) return `expected a list of whole numbers, got ${shown(value)}`;
  const list: readonly unknown[] = value;
  const odd = list.findIndex((item) => !isWholeIn(field, item));
  if (odd >= 0) {
    return `expected whole numbers from ${field.low} to ${field.high}, got ${shown(list[odd])}`;
  }
  if (new Set(list).size < list.length) return `expected each once, got ${listed(list)}`;
  return list.length < field.fewest ? `${field.fewestSays}, got ${listed(list) || 'none'}` : null;
}

function isWholeIn({ low, high }: { readonly low: number; readonly high: number }, value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
}

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((left, right) => left - right);
}

function listed(values: readonly unknown[]): string {
  return shownText(values.join(','), LONGEST_LIST);
}

const LONGEST_LIST = 200;

/** A number as it is, also one that JSON has no word for. */
function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : quotedJson(value);
}
