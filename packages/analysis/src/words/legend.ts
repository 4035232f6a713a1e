import { codeSpan } from '@widthwise/core';
import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { MARKS, markOf } from './row-judgement.ts';

/** What the signs of a weight table stand for. */
export function legendOf({ widths, supposed, weights, verdict }: ModelOutline): string {
  const [width, ...others] = widths.length > 0 ? widths : supposed;
  const n = width === undefined || others.length > 0 ? 'n is the width' : `n is ${codeSpan(width)}`;
  const numbers = `Numbers are given as they change with the width: ${n}, η the learning rate, constant what stays the same.`;
  return verdict?.regime === 'unstable' && weights.some(waits) ? `${numbers} ${WAITS}` : numbers;
}

const WAITS =
  'Where ? stands beside exponents that are all known, what is right shows once what breaks ahead of them is mended.';

function waits(row: WeightRow): boolean {
  const { a, b, c, missing } = row;
  return markOf(row) === MARKS.unknown && missing.length === 0 && [a, b, c].every((one) => one !== null);
}
