import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { datasetHash } from '../../data/dataset-hash.ts';
import { mixtureDataset } from '../../data/mixture.ts';
import { referenceEngine } from '../../engines/reference/reference-engine.ts';
import { PARAMETRIZATIONS, type ParametrizationId } from '../../parametrization/table.ts';
import type { RunResult } from '../../run/run-result.ts';
import { train } from '../../train/train.ts';
import { withDefaults } from '../params/check-params.ts';
import type { Asked } from '../params/field.ts';
import { CONVERGENCE_CHECK } from './convergence-check.ts';
import type { ConvergenceCheckParams } from './params.ts';
import type { ConvergenceReport } from './report.ts';

const mixture = mixtureDataset({ classes: 3, dim: 8, samples: 8, seed: 1 });

function checked(
  id: ParametrizationId,
  asked: Asked<ConvergenceCheckParams> = {},
  dataset: Dataset = mixture,
  complete = true,
): ConvergenceReport {
  const params = withDefaults(CONVERGENCE_CHECK.fields, {
    ...{ widths: [64], seeds: 2, depth: 2, probe: 4 },
    ...asked,
  });
  const request = CONVERGENCE_CHECK.request(params, {
    dataset,
    data: { kind: 'mixture', hash: datasetHash(dataset) },
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
    parametrizations: [PARAMETRIZATIONS[id]],
  });
  const plan = CONVERGENCE_CHECK.plan(request);
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of plan) {
    const steps = train(spec, dataset, referenceEngine);
    let next = steps.next();
    while (!next.done) next = steps.next();
    results.set(hash, next.value);
  }
  return CONVERGENCE_CHECK.reduce(request, { plan, results, complete });
}

/** Two equal inputs with different labels, among others. */
const contradicting: Dataset = {
  ...mixture,
  inputs: mixture.inputs.map((entry, at) =>
    at < mixture.inputDim ? mixture.inputs[at + mixture.inputDim] : entry,
  ),
};

