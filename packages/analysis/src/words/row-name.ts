import { codeSpan } from '@widthwise/core';
import { grouped } from '../grouped.ts';
import type { WeightRow } from '../model-outline.ts';

/** What a weight is called: a tied one by each of its names. */
export function rowNameText({ name, aliases }: Pick<WeightRow, 'name' | 'aliases'>): string {
  return [name, ...aliases].join(' = ');
}

/** `may be off, by `bias``: what leaves a weight out, in the words of its row; null of one that is there for certain. */
export function mayBeOffText({ mayBeOff }: Pick<WeightRow, 'mayBeOff'>): string | null {
  if (mayBeOff === null) return null;
  return mayBeOff.length === 0
    ? 'may be off'
    : `may be off, by ${mayBeOff.map((one) => codeSpan(one)).join(', ')}`;
}

/** Which weights may be off and by what, those that hang on the same together. */
export function maybesText(rows: readonly WeightRow[]): readonly string[] {
  const each = rows.flatMap((row) => {
    const text = mayBeOffText(row);
    return text === null ? [] : [{ name: row.name, text }];
  });
  return [...grouped(each, ({ text }) => text)].map(([text, same]) => {
    const all = [...new Set(same.map(({ name }) => name))];
    const names = all.length > MOST_NAMES + 1 ? all.slice(0, MOST_NAMES) : all;
    const more = all.length > names.length ? ` and ${all.length - names.length} more` : '';
    return `${names.join(', ')}${more} ${text}`;
  });
}

/** More names are counted: the table says it of each. */
const MOST_NAMES = 12;
