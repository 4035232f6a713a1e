import { expect, test } from 'vitest';
import type { Curve, Figure } from './figure.ts';
import { figureCsv, figureNumbers } from './figure-numbers.ts';
import { stepAxis, valueAxis } from './scales/axis.ts';

const curve = (label: string, x: readonly number[], intervals: Curve['intervals'] = []): Curve => ({
  label,
  remark: '',
  color: 'green',
  dotted: false,
  faint: false,
  x,
  y: x.map((at) => 2 * at),
  intervals,
  dots: [],
  leaves: false,
  source: null,
});

const figure = (...curves: Curve[]): Figure => ({
  id: 'loss',
  title: 'Loss',
  formula: '',
  x: stepAxis(9),
  y: valueAxis('log', [1, 9]),
  curves,
  references: [{ label: 'n = ∞', remark: '0.5', y: 0.5 }],
  notes: [],
});

test('the table of a figure has a column a curve that has points, and nothing where a curve has none', () => {
  const of = figure(curve('μP', [1, 2], [[1, 3], null]), curve('NTP', [2, 3]), curve('SP', []));
  expect(figureNumbers(of)).toEqual({
    heads: ['step', 'μP', 'NTP'],
    rows: [
      { x: 1, cells: ['2.00 (1.00–3.00)', ''] },
      { x: 2, cells: ['4.00', '4.00'] },
      { x: 3, cells: ['', '6.00'] },
    ],
    references: ['n = ∞ 0.5'],
  });
});

test('a long table shows some rows, the first and the last among them', () => {
  const of = figure(curve('μP', [1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect(figureNumbers(of, 3).rows.map(({ x }) => x)).toEqual([1, 5, 9]);
});

test('as CSV a figure has every point, and no name of a curve is a formula', () => {
  const of = figure(curve('=1+"1"', [1], [[1, 3]]), curve('μP', [2]));
  expect(figureCsv(of)).toBe('curve,step,value,low,high\n"\'=1+""1""",1,2,1,3\n"μP",2,4,,\n"n = ∞",,0.5,,\n');
});
