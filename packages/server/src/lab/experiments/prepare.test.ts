import { COMPARISON } from '@widthwise/core';
import { expect, test } from 'vitest';
import { workersThatFit } from '../runs/memory.ts';
import { prepareExperiment } from './prepare.ts';

test("without a word it is the demo's comparison", async () => {
  const { request, plan, labels, name } = await prepareExperiment(COMPARISON, {}, '/');
  expect(request).toMatchObject({
    widths: [128, 256, 512, 1024],
    seeds: 5,
    depth: 3,
    activation: 'tanh',
    steps: 10,
    learningRate: 1,
    baseWidth: 1,
    loss: { kind: 'half-square', reduction: 'mean' },
    optimizer: { kind: 'sgd' },
    probe: { samples: 8, steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  });
  expect(plan).toHaveLength(100);
  expect(name).toBe('digits');
  expect(Object.values(labels)).toEqual(['SP, constant η', 'SP, η/n', 'NTP', 'IP', 'μP']);
  expect(request.limits['mup']).toEqual(request.limits['sp']);
  expect(request.limits['ip']?.slice(1)).toEqual([0, 0]);
});

test.each([
  [[128, 256], 'digits', 8],
  [[64, 128], 'digits', 4],
  [[8, 16], 'digits', 1],
  [[512, 1024], 'digits:3', 3],
])('at widths %j on %s, %d samples are watched', async (widths, data, samples) => {
  const { request } = await prepareExperiment(COMPARISON, { widths, data, parametrizations: ['mup'] }, '/');
  expect(request.probe.samples).toBe(samples);
});

test('widths come in ascending order', async () => {
  const { request } = await prepareExperiment(
    COMPARISON,
    { widths: [64, 16, 32], parametrizations: ['mup'] },
    '/',
  );
  expect(request.widths).toEqual([16, 32, 64]);
});

test('there are as many workers as fit in memory, and one at least', () => {
  expect(workersThatFit(4, 10, 100)).toBe(4);
  expect(workersThatFit(4, 30, 100)).toBe(3);
  expect(workersThatFit(4, 200, 100)).toBe(1);
});
