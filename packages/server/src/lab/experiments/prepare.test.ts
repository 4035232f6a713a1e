import { COMPARISON, COORDINATE_CHECK, PARAMETRIZATIONS, type Twin } from '@widthwise/core';
import { expect, test } from 'vitest';
import { workersThatFit } from '../runs/memory.ts';
import { prepareExperiment } from './prepare.ts';

test('without a word all parametrizations are one network at the smallest width, at one rate', async () => {
  const { request, plan, labels, name } = await prepareExperiment(COMPARISON, {}, { cwd: '/' });
  expect(request).toMatchObject({
    widths: [128, 256, 512, 1024],
    seeds: 5,
    depth: 3,
    activation: 'tanh',
    steps: 10,
    learningRate: 16,
    baseWidth: 128,
    readout: 'scaled',
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

test('the rate that nobody names suits the optimizer', async () => {
  const rateOf = async (optimizer: string, reduction = 'mean') =>
    (await prepareExperiment(COMPARISON, { optimizer, reduction }, { cwd: '/' })).request.learningRate;
  expect(await Promise.all(['sgd', 'momentum', 'adam'].map((each) => rateOf(each)))).toEqual([16, 2, 1]);
  expect(await Promise.all(['sgd', 'adam'].map((each) => rateOf(each, 'sum')))).toEqual([16 / 64, 1]);
});

test('a readout may start at zero under every parametrization', async () => {
  const { plan, labels } = await prepareExperiment(COMPARISON, { readout: 'zero' }, { cwd: '/' });
  expect(new Set(plan.map(({ spec }) => spec.exponents.output.b))).toEqual(new Set(['zero']));
  expect(Object.values(labels)).toEqual(['SP, constant η', 'SP, η/n', 'NTP', 'IP', 'μP']);
});

test.each([
  [[128, 256], 'digits', 8],
  [[64, 128], 'digits', 4],
  [[8, 16], 'digits', 1],
  [[512, 1024], 'digits:3', 3],
])('at widths %j on %s, %d samples are watched', async (widths, data, samples) => {
  const { request } = await prepareExperiment(
    COMPARISON,
    { widths, data, parametrizations: ['mup'] },
    { cwd: '/' },
  );
  expect(request.probe.samples).toBe(samples);
});

test('widths come in ascending order', async () => {
  const { request } = await prepareExperiment(
    COMPARISON,
    { widths: [64, 16, 32], parametrizations: ['mup'] },
    { cwd: '/' },
  );
  expect(request.widths).toEqual([16, 32, 64]);
});

test('there are as many workers as fit in memory, and one at least', () => {
  expect(workersThatFit(4, 10, 100)).toBe(4);
  expect(workersThatFit(4, 30, 100)).toBe(3);
  expect(workersThatFit(4, 200, 100)).toBe(1);
});

const TWIN: Twin = {
  name: 'Net',
  parametrization: { ...PARAMETRIZATIONS['sp-constant'], name: 'Net', optimizer: 'adam' },
  hasHidden: true,
  activation: 'gelu',
  activations: ['gelu'],
  depth: 2,
  beside: ['its biases'],
};

test('a twin has what its model has, beside μP, and starts as the same network at the smallest width', async () => {
  const { request, labels, twin } = await prepareExperiment(
    COMPARISON,
    { widths: [64, 128] },
    { cwd: '/', twin: TWIN },
  );
  expect(request).toMatchObject({ activation: 'gelu', depth: 2, baseWidth: 64, optimizer: { kind: 'adam' } });
  expect(labels).toEqual({ Net: 'Net', mup: 'μP' });
  expect(twin?.shares.slice(1)).toEqual(['its activation, gelu', 'its 2 hidden layers']);
  expect(twin?.lacks[0]).toBe('its biases');
});

test('what is asked for goes before what a twin has of its model, and is said to be unlike it', async () => {
  const asked = { depth: 1, activation: 'relu', parametrizations: ['sp'] };
  const { request, twin } = await prepareExperiment(COMPARISON, asked, { cwd: '/', twin: TWIN });
  expect(request.parametrizations.map(({ name }) => name)).toEqual(['Net', 'sp']);
  expect(request.depth).toBe(1);
  expect(twin?.lacks.slice(0, 2)).toEqual([
    'its activation, gelu: relu is trained',
    'its depth: 1 hidden layer is trained',
  ]);
});

test('a twin is not trained by another optimizer, nor deeper than its matrices tell, nor with other exponents', async () => {
  const place = { cwd: '/', twin: { ...TWIN, hasHidden: false, depth: 1 } };
  await expect(prepareExperiment(COMPARISON, { optimizer: 'sgd' }, place)).rejects.toThrow('trained by Adam');
  await expect(prepareExperiment(COMPARISON, { depth: 2 }, place)).rejects.toThrow('no matrix between');
  const other = prepareExperiment(COORDINATE_CHECK, { parametrization: 'sp' }, place);
  await expect(other).rejects.toThrow('those of Net');
});
