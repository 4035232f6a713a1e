import { describe, expect, test } from 'vitest';
import { mixtureDataset } from '../../data/mixture.ts';
import { referenceEngine } from '../../engines/reference/reference-engine.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import { PARAMETRIZATIONS, type ParametrizationId } from '../../parametrization/table.ts';
import { withZeroReadout } from '../../parametrization/zero-readout.ts';
import type { RunResult } from '../../run/run-result.ts';
import { train } from '../../train/train.ts';
import { withDefaults } from '../params/check-params.ts';
import type { Asked } from '../params/field.ts';
import { LIMIT } from './limit.ts';
import type { LimitParams } from './params.ts';
import type { LimitReport } from './report.ts';

const dataset = mixtureDataset({ classes: 2, dim: 2, samples: 3, seed: 0 });

function asked(
  id: ParametrizationId,
  params: Asked<LimitParams>,
  parametrization: Parametrization = PARAMETRIZATIONS[id],
) {
  return LIMIT.request(withDefaults(LIMIT.fields, params), {
    dataset,
    data: { kind: 'mixture', hash: 'of no matter' },
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
    parametrizations: [parametrization],
  });
}

function found(
  id: ParametrizationId,
  params: Asked<LimitParams>,
  parametrization?: Parametrization,
): LimitReport {
  const request = asked(id, { widths: [16, 32, 64], seeds: 40, steps: 4, ...params }, parametrization);
  const plan = LIMIT.plan(request);
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of plan) {
    const steps = train(spec, dataset, referenceEngine);
    let next = steps.next();
    while (!next.done) next = steps.next();
    results.set(hash, next.value);
  }
  return LIMIT.reduce(request, { plan, results, complete: true });
}

describe('the limit of μP', () => {
  test.each([
    [
      'a linear network of two layers and two outputs, exactly',
      { activation: 'identity', depth: 2, learningRate: 0.5 },
      'exact',
    ],
    ['one hidden layer, from neurons', { activation: 'tanh', depth: 1 }, 'particles'],
    [
      'the same from another base width',
      { activation: 'tanh', depth: 1, baseWidth: 16, learningRate: 4 },
      'particles',
    ],
  ] as const)('is that of the networks that widen: %s', (_, params, method) => {
    const report = found('mup', params);
    expect(report.method).toBe(method);
    for (const { limit, extrapolated } of report.loss) {
      // Five steps that hang together, held to three standard errors and not to two.
      const half = (extrapolated!.high! - extrapolated!.low!) / 2;
      expect(Math.abs(limit! - extrapolated!.value)).toBeLessThan(1.6 * half);
    }
    // Networks so narrow are off by a little more than the law.
    expect(report.distance!.slope.low!).toBeLessThan(-0.5 + 0.1);
    expect(report.distance!.slope.high!).toBeGreaterThan(-0.5 - 0.1);
    expect(report.marginals!.slope.low!).toBeLessThan(-0.5 + 0.1);
    expect(report.marginals!.slope.high!).toBeGreaterThan(-0.5 - 0.1);
  });

  test('is that of networks whose readout starts at zero, where all have one loss at step 0', () => {
    const zero = withZeroReadout(PARAMETRIZATIONS.mup);
    const report = found(
      'mup',
      { activation: 'tanh', depth: 1, readout: 'zero', widths: [64, 256, 512], seeds: 20 },
      zero,
    );
    expect([report.method, report.outside.loss.steps]).toEqual(['particles', []]);
    const [start] = report.loss;
    expect(start!.limit).toBeCloseTo(start!.extrapolated!.value!, 6);
    expect(report.readout!.start).toBe(0);
  });

  test('of deeper nonlinear networks, with momentum, and of others than μP, is extrapolated', () => {
    expect(asked('mup', { depth: 2 }).method).toBe('extrapolated');
    expect(asked('ntp', { depth: 1 }).method).toBe('extrapolated');
    expect(asked('mup', { depth: 1, optimizer: 'momentum' }).method).toBe('extrapolated');
    const report = found('ntp', { depth: 1, seeds: 3 });
    expect([report.distance, report.limitError, report.loss[4].limit]).toEqual([null, null, null]);
    expect([report.marginals, report.readout, report.lawError]).toEqual([null, null, null]);
    expect(report.loss[4].extrapolated).not.toBeNull();
  });

  test.each([
    ['exact', { activation: 'identity', depth: 2, learningRate: 40 }],
    ['particles', { activation: 'relu', depth: 1, learningRate: 1e4 }],
  ] as const)('has no value from where it diverges on: %s', (method, params) => {
    const report = found('mup', { ...params, widths: [16, 32], seeds: 2, steps: 12 });
    const step = report.limitDivergesAt!;
    expect([report.method, step > 0 && step <= 12]).toEqual([method, true]);
    for (const { step: at, limit } of report.loss) expect(limit !== null).toBe(at < step);
    expect([report.limitError, report.lawError]).toEqual([null, null]);
    expect([report.distance, report.marginals, report.readout]).toEqual([null, null, null]);
  });

  test('is extrapolated where neurons or equations would take minutes or gigabytes', () => {
    const linear = (depth: number, steps: number) =>
      asked('mup', { activation: 'identity', depth, steps }).method;
    expect([linear(2, 9), linear(5, 199), linear(1000, 29)]).toEqual([
      'exact',
      'extrapolated',
      'extrapolated',
    ]);
    expect(asked('mup', { depth: 1, steps: 1_000_000 }).method).toBe('extrapolated');
  });

  test('with two widths is refused where it would be extrapolated, and computed where it has equations', () => {
    expect(() => asked('sp', { widths: [16, 32] })).toThrow(
      /widths: this limit is extrapolated, which takes at least 3 widths, got 2/,
    );
    expect(asked('mup', { widths: [16, 32], activation: 'identity', steps: 1 }).method).toBe('exact');
  });

  test('wants at least as many units as samples', () => {
    expect(() => asked('mup', { widths: [2, 4] })).toThrow(
      /widths: expected at least as many units as samples \(3\), got 2/,
    );
  });
});
