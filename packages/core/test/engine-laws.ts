import { describe, expect, test } from 'vitest';
import type { Dataset } from '../src/data/dataset.ts';
import { mixtureDataset } from '../src/data/mixture.ts';
import type { Engine, EngineSession } from '../src/engines/engine.ts';
import { referenceEngine } from '../src/engines/reference/reference-engine.ts';
import { type Matrix, matrix } from '../src/linalg/matrix.ts';
import { maxAbs } from '../src/linalg/norms.ts';
import { singularValues } from '../src/linalg/singular-values.ts';
import { updateAlignment } from '../src/linalg/update-alignment.ts';
import { ACTIVATION_NAMES } from '../src/model/activation.ts';
import type { LossSpec } from '../src/model/loss.ts';
import { OPTIMIZERS, type OptimizerSpec } from '../src/model/optimizer.ts';
import { IP_FORMS, MUP_FORMS } from '../src/parametrization/forms.ts';
import { concreteScaling } from '../src/parametrization/scaling.ts';
import { PARAMETRIZATIONS } from '../src/parametrization/table.ts';
import { lambdaMin } from '../src/quantities/lambda-min.ts';
import { batchesOf } from '../src/run/batches.ts';
import type { RunSpec } from '../src/run/run-spec.ts';
import { initialDraws, initialWeights } from '../src/train/initial-weights.ts';
import { UNIT_ROUNDOFF } from './engines.ts';
import optimizers from './oracles/optimizers.json' with { type: 'json' };
import { smallData, smallSpec, trained } from './small-run.ts';

const LOSSES = ['half-square', 'square', 'cross-entropy'] as const;