describe('a convergence check', () => {
  test('of μP at one width holds: the gradient leaves less than the tolerance, and features stay independent', () => {
    const report = checked('mup', { steps: 400, learningRate: 3 });
    expect([report.verdict, report.bound?.state, report.overWidths]).toEqual(['holds', 'holds', null]);
    expect(report.bound!.gap!).toBeLessThanOrEqual(report.bound!.tolerance);
    expect(report.bound!.loss).toBeLessThanOrEqual(report.bound!.gap!);
    expect(report.independence).toMatchObject({ width: 64, state: 'independent' });
    expect(report.independence!.worst!.share).toBeGreaterThan(0.1);
    // No width is infinite: that is nothing to mend.
    expect(
      report.hypotheses.flatMap(({ name, state }) => (state === 'holds' ? [] : [[name, state]])),
    ).toEqual([['width', 'in-the-limit']]);
  });

  test('stopped early is not stationary, and says how fast the loss still falls', () => {
    const report = checked('mup', { steps: 3 });
    expect(report.verdict).toBe('not-stationary');
    expect(report.stationarity!.fall).toBeGreaterThan(0.01);
    expect(report.stationarity!.gradients.map(({ layer }) => layer)).toEqual([1, 2, 3]);
  });

  test('of equal inputs with different labels stops at the loss that no readout avoids', () => {
    const { verdict, bound, dependentSamples, hypotheses, independence } = checked(
      'mup',
      { steps: 2000, learningRate: 4 },
      contradicting,
    );
    expect([verdict, bound!.rank]).toEqual(['rank-deficient', 7]);
    // Half the square of ±½ of two one-hot targets that differ, a sample: (½ + ½)/(2 · 8) = 2 · ½²·2 / 16.
    expect(bound!.lossFloor).toBeCloseTo(1 / 16, 6);
    expect(bound!.loss).toBeCloseTo(1 / 16, 3);
    expect(bound!.gap!).toBeLessThan(bound!.tolerance);
    expect(dependentSamples[0]).toMatch(/^rows 1 and 2 of the data are equal/);
    expect(independence).toMatchObject({ state: 'dependent' });
    expect(hypotheses.find(({ name }) => name === 'data')).toMatchObject({
      state: 'does-not-hold',
      reason: 'rows 1 and 2 are equal',
    });
  });

  test('of more samples than units says what features cannot fit, and is never an alarm about h¹', () => {
    const many = mixtureDataset({ classes: 3, dim: 3, samples: 40, seed: 0 });
    const { verdict, bound, independence } = checked('mup', { widths: [32], probe: 2, steps: 5 }, many);
    expect([verdict, bound!.rank, bound!.sigmaMin]).toEqual(['rank-deficient', 32, 0]);
    const wide = checked('mup', { widths: [128], probe: 8, steps: 5 }, many);
    const first = wide.independence!.cells.filter(
      ({ layer, which }) => layer === 1 && which === 'preactivation',
    );
    expect(first.map(({ lambdaMin, judged }) => [lambdaMin, judged])).toEqual(first.map(() => [0, false]));
    expect([independence!.state, wide.independence!.state]).toEqual(['independent', 'independent']);
  });

  test('of inputs that are linearly dependent is no alarm about h¹ either, whose rank is theirs', () => {
    const inputs = mixture.inputs.slice();
    // Row 4 is the sum of the first two: no two rows are parallel.
    for (let k = 0; k < 8; k++) inputs[3 * 8 + k] = inputs[k] + inputs[8 + k];
    const { independence } = checked('mup', { widths: [128], steps: 3 }, { ...mixture, inputs });
    const [first] = independence!.cells.filter(
      ({ layer, which }) => layer === 1 && which === 'preactivation',
    );
    expect([first.lambdaMin, first.limit, first.judged]).toEqual([0, null, false]);
    expect(independence!.state).toBe('independent');
  });

  test('of IP stands at the loss of f = 0: features that vanish leave the readout nothing', () => {
    const { verdict, bound, hypotheses, independence } = checked('ip', {
      ...{ widths: [32, 256], depth: 3, steps: 20, learningRate: 2, probe: 2 },
    });
    expect(verdict).toBe('not-stationary');
    expect(bound!.gap! / bound!.loss).toBeGreaterThan(10);
    // λ_min of x³ goes like n^−2, of h² and x² like n^−1: all of them have the limit 0.
    expect(independence!.worst).toMatchObject({ layer: 3, limit: 0, share: null });
    expect(hypotheses.find(({ name }) => name === 'parametrization')).toEqual({
      name: 'parametrization',
      state: 'does-not-hold',
      reason: 'layer 2 does not start and learn as under μP',
    });
  });

  test('of a rate so small that nothing moves has not stopped: features that are independent make no plateau', () => {
    const asked = { steps: 3, learningRate: 1e-3 };
    expect(checked('mup', asked).stationarity).toMatchObject({ plateau: false });
    const ip = checked('ip', { ...asked, depth: 3 }).stationarity!;
    expect([ip.plateau, ip.fall! < 0.01]).toEqual([true, true]);
  });

  test('with momentum and in batches says so, and what a gradient would take off only of gradient descent', () => {
    const stated = (asked: Asked<ConvergenceCheckParams>) => {
      const { hypotheses, stationarity } = checked('mup', { steps: 2, learningRate: 0.1, ...asked });
      return [
        ...hypotheses
          .filter(({ name }) => name === 'optimizer' || name === 'batches')
          .map(({ state, reason }) => `${state}: ${reason}`),
        stationarity!.fall === null,
      ];
    };
    const whole = 'holds: every step takes all 8 samples as one batch';
    expect(stated({})).toEqual(['holds: gradient descent', whole, false]);
    expect(stated({ optimizer: 'momentum' })).toEqual([
      'does-not-hold: the theorem is about gradient descent; trained with momentum',
      whole,
      true,
    ]);
    expect(stated({ batch: 2 })[1]).toMatch(/^holds: every step takes 2 of 8 samples; /);
  });

  test('over widths asks what a comparison asks, and says nothing when it was interrupted', () => {
    const asked = { widths: [64, 128, 256], seeds: 3, steps: 10 };
    const { overWidths, slopes } = checked('ntp', asked);
    expect(overWidths).toMatchObject({ motion: 'frozen', featureLearning: false });
    expect(slopes.movement).toHaveLength(2);
    expect(checked('ntp', asked, mixture, false)).toMatchObject({ verdict: null, overWidths: null });
  });

  test('of a rate that is too large says that it diverges', () => {
    const { verdict, bound, independence } = checked('mup', { learningRate: 1e6, steps: 20 });
    expect([verdict, bound, independence]).toEqual(['diverged', null, null]);
  });

  test('a readout that starts at 0 and learns as under μP is μP', () => {
    const { output } = PARAMETRIZATIONS.mup;
    const zero = { ...PARAMETRIZATIONS.mup, name: 'zero', output: { ...output, b: 'zero' } } as const;
    const params = withDefaults(CONVERGENCE_CHECK.fields, {});
    const request = CONVERGENCE_CHECK.request(params, {
      dataset: mixture,
      data: { kind: 'mixture', hash: '' },
      engine: { name: 'reference', numerics: 1 },
      parametrizations: [zero],
    });
    const { hypotheses } = CONVERGENCE_CHECK.reduce(request, {
      plan: [],
      results: new Map(),
      complete: false,
    });
    expect(hypotheses[2]).toMatchObject({ name: 'parametrization', state: 'holds' });
  });
});
