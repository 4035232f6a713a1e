import type { Expression } from '../syntax/ast.ts';
import { multiplied } from './multiplied.ts';
import { textWith } from './text-edits.ts';

/** The rate of a parameter group as the code writes it, or what it is where the code leaves it out. */
export type GroupRate = Expression | string;

/** A rate times a factor. */
export function loweredRate(rate: GroupRate, factor: string, text: string): string {
  return typeof rate === 'string'
    ? `${rate} * ${factor}`
    : textWith(text, rate.span, multiplied(rate, factor));
}
