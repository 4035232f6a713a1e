import type { GroupNumber } from './group-decay.ts';
import { multiplied } from './multiplied.ts';
import { textWith } from './text-edits.ts';

/** A number of a group times a factor. */
export function timesText(number: GroupNumber, factor: string, text: string): string {
  return typeof number === 'string'
    ? `${number} * ${factor}`
    : textWith(text, number.span, multiplied(number, factor));
}
