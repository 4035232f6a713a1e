import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { datasetHash } from '../../data/dataset-hash.ts';
import { mixtureDataset } from '../../data/mixture.ts';
import { referenceEngine } from '../../engines/reference/reference-engine.ts';
import { gaugeShift } from '../../parametrization/gauge.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import { PARAMETRIZATIONS } from '../../parametrization/table.ts';
import type { RunResult } from '../../run/run-result.ts';
import { train } from '../../train/train.ts';
import { costEstimate } from '../run-cost.ts';
import { planComparison } from './plan.ts';
import { reduceComparison } from './reduce.ts';
import type { ComparisonReport } from './report.ts';
import type { ComparisonRequest } from './request.ts';

const { sp, mup, ip, ntp } = PARAMETRIZATIONS;
const constant = PARAMETRIZATIONS['sp-constant'];
const dataset = mixtureDataset({ classes: 10, dim: 16, samples: 20, seed: 0 });

function request(
  parametrizations: readonly Parametrization[],
  given: Partial<ComparisonRequest> = {},
): ComparisonRequest {
  return {
    parametrizations,
    widths: [64, 128, 256, 512],
    seeds: 3,
    depth: 3,
    activation: 'tanh',
    steps: 3,
    learningRate: 1,
    baseWidth: 1,
    readout: 'scaled',
    initStd: 1,
    loss: { kind: 'half-square', reduction: 'mean' },
    batch: null,
    optimizer: { kind: 'sgd' },
    probe: { samples: 4, steps: [0, 3] },
    data: { kind: 'mixture', hash: datasetHash(dataset) },
    dataset,
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
    limits: {},
    spectra: {},
    ...given,
  };
}

function run(asked: ComparisonRequest, upTo = Number.POSITIVE_INFINITY): ComparisonReport {
  const plan = planComparison(asked);
  const results = new Map<string, RunResult>();
  for (const { spec, hash } of plan.slice(0, upTo)) {
    const steps = train(spec, asked.dataset, referenceEngine);
    let next = steps.next();
    while (!next.done) next = steps.next();
    results.set(hash, next.value);
  }
  const complete = plan.every(({ hash }) => results.has(hash));
  return reduceComparison(asked, { plan, results, complete });
}

describe('the plan of a comparison', () => {
  test('trains narrow widths first and all parametrizations side by side', () => {
    const plan = planComparison(request([sp, mup], { widths: [64, 32], seeds: 2 }));
    expect(plan.map(({ width, seed, parametrization }) => `${width} ${seed} ${parametrization}`)).toEqual([
      '32 0 sp',
      '32 0 mup',
      '32 1 sp',
      '32 1 mup',
      '64 0 sp',
      '64 0 mup',
      '64 1 sp',
      '64 1 mup',
    ]);
  });

  test('names a run by what it computes, never by the name of its parametrization', () => {
    const [run] = planComparison(request([sp]));
    const [renamed] = planComparison(request([{ ...sp, name: 'mup' }]));
    expect(renamed.hash).toBe(run.hash);
    expect(renamed.spec).toEqual(run.spec);
    expect(JSON.stringify(run.spec)).not.toContain('"sp"');
  });

  test.for<[string, Parameters<typeof request>]>([
    ['one width', [[sp], { widths: [64] }]],
    ['the same width twice', [[sp], { widths: [64, 64] }]],
    ['no seed', [[sp], { seeds: 0 }]],
    ['no parametrization', [[]]],
    ['two parametrizations of one name', [[sp, { ...mup, name: 'sp' }]]],
    ['exponents of another optimizer', [[{ ...mup, optimizer: 'adam' }]]],
  ])('refuses %s', ([, asked]) => {
    expect(() => planComparison(request(...asked))).toThrow(RangeError);
  });

  test('costs more for every width, and shared runs once', () => {
    const plan = planComparison(request([sp, mup]));
    const { runs, flops, peakBytes } = costEstimate(plan, dataset.samples);
    expect(runs[0].flops).toBeLessThan(runs.at(-1)?.flops ?? 0);
    expect(peakBytes).toBe(runs.at(-1)?.bytes);
    expect(flops).toBe(runs.reduce((sum, cost) => sum + cost.flops, 0));
    const twins = planComparison(request([sp, { ...sp, name: 'twin' }]));
    const alone = planComparison(request([sp]));
    expect(costEstimate(twins, 20).flops).toBe(costEstimate(alone, 20).flops);
  });
});

