import { describe, expect, test } from 'vitest';
import { ORACLE_NETWORKS, oracleData, oracleSpec } from '../../../test/coordinate-oracle.ts';
import oracle from '../../../test/oracles/coordinates.json' with { type: 'json' };
import { smallData } from '../../../test/small-run.ts';
import { datasetHash } from '../../data/dataset-hash.ts';
import { referenceEngine } from '../../engines/reference/reference-engine.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import { PARAMETRIZATIONS, type ParametrizationId } from '../../parametrization/table.ts';
import type { RunResult } from '../../run/run-result.ts';
import { train } from '../../train/train.ts';
import { withDefaults } from '../params/check-params.ts';
import type { Asked } from '../params/field.ts';
import type { PlannedRun } from '../planned-run.ts';
import { COORDINATE_CHECK } from './coordinate-check.ts';
import type { CoordinateCheckParams } from './params.ts';
import type { CoordinateReport } from './report.ts';
import type { CoordinateCheckRequest } from './request.ts';

const inputs = {
  dataset: smallData,
  data: { kind: 'mixture', hash: datasetHash(smallData) },
  engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
};

function requestOf(
  parametrization: Parametrization,
  asked: Asked<CoordinateCheckParams> = {},
): CoordinateCheckRequest {
  const params = withDefaults(COORDINATE_CHECK.fields, { widths: [32, 64, 128, 256], seeds: 4, ...asked });
  return COORDINATE_CHECK.request(params, { ...inputs, parametrizations: [parametrization] });
}

function resultsOf(plan: readonly PlannedRun[], request: CoordinateCheckRequest): Map<string, RunResult> {
  return new Map(
    plan.map(({ spec, hash }) => {
      const steps = train(spec, request.dataset, referenceEngine);
      let next = steps.next();
      while (!next.done) next = steps.next();
      return [hash, next.value];
    }),
  );
}

function checked(request: CoordinateCheckRequest): CoordinateReport {
  const plan = COORDINATE_CHECK.plan(request);
  return COORDINATE_CHECK.reduce(request, { plan, results: resultsOf(plan, request), complete: true });
}

function at({ layers }: CoordinateReport, layer: number, step: number) {
  return layers.find((check) => check.layer === layer && check.step === step)!;
}

