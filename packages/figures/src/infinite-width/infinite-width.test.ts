import type { InfinitePoint, InfiniteWidth } from '@widthwise/core';
import { expect, test } from 'vitest';
import { infiniteFigures } from './figures.ts';
import { infiniteTable } from './table.ts';

const setting = {
  parametrizations: [
    { name: 'mup', label: 'μP' },
    { name: 'ip', label: 'IP' },
  ],
  widths: [64, 128, 256],
  depth: 2,
  steps: 4,
};

function points(
  limit: number | null,
  value: number,
  half: number,
  limitError: number | null = null,
): readonly InfinitePoint[] {
  return [0, 4].map((step) => ({
    step,
    limit,
    limitError,
    extrapolated: { value, low: value - half, high: value + half },
  }));
}

const extrapolated: InfiniteWidth = {
  method: 'extrapolated',
  error: null,
  divergesAt: null,
  loss: points(null, 0.5, 0.1),
  lambdaMin: [points(null, 0.2, 0.1), points(null, -1e-5, 1e-4)],
  distance: null,
};

const distance = {
  slope: { value: -0.5, low: -0.6, high: -0.4 },
  byWidth: [{ width: 256, value: 0.1, low: 0.05, high: 0.2 }],
};
const solved: InfiniteWidth = {
  ...{ method: 'exact', error: 0, divergesAt: null },
  loss: points(0.11, 0.12, 0.02, 0.001),
  lambdaMin: [points(0.3, 0.31, 0.02), points(0.2, 0.21, 0.3)],
  distance: [distance, distance],
};

test('what is extrapolated stands with its interval, what is solved beside it, and how far one network is off', () => {
  expect(infiniteTable({ mup: solved, ip: extrapolated }, setting)).toEqual({
    howToRead: expect.stringMatching(/^Extrapolated: .* Solved: .* Off: /),
    heads: ['', 'loss', 'loss, solved', 'λ_min of x²', 'λ_min of x², solved', 'Gram off at 256', 'its slope'],
    rows: [
      [
        'μP',
        '0.120 (0.100–0.140)',
        '0.110 ± 0.00100',
        '0.210 (0–0.510)',
        '0.200',
        '0.100 (0.0500–0.200)',
        '−0.50 ± 0.10',
      ],
      ['IP', '0.500 (0.400–0.600)', '–', 'not told from 0', '–', '–', '–'],
    ],
  });
  const alone = infiniteTable({ ip: extrapolated }, setting)!;
  expect(alone.heads).toEqual(['', 'loss', 'λ_min of x²']);
  expect(alone.howToRead).not.toMatch(/Solved|Off/);
});

test('equations that diverge are said to, also where nothing is extrapolated', () => {
  const none = solved.loss.map((point) => ({ ...point, limit: null, limitError: null, extrapolated: null }));
  const lost = { ...solved, error: null, divergesAt: 3, loss: none, lambdaMin: [none, none], distance: null };
  expect(infiniteTable({ mup: lost }, setting)!.rows).toEqual([
    ['μP', '–', 'diverges at step 3', '–', 'diverges at step 3', '–', '–'],
  ]);
});

test('nothing is said before anything is known', () => {
  expect(infiniteTable(null, setting)).toBeNull();
  const none = { ...extrapolated, loss: [], lambdaMin: [[], []] };
  expect(infiniteTable({ mup: none, ip: none }, setting)).toBeNull();
});

test('the figures draw the solved limit dotted, leave out what is not told from 0, and say so', () => {
  const [loss, lambdaMin, off] = infiniteFigures({ mup: solved, ip: extrapolated }, setting);
  expect(loss!.curves.map(({ label, dotted, y }) => [label, dotted, y.length])).toEqual([
    ['μP', false, 2],
    ['μP, solved', true, 2],
    ['IP', false, 2],
  ]);
  expect(lambdaMin!.curves.map(({ y, intervals }) => [y.length, intervals[0] ?? null])).toEqual([
    [0, null],
    [2, null],
    [0, null],
  ]);
  expect(lambdaMin!.notes).toEqual(['IP: not told from 0.']);
  expect(off!.curves.map(({ label, remark }) => `${label} ${remark}`)).toEqual(['μP −0.50']);
  // Of IP's λ_min nothing is told from 0: axes without a curve would say nothing.
  expect(infiniteFigures({ ip: extrapolated }, setting).map(({ id }) => id)).toEqual(['loss-infinite']);
});