describe('a comparison of trained networks', () => {
  const report = run(
    request([sp, ntp, ip, mup, constant], { seeds: 6, probe: { samples: 4, steps: [0, 3], keeps: 'grams' } }),
  );

  test('finds the columns of the poster from measurement alone', () => {
    const found = Object.fromEntries(
      Object.entries(report.verdicts ?? {}).map(([name, { stable, featureLearning, richness }]) => [
        name,
        [stable, featureLearning, richness],
      ]),
    );
    expect(found).toMatchObject({
      sp: [true, false, 'rich'],
      ntp: [true, false, 'rich'],
      mup: [true, true, 'rich'],
    });
    expect(found['ip'][2]).toBe('low');
    expect(found['sp-constant'][0]).toBe(false);
  });

  test('has no movement slope where features start at nothing, and says that this is why', () => {
    const hidden = { ...mup.hidden, b: 'zero' } as const;
    const fromZero = run(
      request([{ ...mup, name: 'from zero', hidden }], { depth: 2, widths: [32, 64, 128] }),
    );
    expect(fromZero.rows.every(({ state }) => state === 'finished')).toBe(true);
    expect(fromZero.slopes['from zero'].movement[1]).toMatchObject({ value: null, low: null, high: null });
    expect(fromZero.verdicts?.['from zero']).toMatchObject({ featureLearning: null });
    expect(fromZero.verdicts?.['from zero'].reasons).toContain(
      'feature learning undecided: no slope for layer 2, movement is relative, and at width 32 the features start at 0',
    );
  });

  test('lets every slope lie inside its interval', () => {
    for (const { movement, lambdaMin, lambdaMinJoint, outputChange } of Object.values(report.slopes)) {
      for (const { value, low, high, reason } of [
        ...movement,
        ...lambdaMin,
        ...lambdaMinJoint,
        outputChange,
      ]) {
        if (value === null) expect(reason).toBeTypeOf('string');
        else expect(low).toBeLessThanOrEqual(value);
        if (value !== null) expect(high).toBeGreaterThanOrEqual(value);
      }
    }
  });

  test('is finite JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('carries the infinite-width value beside every layer', () => {
    const asked = request([mup], { widths: [32, 64], seeds: 1, limits: { mup: [0.3, 0, null] } });
    const plan = planComparison(asked);
    const results = new Map([[plan[0].hash, run1(asked)]]);
    const [row] = reduceComparison(asked, { plan, results, complete: false }).rows;
    expect(row.layers.map((layer) => layer.lambdaMinLimit)).toEqual([0.3, 0, null]);
  });

  function run1(asked: ComparisonRequest): RunResult {
    const steps = train(planComparison(asked)[0].spec, asked.dataset, referenceEngine);
    let next = steps.next();
    while (!next.done) next = steps.next();
    return next.value;
  }

  test('that was interrupted keeps rows and slopes, and judges nothing', () => {
    const partial = run(request([sp, mup]), 12);
    expect(partial).toMatchObject({ complete: false, verdicts: null });
    expect(partial.rows).toHaveLength(12);
    expect(partial.slopes['sp'].movement[1].value).not.toBeNull();
  });
});

