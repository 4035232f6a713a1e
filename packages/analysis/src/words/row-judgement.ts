import { type InitExponent, nameText } from '@widthwise/core';
import type { WeightRow } from '../model-outline.ts';
import { powerText, rateText } from './exponent-text.ts';

/** One exponent of one weight beside μP's. */
export interface JudgedExponent {
  readonly quantity: 'init std' | 'multiplier' | 'learning rate';
  readonly yours: string;
  /** Empty where nothing can be wanted. */
  readonly wants: string;
  readonly state: 'right' | 'wrong' | 'unknown';
  /** What a wrong one does; empty otherwise. */
  readonly why: string;
}

/** The three exponents of a weight, each held against μP's in the weight's own form. */
export function judgeRow(row: WeightRow): readonly JudgedExponent[] {
  const { a, b, c, wants } = row;
  const initWhy = wants === null || a === null || b === null ? null : initProblem(row, b, wants.b);
  const rateWhy = wants === null || c === null ? null : rateProblem(c - wants.c);
  return [
    {
      quantity: 'init std',
      yours: powerText(b),
      wants: wants === null ? '' : powerText(wants.b) + (row.role === 'output' ? ' or less' : ''),
      state: stateOf(initWhy),
      why: initWhy ?? '',
    },
    {
      quantity: 'multiplier',
      yours: powerText(a),
      wants: wants === null ? '' : powerText(wants.a),
      state: wants === null ? 'unknown' : 'right',
      why: '',
    },
    {
      quantity: 'learning rate',
      yours: rateText(c),
      wants: wants === null ? '' : rateText(wants.c),
      state: stateOf(rateWhy),
      why: rateWhy ?? '',
    },
  ];
}

export const MARKS: Readonly<Record<JudgedExponent['state'], string>> = {
  right: '✓',
  wrong: '✗',
  unknown: '?',
};

/** ✗ where something is wrong, ? where something is unknown, else ✓; empty for a weight that does not scale. */
export function markOf(row: WeightRow): string {
  if (row.role === 'finite') return '';
  const states = judgeRow(row).map((judged) => judged.state);
  if (states.includes('wrong')) return MARKS.wrong;
  return states.includes('unknown') ? MARKS.unknown : MARKS.right;
}

/** What each wrong exponent does, one sentence a line. */
export function problemsOf(rows: readonly WeightRow[]): readonly string[] {
  return rows.flatMap((row) =>
    judgeRow(row).flatMap(({ quantity, yours, wants, state, why }) =>
      state === 'wrong'
        ? [`${nameText(row.name)}: ${quantity} is ${inWords(yours)}, μP wants ${inWords(wants)}: ${why}`]
        : [],
    ),
  );
}

function inWords(power: string): string {
  return power === 'constant' ? 'constant in width' : power;
}

function stateOf(why: string | null): JudgedExponent['state'] {
  if (why === null) return 'unknown';
  return why === '' ? 'right' : 'wrong';
}

/** What an initialization other than μP's does, or nothing where it is as good as μP's. */
function initProblem({ role }: WeightRow, b: InitExponent, wanted: number): string {
  if (b === 'zero') return role === 'input' ? 'features start at 0' : '';
  const excess = wanted - b;
  if (excess === 0 || (role === 'output' && excess < 0)) return '';
  if (role === 'output') {
    return excess > 1 / 2
      ? `outputs grow like ${powerText(1 / 2 - excess)} at initialization`
      : `starts ${powerText(-excess)} times larger than in μP, so a rate that moves features makes outputs blow up`;
  }
  const what = role === 'input' ? 'features' : 'preactivations';
  return excess > 0 ? `${what} grow like ${powerText(-excess)}` : `${what} shrink like ${powerText(-excess)}`;
}

/** What a learning rate other than μP's does under full alignment. */
function rateProblem(excess: number): string {
  if (excess === 0) return '';
  if (excess < 0) return `under full alignment its updates grow like ${powerText(excess)} beside μP's`;
  return `its updates shrink like ${powerText(excess)} beside μP's`;
}
