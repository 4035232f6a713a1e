import { codeSpan } from '@widthwise/core';
import type { ModelOutline } from '../model-outline.ts';

/** What the signs of a weight table stand for. */
export function legendOf({ widths }: ModelOutline): string {
  const [width] = widths;
  const n = width === undefined || widths.length > 1 ? 'n is the width' : `n is ${codeSpan(width)}`;
  return `Numbers are given as they change with the width: ${n}, η the learning rate, constant what stays the same.`;
}
