import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { smallData, smallSpec, trained } from '../../test/small-run.ts';
import type { Engine } from '../engines/engine.ts';
import { referenceEngine } from '../engines/reference/reference-engine.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { PARAMETRIZATIONS } from '../parametrization/table.ts';
import { jointLambdaMin } from '../quantities/joint-lambda-min.ts';
import { lambdaMin } from '../quantities/lambda-min.ts';
import { movement } from '../quantities/movement.ts';
import type { RunResult, StepRecord } from '../run/run-result.ts';
import { initialWeights } from './initial-weights.ts';
import { train } from './train.ts';

const { mup, sp } = PARAMETRIZATIONS;

function seriesOf(result: RunResult, quantity: string, layer: number | null): readonly number[] {
  const series = result.series.find((entry) => entry.quantity === quantity && entry.layer === layer);
  return series?.values ?? [];
}

describe('a run', () => {
  const spec = smallSpec(mup, { steps: 3, probe: { samples: 4, steps: [0, 2, 3] } });
  const { records, result } = trained(spec);

  test('has a record of every step, with points where it is probed', () => {
    expect(records.map((record) => [record.kind, record.step])).toEqual(
      [0, 1, 2, 3].map((step) => ['step', step]),
    );
    expect(records.map((record) => record.kind === 'step' && record.points.length > 0)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test('returns the points of its records as series', () => {
    const points = records.flatMap((record) =>
      record.kind === 'step' ? record.points.map((point) => ({ ...point, step: record.step })) : [],
    );
    const fromSeries = result.series.flatMap(({ quantity, layer, steps, values }) =>
      steps.map((step, i) => ({ quantity, layer, value: values[i], step })),
    );
    const key = (point: object): string => JSON.stringify(point);
    expect(fromSeries.map(key).sort()).toEqual(points.map(key).sort());
    // Loss and output change, and four quantities of three layers, at three steps.
    expect(points).toHaveLength(3 * (2 + 4 * 3));
  });

  test('ends where an engine of its own arrives', () => {
    const session = referenceEngine.open(spec);
    session.setData(smallData);
    session.setParams(initialWeights(spec));
    const copy = (m: Matrix): Matrix => matrix(m.rows, m.cols, m.data.slice());
    const layers = [1, 2, 3];
    const before = layers.map((layer) => ({
      h: copy(session.features(layer, 'preactivation')),
      x: copy(session.features(layer, 'activation')),
    }));
    const firstOutputs = copy(session.outputs());
    const firstLoss = session.loss();
    session.step(
      3,
      concreteScaling(spec).map(({ learningRate }) => learningRate),
    );
    expect(result.loss).toEqual([firstLoss, session.loss()]);
    expect(result.layers).toEqual(
      layers.map((layer, i) => {
        const x = session.features(layer, 'activation');
        return {
          layer,
          movement: movement(session.features(layer, 'preactivation'), before[i].h),
          lambdaMinInit: lambdaMin(before[i].x).value,
          lambdaMinFinal: lambdaMin(x).value,
          lambdaMinJoint: jointLambdaMin(before[i].x, x).value,
          floor: lambdaMin(x).floor,
          floorJoint: jointLambdaMin(before[i].x, x).floor,
        };
      }),
    );
    const squares = session.outputs().data.reduce((sum, f, i) => sum + (f - firstOutputs.data[i]) ** 2, 0);
    expect([result.outputChange]).toBeCloseToAll([Math.sqrt(squares / 12)]);
  });

  test('starts unmoved and ends as its outcome says', () => {
    for (const { layer, movement: moved, lambdaMinInit, lambdaMinFinal } of result.layers) {
      const movements = seriesOf(result, 'movement', layer);
      expect([movements[0], movements.at(-1)]).toEqual([0, moved]);
      const richness = seriesOf(result, 'lambdaMin', layer);
      expect([richness[0], richness.at(-1)]).toEqual([lambdaMinInit, lambdaMinFinal]);
    }
  });

  test('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test.prop([fc.integer({ min: 0, max: 1000 }), fc.constantFrom(8, 21)], { numRuns: 10 })(
    'is the same for the same seed and another for another',
    (seed, width) => {
      const at = (s: number): readonly StepRecord[] =>
        trained(smallSpec(mup, { width, seed: s, steps: 2 })).records;
      expect(at(seed)).toEqual(at(seed));
      expect(at(seed + 1)).not.toEqual(at(seed));
    },
  );

  test('without steps measures the initialization', () => {
    const { records: only, result: still } = trained(smallSpec(mup, { steps: 0 }));
    expect(only).toHaveLength(1);
    expect(still.loss[0]).toBe(still.loss[1]);
    expect(still.layers.map((layer) => layer.movement)).toEqual([0, 0, 0]);
  });

  test('has no movement away from a zero start', () => {
    // x¹ = ½ everywhere, and the gradient that comes down through W² moves W¹ from 0.
    const zero = { ...mup, input: { a: 0, b: 'zero' as const, c: -1 } };
    const base = smallSpec(zero);
    const { result: fromZero } = trained({ ...base, net: { ...base.net, activation: 'sigmoid' } });
    expect(fromZero.state).toBe('finished');
    expect(fromZero.layers.map((layer) => layer.movement === null)).toEqual([true, false, false]);
    expect(seriesOf(fromZero, 'movement', 1)).toEqual([0]);
    expect(JSON.parse(JSON.stringify(fromZero))).toEqual(fromZero);
  });
});

describe('a diverging run', () => {
  test('ends at the step that goes beyond a thousand times its beginning, with what was measured until then', () => {
    const loud = { baseWidth: 1, initStd: 1, learningRate: 4 };
    const { records, result } = trained(
      smallSpec(PARAMETRIZATIONS['sp-constant'], { constants: loud, steps: 10 }),
    );
    expect(result.state).toBe('diverged');
    expect(records.at(-1)).toEqual({ kind: 'diverged', step: result.divergedAt });
    expect(result.loss[0]).not.toBeNull();
    expect(result.loss[1]).toBeNull();
    expect(seriesOf(result, 'loss', null)).toHaveLength(result.divergedAt!);
    expect(Math.max(...seriesOf(result, 'loss', null))).toBeLessThan(1000 * result.loss[0]!);
    expect(result.layers[1]).toMatchObject({ movement: null, lambdaMinFinal: null, lambdaMinJoint: null });
    expect(result.layers[1].lambdaMinInit).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('may have diverged at initialization', () => {
    const infinite = { ...sp, hidden: { a: 0, b: -300, c: 1 } };
    const { records, result } = trained(smallSpec(infinite));
    expect(records).toEqual([{ kind: 'diverged', step: 0 }]);
    expect(result).toMatchObject({ state: 'diverged', divergedAt: 0, loss: [null, null], series: [] });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('is seen by its features where tanh keeps the loss finite', () => {
    // h² overflows, tanh of it is ±1, and no update moves what is saturated.
    const saturated = { ...sp, hidden: { a: 0, b: -100, c: 1 } };
    const { result } = trained(smallSpec(saturated));
    expect(result).toMatchObject({ state: 'diverged', divergedAt: 0 });
    expect(result.loss[0]).not.toBeNull();
  });
});

describe('a loss', () => {
  /** The reference engine, with a loss after so many updates as it is told. */
  function withLosses(losses: readonly number[]): Engine {
    return {
      ...referenceEngine,
      open(spec) {
        const session = referenceEngine.open(spec);
        const step = session.step.bind(session);
        let updates = 0;
        session.step = (count, rates) => {
          updates += count;
          return step(count, rates);
        };
        session.loss = () => losses[updates]!;
        return session;
      },
    };
  }

  const divergedAt = (losses: readonly number[]): number | null =>
    trained(smallSpec(mup, { steps: losses.length - 1 }), withLosses(losses)).result.divergedAt;

  test('that reaches a thousand times the first one goes on, one beyond has diverged', () => {
    expect(divergedAt([1, 999, 1000, 1])).toBeNull();
    expect(divergedAt([1, 999, 1000, 1001, 1])).toBe(3);
  });

  test('that begins low is held against that of f = 0, half of the mean square of the targets', () => {
    const squares = smallData.targets.reduce((sum, target) => sum + target * target, 0);
    const limit = 1000 * (squares / smallData.samples / 2);
    expect(divergedAt([0.01, 0.999 * limit, 0.01])).toBeNull();
    expect(divergedAt([0.01, 0.999 * limit, 1.001 * limit])).toBe(2);
  });
});

describe('the consumer of a run', () => {
  function watched(): { readonly engine: Engine; readonly log: string[] } {
    const log: string[] = [];
    const engine: Engine = {
      ...referenceEngine,
      open(spec) {
        const session = referenceEngine.open(spec);
        const step = session.step.bind(session);
        session.step = (count, rates) => {
          log.push('step');
          return step(count, rates);
        };
        session.dispose = () => {
          log.push('dispose');
        };
        return session;
      },
    };
    return { engine, log };
  }

  test('may stop between any two steps, and the engine is let go', () => {
    const { engine, log } = watched();
    const steps = train(smallSpec(mup, { steps: 100 }), smallData, engine);
    steps.next();
    steps.next();
    steps.return(undefined as never);
    expect(log).toEqual(['step', 'dispose']);
  });

  test('need not let go of an engine that ran to the end', () => {
    const { engine, log } = watched();
    trained(smallSpec(mup, { steps: 2 }), engine);
    expect(log).toEqual(['step', 'step', 'dispose']);
  });
});

describe('a run is refused', () => {
  const spec = smallSpec();
  test.each([
    [
      'data of other dimensions',
      { ...spec, net: { ...spec.net, inputDim: 7 } },
      'train: expected data of dimensions 7 → 3, got 6 → 3',
    ],
    [
      'a probe beyond the data',
      { ...spec, probe: { ...spec.probe, samples: 11 } },
      'train: expected between 1 and 10 probe samples, got 11',
    ],
    [
      'a probe that misses the end',
      { ...spec, probe: { samples: 1, steps: [0, 2] } },
      'train: expected probe steps with 0 and 4, got 0, 2',
    ],
  ] as const)('with %s', (_, broken, message) => {
    expect(() => train(broken, smallData, referenceEngine).next()).toThrow(new RangeError(message));
  });
});
