import type { LimitPoint, LimitReport } from '@widthwise/core';
import { expect, test } from 'vitest';
import { figureText } from '../figure-text.fixture.ts';
import { limitFigures } from './figures.ts';
import { limitSentences } from './sentences.ts';
import { limitTables } from './table.ts';

function point(step: number, value: number): LimitPoint {
  return {
    step,
    limit: value,
    extrapolated: { value: 1.01 * value, low: 0.9 * value, high: 1.1 * value },
    byWidth: [64, 128].map((width) => {
      const at = value * (1 + 4 / width);
      return { width, value: at, low: 0.98 * at, high: 1.02 * at };
    }),
  };
}

const REPORT: LimitReport = {
  complete: true,
  method: 'exact',
  limitError: 0,
  limitDivergesAt: null,
  loss: [point(0, 0.5), point(1, 0.2), point(2, 0.1)],
  lambdaMin: [point(0, 0.02), point(1, 0.03), point(2, 0.04)],
  distance: { slope: { value: -0.48, low: -0.55, high: -0.41 }, byWidth: point(2, 0.1).byWidth },
  marginals: {
    slope: { value: -0.52, low: -0.6, high: -0.44 },
    byWidth: point(2, 0.05).byWidth,
    samples: [
      {
        sample: 0,
        start: [-1, 0, 1],
        limit: [-2, 0, 2],
        byWidth: [64, 128].map((width) => ({ width, bands: [-1.8, 0.1, 1.9] })),
      },
    ],
  },
  readout: { start: 0.75, updates: [0.15, 0.1] },
  lawError: 0,
  outside: { loss: { steps: [], of: 3 }, lambdaMin: { steps: [1, 2], of: 3 } },
  diverged: [],
};

test('the limit comes first, how it is known, and what the widest networks and their extrapolation have', () => {
  expect(limitSentences(REPORT, 'μP')).toEqual([
    'μP at infinite width has a loss of 0.100 after 2 steps, exactly; networks of width 128 have a loss of 0.103 (0.101–0.105), extrapolated to n → ∞ 0.101 (0.0900–0.110).',
    'The limit lies outside the extrapolated 95\u00a0% interval of the loss at no step of 3, and of λ_min at steps 1 and 2 of 3.',
    'The Gram of one network comes near the limit’s like n^−0.48 ± 0.07, where theory has −½: 0.103 of it away at width 128.',
    'How its units are spread comes near the law of the limit’s neuron like n^−0.52 ± 0.08, where theory has −½: 0.0516 of its spread away at width 128.',
    'Of the limit’s readout after training, E[Ẑ²] = 1.00, 75\u00a0% is its start and 25\u00a0% its updates.',
  ]);
});

test('where the loss rises between steps or runs diverge, nothing rests on what is extrapolated', () => {
  const rising = { ...REPORT, loss: [point(0, 0.5), point(1, 0.2), point(2, 0.21)] };
  expect(limitSentences(rising, 'μP')[1]).toMatch(/^The loss rises between steps: η is near the largest/);
  const lost = { ...REPORT, diverged: [{ width: 64, seed: 0 }] };
  expect(limitSentences(lost, 'μP')[1]).toMatch(/^Runs diverge: η is near the largest/);
});

test('nothing is said of λ_min at steps where it has no limit', () => {
  const singular = { ...REPORT, outside: { ...REPORT.outside, lambdaMin: { steps: [], of: 0 } } };
  expect(limitSentences(singular, 'μP')[1]).toBe(
    'The limit lies outside the extrapolated 95\u00a0% interval of the loss at no step of 3.',
  );
});

test('without equations only the networks are told, and without networks why there are none', () => {
  const without = {
    ...REPORT,
    method: 'extrapolated' as const,
    limitError: null,
    distance: null,
    marginals: null,
    readout: null,
  };
  expect(limitSentences(without, 'NTP')).toEqual([
    'NTP after 2 steps: networks of width 128 have a loss of 0.103 (0.101–0.105), extrapolated to n → ∞ 0.101 (0.0900–0.110). Its limit is not computed here.',
  ]);
  const lost = { ...REPORT, loss: [{ ...point(0, 0.5), byWidth: [] }], diverged: [{ width: 64, seed: 0 }] };
  expect(limitSentences(lost, 'μP')).toEqual(['μP: runs diverge at every width; a smaller η keeps them.']);
  expect(limitSentences({ ...lost, complete: false }, 'μP')[0]).toMatch(/interrupted/);
});

test('a limit that diverges is said to, and nothing of it is told from there on', () => {
  const gone = { ...point(2, 0.1), limit: null };
  const report = {
    ...REPORT,
    limitError: null,
    limitDivergesAt: 2,
    loss: [...REPORT.loss.slice(0, 2), gone],
  };
  expect(limitSentences(report, 'μP')[0]).toMatch(/\. The limit diverges at step 2 at this η\.$/);
  const lost = { ...report, loss: [{ ...gone, byWidth: [] }], diverged: [{ width: 64, seed: 0 }] };
  expect(limitSentences(lost, 'μP')).toEqual([
    'μP: runs diverge at every width; a smaller η keeps them.',
    'The limit diverges at step 2 at this η.',
  ]);
  expect(limitTables(report, [64, 128])[0]!.rows.map((row) => row.at(-1))).toEqual(['0.500', '0.200', '–']);
  const [loss] = limitFigures(report, { widths: [64, 128], steps: 2 });
  expect([loss!.notes, loss!.curves.at(-1)!.x]).toEqual([['The limit diverges at step 2.'], [0, 1]]);
});

test('a readout that stays 0 has no shares', () => {
  const still = { ...REPORT, readout: { start: 0, updates: [0, 5e-33] } };
  expect(limitSentences(still, 'μP').at(-1)).toBe('The limit’s readout stays 0.');
  expect(limitFigures(still, { widths: [64, 128], steps: 2 }).map(({ id }) => id)).not.toContain('readout');
});

test('a table has a row a step, and curves of every width stand beside the dotted limit', async () => {
  expect(limitTables(REPORT, [64, 128])[0]).toMatchObject({
    heads: ['step', 'n = 64', 'n = 128', 'extrapolated', 'limit'],
    rows: [
      ['0', '0.531', '0.516', '0.505 (0.450–0.550)', '0.500'],
      ['1', '0.213', '0.206', '0.202 (0.180–0.220)', '0.200'],
      ['2', '0.106', '0.103', '0.101 (0.0900–0.110)', '0.100'],
    ],
  });
  const figures = limitFigures(REPORT, { widths: [64, 128], steps: 2 });
  await expect(figures.map(figureText).join('\n')).toMatchFileSnapshot('snapshots/limit-figures.txt');
});