describe('no verdict reads a name', () => {
  test("SP's exponents under the label mup get SP's verdict", () => {
    const honest = run(request([sp]));
    const disguised = run(request([{ ...sp, name: 'mup' }]));
    expect(disguised.verdicts?.['mup']).toEqual(honest.verdicts?.['sp']);
    expect(disguised.slopes['mup']).toEqual(honest.slopes['sp']);
    expect(disguised.verdicts?.['mup'].featureLearning).toBe(false);
  });

  const theta = fc.double({ min: -1, max: 1, noNaN: true });
  propertyTest.prop([fc.record({ input: theta, hidden: theta, output: theta })], { numRuns: 5 })(
    "μP in any gauge keeps μP's verdict",
    (gauge) => {
      const asked = { widths: [32, 64, 128], seeds: 2 };
      const plain = run(request([mup], asked));
      const shifted = run(request([{ ...gaugeShift(mup, gauge), name: 'shifted' }], asked));
      const judged = ({ verdicts }: ComparisonReport, name: string) => {
        const { stable, featureLearning, richness, reasons } = verdicts![name];
        return { stable, featureLearning, richness, reasons };
      };
      expect(judged(shifted, 'shifted')).toEqual(judged(plain, 'mup'));
      const values = ({ slopes }: ComparisonReport, name: string) =>
        slopes[name].movement.map((slope) => slope.value ?? Number.NaN);
      // Trajectories agree to 1e-12; a logarithm's slope over a factor 4 of width is of the same order.
      expect(values(shifted, 'shifted')).toBeCloseToAll(values(plain, 'mup'), { rtol: 0, atol: 1e-10 });
    },
  );
});

describe('the limit beside a comparison', () => {
  const probe = { samples: 4, steps: [0, 3], keeps: 'grams' } as const;

  test('is solved of linear networks under μP, on the watched samples, and extrapolated of others', () => {
    const asked = request([mup, ntp], {
      activation: 'identity',
      depth: 2,
      seeds: 12,
      widths: [32, 64, 128],
      probe,
    });
    const { infiniteWidth } = run(asked);
    const [solved, other] = [infiniteWidth!['mup'], infiniteWidth!['ntp']];
    expect([solved.method, solved.error, other.method, other.error, other.distance]).toEqual([
      ...['exact', 0, 'extrapolated'],
      ...[null, null],
    ]);
    expect(other.lambdaMin.flat().map(({ limit }) => limit)).toEqual([null, null, null, null]);
    for (const { limit, extrapolated } of [solved.loss[1], solved.lambdaMin[1][1]]) {
      const half = (extrapolated!.high! - extrapolated!.low!) / 2;
      expect(Math.abs(limit! - extrapolated!.value)).toBeLessThan(1.6 * half);
    }
    expect(solved.loss.map(({ limitError }) => limitError)).toEqual([0, 0]);
    expect(other.loss.map(({ limitError }) => limitError)).toEqual([null, null]);
    expect(solved.distance).toHaveLength(2);
    expect(solved.distance![1].slope.low!).toBeLessThan(-0.4);
    expect(solved.distance![1].slope.high!).toBeGreaterThan(-0.6);
  });

  test('is of the widths at which no run diverged, and of none before all have ended', () => {
    expect(run(request([mup]), 3).infiniteWidth).toBeNull();
    const { infiniteWidth } = run(request([constant], { widths: [64, 512], learningRate: 30, probe }));
    expect(infiniteWidth!['sp-constant'].loss.map(({ extrapolated }) => extrapolated)).toEqual([null, null]);
  });

  test('is not extrapolated after a step of what theory has grow, though nothing has grown yet', () => {
    const { infiniteWidth } = run(
      request([constant, sp], { widths: [64, 128, 256], learningRate: 1e-4, probe }),
    );
    const known = ({ extrapolated }: { extrapolated: unknown }) => extrapolated !== null;
    expect(infiniteWidth!['sp-constant'].loss.map(known)).toEqual([true, false]);
    expect(infiniteWidth!['sp'].loss.map(known)).toEqual([true, true]);
  });
});

test('a loss is extrapolated where outputs go on to move, and not where theory has them stand still in the end', () => {
  const { infiniteWidth } = run(request([ntp, ip], { widths: [16, 32, 64] }));
  const estimateOf = (name: string) => infiniteWidth![name]!.loss.map(({ extrapolated }) => extrapolated);
  expect(estimateOf('ntp')[1]).not.toBeNull();
  expect(estimateOf('ip')[0]).not.toBeNull();
  expect(estimateOf('ip')[1]).toBeNull();
});
