import { COMPARISON } from '@widthwise/core';
import { expect, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { type Precedence, waitingRuns } from './waiting-runs.ts';

const params = { widths: [16, 32, 64], parametrizations: ['sp', 'mup'], seeds: 2, steps: 3, depth: 2 };

async function taken(threads: readonly number[], precedence?: Precedence): Promise<string[]> {
  const { plan, dataset } = await prepareExperiment(COMPARISON, params, { cwd: '' });
  const waiting = waitingRuns(plan, dataset.samples, precedence);
  const names = new Map(plan.map(({ hash, width, seed }) => [hash, `${width}/${seed}`]));
  return threads.map((thread) => names.get(waiting.take(thread)?.hash ?? '') ?? 'none');
}

test('the longest runs go first, those of one seed and width one after the other on one thread', async () => {
  expect(await taken([0, 1, 0, 1, 1, 0])).toEqual(['64/0', '64/1', '64/0', '64/1', '32/0', '32/1']);
});

test('a thread that would wait helps another', async () => {
  const order = await taken([0, ...Array.from({ length: 11 }, () => 1), 0]);
  expect(order.slice(0, 2)).toEqual(['64/0', '64/1']);
  expect(order.at(-2)).toBe('64/0');
  expect(order.at(-1)).toBe('none');
});

test('seed by seed, no run of the next begins while one of the seed in hand waits', async () => {
  expect(await taken([0, 1, 1, 0, 0, 1, 0], 'seeds')).toEqual([
    '64/0',
    '32/0',
    '32/0',
    '64/0',
    '16/0',
    '16/0',
    '64/1',
  ]);
});