describe('a coordinate check', () => {
  const row = (id: ParametrizationId) => checked(requestOf(PARAMETRIZATIONS[id]));

  test('passes μP: every layer keeps its size and moves', () => {
    const report = row('mup');
    expect([report.verdict, report.suspects]).toEqual(['pass', []]);
    expect(report.layers.map(({ layer, step }) => [step, layer])).toEqual(
      [0, 1, 2, 3].flatMap((step) => [1, 2, 3, 4].map((layer) => [step, layer])),
    );
    expect(report.layers.every(({ step, update }) => (update === null) === (step === 0))).toBe(true);
    expect(at(report, 4, 0).size.value).toBeLessThan(-1 / 4); // f_0 ~ n^-½ is no failure
  });

  test('fails SP at η/n, whose features freeze, and names the rates', () => {
    const report = row('sp');
    expect(report.verdict).toBe('fail');
    expect(report.suspects).toContainEqual({
      layer: 1,
      step: 1,
      what: 'update',
      slope: at(report, 1, 1).update?.value,
      exponent: { layer: 1, name: 'c', is: 1, wants: -1 },
    });
    expect(report.suspects).toContainEqual({
      layer: 2,
      step: 1,
      what: 'update',
      slope: at(report, 2, 1).update?.value,
      exponent: { layer: 2, name: 'c', is: 1, wants: 0 },
    });
    expect(report.suspects.filter(({ what }) => what === 'size')).toEqual([]);
  });

  test('fails IP by the sizes that vanish from its second layer on, and names their initialization', () => {
    const report = row('ip');
    expect(report.verdict).toBe('fail');
    expect(report.suspects[0]).toEqual({
      layer: 2,
      step: 0,
      what: 'size',
      slope: at(report, 2, 0).size.value,
      exponent: { layer: 2, name: 'b', is: 1, wants: 1 / 2 },
    });
    // Layer 1 has μP's own exponents: its error signal dies on the way, first below the readout.
    expect(report.suspects.find(({ layer, what }) => layer === 1 && what === 'update')?.exponent).toEqual({
      layer: 3,
      name: 'b',
      is: 1,
      wants: 1 / 2,
    });
  });

  test('is close where sizes vanish so slowly that their slope passes, as theory has it, and names the weight', () => {
    const { input, hidden, output, optimizer } = PARAMETRIZATIONS.mup;
    const slow = { name: 'slow', optimizer, input, hidden: { ...hidden, b: 0.58 }, output };
    const report = checked(requestOf(slow, { depth: 2, seeds: 6 }));
    expect(report.verdict).toBe('warn');
    expect(report.suspects[0]).toMatchObject({
      ...{ layer: 2, step: 0, what: 'size' },
      exponent: { layer: 2, name: 'b', is: 0.58, wants: 1 / 2 },
    });
    expect(Math.abs(report.suspects[0].slope!)).toBeLessThan(0.1);
  });

  test('fails one rate for every width, where the output blows up until runs diverge', () => {
    const report = row('sp-constant');
    expect(report.verdict).toBe('fail');
    expect(report.suspects.find(({ layer }) => layer === 4)?.exponent).toEqual({
      layer: 4,
      name: 'c',
      is: 0,
      wants: 1,
    });
  });

  test('reads exponents and no name, in whatever form they are written', () => {
    const { input, hidden, optimizer } = PARAMETRIZATIONS.mup;
    const renamed = { name: 'sp', optimizer, input, hidden, output: { a: 1, b: 0, c: -1 } };
    expect(checked(requestOf(renamed)).verdict).toBe('pass');
  });

  test('takes a readout that starts at 0: no output at first, no update of hidden layers before the second', () => {
    const { input, hidden, optimizer } = PARAMETRIZATIONS.mup;
    const zero = { name: 'zero', optimizer, input, hidden, output: { a: 0, b: 'zero', c: 1 } } as const;
    const report = checked(requestOf(zero));
    expect(at(report, 4, 0).size.reason).toBe('the value at width 32 is 0');
    expect(at(report, 2, 1).update?.reason).toBe('the value at width 32 is 0');
    expect(report.verdict).toBe('pass');
  });

  // At base width 32 the first output is as large as SP's there, larger than the targets: the error signal falls with it.
  test('says of exponents that are right that a slope is one of these widths', () => {
    const asked = { baseWidth: 32, seeds: 6, learningRate: 8 };
    const report = checked({ ...requestOf(PARAMETRIZATIONS.mup, asked), initStd: 2 });
    expect(report.verdict).toBe('fail');
    expect(report.suspects.map(({ exponent }) => exponent)).not.toContainEqual(expect.anything());
    expect(report.reasons).toEqual([
      "every exponent is μP's: what does not pass does so at these widths, steps and η, and not in the limit",
    ]);
  });

  test('is undecided where a layer fails by no more than one of so many slopes may by chance', () => {
    const request = requestOf(PARAMETRIZATIONS.mup, { seeds: 3 });
    const plan = COORDINATE_CHECK.plan(request);
    const results = new Map(
      plan.map(({ hash, width, seed }) => {
        // Updates like n^0.5, of seeds so far apart that its interval is from 0.1 to 0.9.
        const update = Math.sqrt(width) * Math.exp((3.2 * (seed - 1)) / Math.sqrt(width));
        const series = [1, 2, 3, 4].flatMap((layer) => [
          { quantity: 'coordinateSize' as const, layer, steps: [0, 1, 2, 3], values: [1, 1, 1, 1] },
          {
            quantity: 'coordinateUpdate' as const,
            layer,
            steps: [1, 2, 3],
            values: layer === 2 ? [1, update, 1] : [1, 1, 1],
          },
        ]);
        return [hash, { state: 'finished', divergedAt: null, loss: [1, 1], series } as const];
      }),
    );
    const { verdict, reasons, suspects, layers } = COORDINATE_CHECK.reduce(request, {
      plan,
      // SAFETY: of results a check reads what these have.
      results: results as unknown as ReadonlyMap<string, RunResult>,
      complete: true,
    });
    expect(layers.find(({ layer, step }) => layer === 2 && step === 2)?.verdict).toBe('fail');
    expect([verdict, suspects]).toEqual(['undecided', []]);
    expect(reasons).toEqual([
      'layer 2 fails at step 2 by its own interval, as one of 8 slopes may by chance: more seeds would tell',
    ]);
  });

  test('is undecided where nothing was trained', () => {
    const report = checked(requestOf(PARAMETRIZATIONS.mup, { learningRate: 1e-17 }));
    expect(report.verdict).toBe('undecided');
    expect(at(report, 2, 3).update).toMatchObject({ value: null });
    expect(report.reasons).toEqual([
      expect.stringMatching(
        /^layer \d has no slope of its update at step \d: the value at width \d+ is (0|below its numerical floor)$/,
      ),
    ]);
  });

  test('is undecided with fewer than three seeds or widths', () => {
    const few = checked(requestOf(PARAMETRIZATIONS.sp, { seeds: 2 }));
    expect([few.verdict, few.reasons]).toEqual(['undecided', ['fewer than 3 seeds']]);
    expect(few.suspects).toEqual([]);
    const two = checked(requestOf(PARAMETRIZATIONS.sp, { widths: [32, 256] }));
    expect([two.verdict, two.reasons]).toEqual(['undecided', ['fewer than 3 widths']]);
  });

  test('is undecided where nothing comes through, and says of which layer', () => {
    const { input, hidden, output, optimizer } = PARAMETRIZATIONS.mup;
    const silent = { name: 'silent', optimizer, input, hidden: { ...hidden, b: 'zero' }, output } as const;
    const report = checked(requestOf(silent));
    expect([report.verdict, report.reasons]).toEqual([
      'undecided',
      ['layer 1 has no slope of its update at step 3: the value at width 32 is 0'],
    ]);
  });

  test('is undecided where every run diverges: η is too large for any width', () => {
    const report = checked(requestOf(PARAMETRIZATIONS.mup, { learningRate: 1e9, widths: [16, 32, 64] }));
    expect(report.verdict).toBe('undecided');
    expect(report.reasons).toEqual(['runs diverge at widths 16, 32, 64, from step 1 on']);
    expect(at(report, 1, 1).size.reason).toBe('a run of width 16 diverged by step 1');
  });

  test('gives slopes of what is finished when interrupted, and no verdict', () => {
    const request = requestOf(PARAMETRIZATIONS.sp, { widths: [16, 32, 64] });
    const plan = COORDINATE_CHECK.plan(request);
    const results = resultsOf(plan.slice(0, 8), request);
    const report = COORDINATE_CHECK.reduce(request, { plan, results, complete: false });
    expect([report.complete, report.verdict, report.rows.length]).toEqual([false, null, 8]);
    expect([...new Set(report.layers.map(({ verdict }) => verdict)), ...report.suspects]).toEqual([null]);
    expect(at(report, 1, 1).update?.value).toBeLessThan(-1);
  });

  test('measures every sample unless told otherwise', () => {
    expect(requestOf(PARAMETRIZATIONS.mup).probe).toEqual({
      samples: 10,
      steps: [0, 1, 2, 3],
      measures: 'coordinates',
      weights: 'norms',
    });
    expect(requestOf(PARAMETRIZATIONS.mup, { probe: 4 }).probe.samples).toBe(4);
    expect(() => requestOf(PARAMETRIZATIONS.mup, { probe: 11 })).toThrow(
      'probe: expected a whole number from 1 to 10, got 11',
    );
  });

  test('trains what SGD trains', () => {
    const request = requestOf({ ...PARAMETRIZATIONS.mup, name: 'mine', optimizer: 'adam' });
    expect(() => COORDINATE_CHECK.plan(request)).toThrow("got 'mine' for adam");
  });
});