/** What every engine keeps to, as tests. */
export function engineLaws(engine: Engine): void {
  const unit = UNIT_ROUNDOFF[engine.precision];

  function opened(spec: RunSpec, weights: readonly Matrix[] = initialWeights(spec)): EngineSession {
    const session = engine.open(spec);
    session.setData(smallData);
    session.setParams(weights);
    return session;
  }

  // Every entry that a step computes is rounded some four times, once a layer on its way; sums of K terms of either sign
  // collect √K roundings. Steps add theirs independently, √(t + 1) of them, as long as training does not blow up.
  const bound = ({ net, steps }: RunSpec): number =>
    4 * unit * (net.depth + 1) * Math.sqrt(net.width * (steps + 1));

  test.each(ACTIVATION_NAMES)(
    'has the losses of float64 over 40 steps of %s, within its roundings',
    (activation) => {
      const base = smallSpec(undefined, { steps: 40 });
      const spec = { ...base, net: { ...base.net, activation } };
      const rates = concreteScaling(spec).map(({ learningRate }) => learningRate);
      const losses = opened(spec).step(spec.steps, rates);
      const exact = referenceOf(spec).step(spec.steps, rates);
      expect(losses).toBeCloseToAll(exact, { rtol: 0, atol: bound(spec) * maxAbs(exact) });
    },
  );

  const { net, samples, steps, rates, a, runs } = optimizers;

  test.each(runs)(
    'trains as PyTorch does: $optimizer.kind, $loss.kind',
    ({ optimizer, loss, losses, weights }) => {
      const [input, hidden, output] = a.map((exponent) => ({ a: exponent, b: 0, c: 0 }));
      const base = smallSpec(undefined, { steps });
      const spec: RunSpec = {
        ...base,
        net: { ...net, activation: 'tanh' },
        exponents: { input, hidden, output },
        // SAFETY: the oracle's names are those of core; JSON widens them to strings.
        optimizer: optimizer as OptimizerSpec,
        loss: loss as LossSpec,
      };
      const session = engine.open(spec);
      const [inputs, targets] = [optimizers.inputs, optimizers.targets].map((each) =>
        Float64Array.from(each),
      );
      session.setData({ inputs, targets, samples, inputDim: net.inputDim, outputDim: net.outputDim });
      const shapes = [
        [net.width, net.inputDim],
        [net.width, net.width],
        [net.outputDim, net.width],
      ];
      const begun = optimizers.weights.map((w, i) =>
        matrix(shapes[i][0], shapes[i][1], Float64Array.from(w)),
      );
      session.setParams(begun);
      const first = session.step(steps, rates);
      const tolerance = { rtol: 0, atol: bound(spec) };
      expect([...first, session.loss()]).toBeCloseToAll(losses, tolerance);
      session.getParams().forEach(({ data }, index) => {
        expect(data).toBeCloseToAll(weights[index], tolerance);
      });
      // What the rule remembers belongs to the weights that it was told.
      session.setParams(begun);
      expect(session.step(steps, rates)).toEqual(first);
    },
  );

  // A huge rate leaves nothing of the weight in the update. Central differences of the float64 loss are off by h²/6 of the
  // third derivative; each entry of the gradient is a sum over samples of products that were rounded on their way.
  const both = ACTIVATION_NAMES.flatMap((activation) => LOSSES.map((kind) => [activation, kind] as const));

  test.each(both)('moves weights by the gradient with %s under %s', (activation, kind) => {
    const [h, rate] = [1e-5, 2 ** 40];
    const base = smallSpec();
    const loss = { kind, reduction: 'mean' } as const;
    const spec = { ...base, net: { ...base.net, width: 8, activation }, loss };
    const weights = initialWeights(spec).map((w) => matrix(w.rows, w.cols, w.data.map(Math.fround)));
    const session = opened(spec, weights);
    session.step(
      1,
      weights.map(() => rate),
    );
    session.getParams().forEach((after, layer) => {
      const gradients = after.data.map((entry, at) => (weights[layer].data[at] - entry) / rate);
      for (const at of [0, 5, 11, 17]) {
        const lossAt = (by: number): number => referenceOf(spec, nudged(weights, { layer, at, by })).loss();
        const difference = (lossAt(h) - lossAt(-h)) / (2 * h);
        const atol = 1e-9 + 64 * unit * maxAbs(gradients);
        expect([gradients[at]]).toBeCloseToAll([difference], { rtol: 1e-6, atol });
      }
    });
  });

  test('gives the same bits to the same seed, and others to another', () => {
    const at = (seed: number): unknown => trained(smallSpec(undefined, { seed, width: 21 }), engine).records;
    expect(at(0)).toEqual(at(0));
    expect(at(1)).not.toEqual(at(0));
  });

  test.each([
    ['μP', MUP_FORMS],
    ['IP', IP_FORMS],
  ] as const)('trains the forms of %s bit for bit alike at width 64', (_, forms) => {
    const [first, ...others] = forms.map((form) => trained(smallSpec(form), engine).records);
    for (const other of others) expect(other).toEqual(first);
  });

  test('keeps what is far below the last digit of a weight', () => {
    const spec = smallSpec();
    const session = opened(spec);
    const before = session.getParams();
    const exact = referenceOf(spec, before);
    const rates = [1, 1, 1, 1].map(() => 2 ** -20);
    for (const each of [session, exact]) each.step(3, rates);
    const changeOf = (each: EngineSession): readonly Float64Array[] =>
      each.getParams().map((after, index) => after.data.map((entry, at) => entry - before[index].data[at]));
    const expected = changeOf(exact);
    changeOf(session).forEach((change, index) => {
      const size = maxAbs(expected[index]);
      expect(size).toBeGreaterThan(0);
      expect(change).toBeCloseToAll(expected[index], { rtol: 0, atol: 1e-5 * size });
    });
  });

  test('shows features and outputs as float64 has them at its weights', () => {
    const spec = smallSpec(undefined, { width: 21 });
    const session = opened(spec);
    session.step(2, [0.5, 0.25, 0.25, 0.125]);
    const exact = referenceOf(spec, session.getParams());
    const rounding = { rtol: 1e-13, atol: 1e-14 };
    for (const layer of [1, 2, 3]) {
      for (const which of ['preactivation', 'activation'] as const) {
        const { rows, cols, data } = session.features(layer, which);
        expect([rows, cols]).toEqual([4, 21]);
        expect(data).toBeCloseToAll(exact.features(layer, which).data, rounding);
      }
    }
    expect(session.outputs().data).toBeCloseToAll(exact.outputs().data, rounding);
    const [batch, expected] = [session.batch(), exact.batch()];
    expect(batch.features.data).toBeCloseToAll(expected.features.data, rounding);
    expect(batch.residuals.data).toBeCloseToAll(expected.residuals.data, rounding);
    expect(batch.gradientNorms).toBeCloseToAll(expected.gradientNorms, rounding);
    const rates = [1, 2, 3, 4];
    const [kernel, expectedKernel] = [session, exact].map((each) => each.tangentKernel(rates).data);
    expect(kernel).toBeCloseToAll(expectedKernel, { rtol: 1e-12, atol: 1e-13 });
  });

  // A norm is told to a thousandth, at worst from below; products of float32 are off by far less.
  test.each([
    ['a small', 2 ** -20],
    ['a large', 0.5],
    ['an overwhelming', 2 ** 12],
  ])('tells how large weights and their changes are, and how aligned, after %s update', (_, rate) => {
    const spec = smallSpec(undefined, { width: 97 });
    const session = opened(spec);
    const before = session.getParams();
    const look = session.watchWeights();
    expect(look().map(({ change, alignment }) => [change, alignment])).toEqual(before.map(() => [0, null]));
    session.step(
      2,
      [1, 1, 1, 1].map(() => rate),
    );
    const after = session.getParams();
    for (const [index, { norm, change, alignment: aligned }] of look().entries()) {
      const now = after[index];
      const update = matrix(
        now.rows,
        now.cols,
        now.data.map((entry, at) => entry - before[index].data[at]),
      );
      expect([norm, change]).toBeCloseToAll(
        [now, update].map((m) => singularValues(m)[0]),
        { rtol: 1e-3 },
      );
      const expected = index === 0 ? [] : [updateAlignment(update, session.features(index, 'activation'))];
      expect(aligned === null ? [] : [aligned]).toBeCloseToAll(expected, { rtol: 1e-4 });
    }
  });

  // Sigmoid shrinks λ_min by .06 a layer: a Gram of float32 features summed in float32 has eigenvalues of −1e-9 to −2e-7 here.
  // Wide enough for changes of weights to stay in factors, in the float32 pass or too small for it.
  test.each([
    ['sgd', 'large', 0.5],
    ['sgd', 'small', 2 ** -24],
    ['sgd', 'no', 0],
    ['momentum', 'large', 0.5],
    ['momentum', 'small', 2 ** -24],
    ['adam', 'large', 0.01],
  ] as const)('watches 512 units as float64 has them: %s, %s updates', (optimizer, _, learningRate) => {
    const base = smallSpec(undefined, { width: 512, steps: 3, optimizer: OPTIMIZERS[optimizer] });
    const spec: RunSpec = {
      ...base,
      constants: { ...base.constants, learningRate },
      probe: { samples: 10, steps: [0, 1, 2, 3], measures: 'coordinates', weights: 'norms' },
    };
    const [seen, expected] = [engine, referenceEngine].map((each) => trained(spec, each).result.series);
    expect(seen.map(({ quantity, layer, steps }) => [quantity, layer, steps])).toEqual(
      expected.map(({ quantity, layer, steps }) => [quantity, layer, steps]),
    );
    for (const [at, { values }] of expected.entries())
      expect(seen[at].values).toBeCloseToAll(values, { rtol: 1e-3 });

    const session = opened(spec);
    session.step(3, [1, 1, 1, 1]);
    const exact = referenceOf(spec, session.getParams());
    const features = exact.features(3, 'activation').data;
    expect(session.features(3, 'activation').data).toBeCloseToAll(features, { rtol: 1e-12, atol: 1e-13 });
  });

  test('has the λ_min of float64 where it is small: four layers of sigmoid, 64 samples', () => {
    const data = mixtureDataset({ classes: 10, dim: 64, samples: 64, seed: 0 });
    const base = smallSpec(undefined, { width: 256 });
    const net = { inputDim: 64, width: 256, depth: 4, outputDim: 10, activation: 'sigmoid' } as const;
    const spec: RunSpec = { ...base, net, probe: { samples: 64, steps: [0, 2] } };
    const [measured, exact] = [engine, referenceEngine].map((each) => {
      const session = each.open(spec);
      session.setData(data);
      session.setParams(initialWeights(spec));
      session.step(
        2,
        concreteScaling(spec).map(({ learningRate }) => learningRate),
      );
      return lambdaMin(session.features(4, 'activation'));
    });
    expect(exact.value).toBeLessThan(1e-6);
    expect(measured.value).toBeGreaterThan(measured.floor);
    expect([measured.value]).toBeCloseToAll([exact.value], { rtol: 1e-3, atol: 0 });
  });

  test.each(LOSSES)(
    'trains on batches as on a data set of their samples, one after the other, under %s',
    (kind) => {
      const spec = smallSpec(undefined, { batch: 3, steps: 5, loss: { kind, reduction: 'mean' } });
      const rates = [0.5, 0.25, 0.25, 0.125];
      const session = opened(spec);
      const losses = session.step(spec.steps, rates);
      const order = batchesOf(spec, smallData.samples).next(spec.steps);
      let weights = initialWeights(spec);
      const expected = Array.from({ length: spec.steps }, (_, step) => {
        const part = referenceEngine.open({ ...spec, batch: 3, probe: { ...spec.probe, samples: 3 } });
        part.setData(samplesOf(smallData, order.subarray(3 * step, 3 * step + 3)));
        part.setParams(weights);
        const [loss] = part.step(1, rates);
        weights = part.getParams();
        return loss;
      });
      const tolerance = { rtol: 0, atol: bound(spec) * maxAbs(Float64Array.from(expected)) };
      expect(losses).toBeCloseToAll(expected, tolerance);
      expect([session.loss()]).toBeCloseToAll([referenceOf(spec, weights).loss()], tolerance);
      // Trained anew it begins with the first batch, and one step after the other are all of them.
      session.setParams(initialWeights(spec));
      expect([...session.step(2, rates), ...session.step(3, rates)]).toEqual([...losses]);
    },
  );

  describe('has a session that', () => {
    const spec = smallSpec();
    const rates = [0.5, 0.25, 0.25, 0.125];

    test('takes several steps as it takes one after the other', () => {
      const [once, thrice] = [opened(spec), opened(spec)];
      const losses = thrice.step(3, rates);
      expect([once.step(1, rates)[0], once.step(1, rates)[0], once.step(1, rates)[0]]).toEqual([...losses]);
      expect(once.getParams()).toEqual(thrice.getParams());
    });

    test('keeps the parameters that it is given, and hands out copies', () => {
      const weights = initialWeights(spec);
      const session = opened(spec, weights);
      const loss = session.loss();
      session.getParams().forEach(({ data }, index) => {
        // Two float32 hold 48 binary digits of a number.
        expect(data).toBeCloseToAll(weights[index].data, { rtol: 2 ** -48, atol: 0 });
      });
      session.getParams()[0].data.fill(0);
      weights[0].data.fill(0);
      session.setData(smallData);
      expect(session.loss()).toBe(loss);
    });

    test('draws the weights that another is given', () => {
      const zero = { ...PARAMETRIZATIONS.mup, hidden: { a: 0, b: 'zero' as const, c: 0 } };
      for (const drawn of [spec, smallSpec(zero)]) {
        const [session, other] = [opened(drawn), opened(drawn)];
        session.step(2, rates);
        session.drawParams(initialDraws(drawn));
        expect(session.getParams()).toEqual(other.getParams());
        expect(session.step(3, rates)).toEqual(other.step(3, rates));
      }
    });

    test('needs data before it can compute', () => {
      expect(() => engine.open(spec).loss()).toThrow('Engine: expected setData before this call, got none');
    });

    test('is not disturbed by another', () => {
      const [one, other] = [opened(spec), opened({ ...spec, net: { ...spec.net, width: 32 } })];
      const loss = one.loss();
      other.step(2, rates);
      other.dispose();
      opened({ ...spec, seed: 5 }).step(1, rates);
      expect(one.loss()).toBe(loss);
      expect(one.step(1, rates)[0]).toBe(loss);
    });
  });
}

function referenceOf(spec: RunSpec, weights: readonly Matrix[] = initialWeights(spec)): EngineSession {
  const session = referenceEngine.open(spec);
  session.setData(smallData);
  session.setParams(weights);
  return session;
}

function samplesOf({ inputs, targets, inputDim, outputDim }: Dataset, numbers: Int32Array): Dataset {
  const rows = (of: Float64Array, length: number): Float64Array =>
    Float64Array.from([...numbers].flatMap((at) => [...of.subarray(at * length, (at + 1) * length)]));
  const samples = numbers.length;
  return { samples, inputDim, outputDim, inputs: rows(inputs, inputDim), targets: rows(targets, outputDim) };
}

function nudged(
  weights: readonly Matrix[],
  { layer, at, by }: { readonly layer: number; readonly at: number; readonly by: number },
): readonly Matrix[] {
  return weights.map((w, index) => {
    const data = w.data.slice();
    if (index === layer) data[at] += by;
    return matrix(w.rows, w.cols, data);
  });
}
