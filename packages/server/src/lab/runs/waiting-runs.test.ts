import { COMPARISON } from '@widthwise/core';
import { expect, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { type Precedence, waitingRuns } from './waiting-runs.ts';

const params = { widths: [16, 32, 64], parametrizations: ['sp', 'mup'], seeds: 2, steps: 3, depth: 2 };

async function taken(count: number, precedence?: Precedence): Promise<string[]> {
  const { plan, dataset } = await prepareExperiment(COMPARISON, params, { cwd: '' });
  const waiting = waitingRuns(plan, dataset.samples, precedence);
  const names = new Map(plan.map(({ hash, width, seed }) => [hash, `${width}/${seed}`]));
  return Array.from({ length: count }, () => names.get(waiting.take()?.hash ?? '') ?? 'none');
}

test('the longest runs go first', async () => {
  expect(await taken(13)).toEqual([
    ...['64/0', '64/0', '64/1', '64/1', '32/0', '32/0', '32/1', '32/1', '16/0', '16/0', '16/1', '16/1'],
    'none',
  ]);
});

test('of runs as long as the next, one that is wanted goes first, and the next where none is', async () => {
  const { plan, dataset } = await prepareExperiment(COMPARISON, params, { cwd: '' });
  const waiting = waitingRuns(plan, dataset.samples);
  const takes = [1, 1, 1, 0, 0].map((own) => waiting.take(({ spec }) => spec.seed === own)?.spec);
  expect(takes.map((spec) => `${spec?.net.width}/${spec?.seed}`)).toEqual([
    '64/1',
    '64/1',
    '64/0',
    '64/0',
    '32/0',
  ]);
});

test('seed by seed, no run of the next begins while one of the seed in hand waits', async () => {
  expect(await taken(7, 'seeds')).toEqual(['64/0', '64/0', '32/0', '32/0', '16/0', '16/0', '64/1']);
});