describe('the weights of a coordinate check', () => {
  // ‖ΔW‖₂ is rate · ‖E‖ · ‖x‖ for a gradient of few samples: n^−1 · n^0 · n^½ of SP's hidden layers, n^0 of μP's.
  test.each([
    ['sp', [-1.5, -0.5, -0.5]],
    ['mup', [0, 0, 0]],
  ] as const)('%s moves them as theory says, aligned with the features they meet', (id, slopes) => {
    const { layers } = checked(requestOf(PARAMETRIZATIONS[id], { steps: 1 }));
    for (const [index, slope] of slopes.entries()) {
      const { spectralUpdate, predictedUpdate, alignment, spectralNorm } = layers.find(
        ({ layer, step }) => layer === index + 1 && step === 1,
      )!;
      expect(predictedUpdate).toBe(slope);
      expect(spectralUpdate!.low! - 0.1).toBeLessThanOrEqual(slope);
      expect(spectralUpdate!.high! + 0.1).toBeGreaterThanOrEqual(slope);
      if (index === 0) expect(alignment).toBeNull();
      else expect(Math.abs(alignment!.value! - 1)).toBeLessThan(0.15);
      // A Gaussian start of the right size has a norm that width leaves alone.
      expect(Math.abs(spectralNorm!.value!)).toBeLessThan(0.15);
      expect(layers.find(({ layer, step }) => layer === index + 1 && step === 0)).toMatchObject({
        ...{ spectralNorm: null, spectralUpdate: null, alignment: null },
      });
    }
  });
});

describe.each(ORACLE_NETWORKS)('slopes of $name', ({ parametrization, recorded }) => {
  test('are met within seed error', () => {
    const { net, constants, loss, optimizer, probe, data, steps, engine } = oracleSpec(parametrization, 1);
    const request = {
      ...{ parametrization, widths: oracle.slopeWidths, seeds: oracle.seeds, dataset: oracleData },
      ...{
        ...net,
        ...constants,
        loss,
        optimizer,
        probe,
        data,
        steps,
        engine,
        batch: null,
        readout: 'scaled' as const,
      },
    };
    const { layers } = checked(request);
    // A slope of 20 points has the interval ± t₀.₉₇₅(18) = 2.10 standard errors.
    const excess = layers.map(({ layer, step, size }) => {
      const oracle = recorded.slopes[layer - 1][step];
      const error = (size.high! - size.low!) / 2 / 2.1009220402410382;
      return Math.abs(size.value! - oracle.value) / Math.hypot(error, oracle.error);
    });
    // Sixteen differences of two estimates each, in units of their standard error: beyond 4 one in a thousand times.
    expect(Math.max(...excess)).toBeLessThan(4);
  });
});
