import { expect, test } from 'vitest';
import { figureText } from '../figure-text.fixture.ts';
import { transferFigures } from './figures.ts';
import { transferSentences } from './sentences.ts';
import { transferTable } from './table.ts';
import { DRIFTING, KEPT, SMALL_TRANSFER } from './transfer.fixture.ts';

const LABELS = { 'sp-constant': 'SP, constant η', mup: 'μP' };

function said(...transfers: Parameters<typeof transferSentences>[0]): readonly string[] {
  return transferSentences(transfers, LABELS).map(({ text }) => text);
}

test('the verdict comes first, with the power of the width, and what tuning at the smallest width costs or gives', () => {
  expect(said(KEPT, DRIFTING)).toEqual([
    'μP transfers: the best rate keeps its size from width 32 to 128 (η ∝ n^+0.02, −0.11 to +0.15), and with the rate tuned at 32 wider networks reach a lower loss.',
    'SP, constant η does not transfer: its best rate falls as the network widens (η ∝ n^−1.01, −1.15 to −0.87); the rate tuned at width 32 diverges at width 128.',
  ]);
  for (const [excess, text] of [
    [3.21, '3.2'],
    [134.2, '130'],
  ] as const) {
    const costly = { ...KEPT.tuned!, losses: KEPT.tuned!.losses.map((each) => ({ ...each, excess })) };
    expect(said({ ...DRIFTING, tuned: costly })[0]!.split('; ')[1]).toBe(
      `the rate tuned at width 32 leaves ${text} times the least loss at width 128.`,
    );
  }
});

test('what is open gives its reason, and what was interrupted none', () => {
  const open = {
    ...KEPT,
    verdict: 'undecided' as const,
    reasons: ['fewer than 3 seeds', 'fewer than 3 widths'],
  };
  expect(said(open, { ...KEPT, verdict: null })).toEqual([
    'μP is undecided: fewer than 3 seeds; fewer than 3 widths.',
    'μP: interrupted, no verdict.',
  ]);
});

test('a table has the best rate with its interval, or why there is none', () => {
  const [first, ...others] = KEPT.optima;
  const states = (['at-edge', 'untrained'] as const).map((state, index) => ({
    ...others[index]!,
    state,
    loss: null,
  }));
  const { drift, widths, rows } = transferTable(
    { ...KEPT, optima: [first!, ...states] },
    { label: 'μP', objective: 'mean' },
  );
  expect([drift, widths]).toEqual(['+0.02 ± 0.13 (0)', ['32', '64', '128']]);
  expect(rows).toEqual([
    { name: 'best η', cells: ['8.00 (7.00–9.00)', 'beyond the grid', 'nothing learned'] },
    { name: 'least mean loss', cells: ['0.100', '–', '–'] },
    { name: 'mean loss at η = 8.00, tuned at 32', cells: ['0.103', '0.0516', '0.0258'] },
  ]);
});

test('loss stands against rate, a curve a width up to where a seed diverges; best rates and losses against width', async () => {
  const parametrizations = Object.entries(LABELS).map(([name, label]) => ({ name, label }));
  const figures = transferFigures(SMALL_TRANSFER, {
    parametrizations,
    widths: [32, 64, 128],
    objective: 'mean',
  });
  await expect(figures.map(figureText).join('\n')).toMatchFileSnapshot('snapshots/transfer-figures.txt');
});
