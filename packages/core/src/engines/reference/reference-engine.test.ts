import { describe, expect, test } from 'vitest';
import oracle from '../../../test/oracles/training.json' with { type: 'json' };
import { smallData, smallSpec } from '../../../test/small-run.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { ACTIVATION_NAMES } from '../../model/activation.ts';
import type { LossSpec } from '../../model/loss.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { initialWeights } from '../../train/initial-weights.ts';
import type { EngineSession } from '../engine.ts';
import { referenceEngine } from './reference-engine.ts';

describe('the reference engine', () => {
  const { net, samples, steps, rates, a } = oracle;
  const inputs = Float64Array.from(oracle.inputs);
  const targets = Float64Array.from(oracle.targets);

  function oracleSession(activation: ActivationName, loss: LossSpec): EngineSession {
    const [input, hidden, output] = a.map((exponent) => ({ a: exponent, b: 0, c: 0 }));
    const spec = smallSpec(undefined, {
      net: { ...net, activation },
      loss,
      probe: { samples, steps: [0, steps] },
      exponents: { input, hidden, output },
    });
    const session = referenceEngine.open(spec);
    session.setData({ inputs, targets, samples, inputDim: net.inputDim, outputDim: net.outputDim });
    const shapes = [
      [net.width, net.inputDim],
      [net.width, net.width],
      [net.outputDim, net.width],
    ];
    session.setParams(oracle.weights.map((w, i) => matrix(shapes[i][0], shapes[i][1], Float64Array.from(w))));
    return session;
  }

  // Five steps of a few hundred roundings each, none of them amplified much at these rates.
  const tolerance = { rtol: 1e-12, atol: 1e-13 };

  test.each(oracle.runs)('trains as NumPy does: $activation, $loss.kind, $loss.reduction', (run) => {
    // SAFETY: the oracle's names are those of core; JSON widens them to strings.
    const session = oracleSession(run.activation as ActivationName, run.loss as LossSpec);
    expect([...session.step(steps, rates), session.loss()]).toBeCloseToAll(run.losses, tolerance);
    expect(session.features(2, 'preactivation').data).toBeCloseToAll(run.preactivation2, tolerance);
    expect(session.outputs().data).toBeCloseToAll(run.outputs, tolerance);
  });
});

describe('the gradient', () => {
  const h = 1e-5;

  function lossAt(spec: RunSpec, weights: readonly Matrix[]): number {
    const session = opened(spec, weights);
    return session.loss();
  }

  // An update at rate 1 is the gradient. Central differences are off by h²/6 of the third derivative and by ε·loss/h.
  test.each(ACTIVATION_NAMES)('equals central differences with %s', (activation) => {
    const base = smallSpec();
    const spec = { ...base, net: { ...base.net, width: 8, activation } };
    const weights = initialWeights(spec);
    const session = opened(spec, weights);
    session.step(
      1,
      weights.map(() => 1),
    );
    session.getParams().forEach((after, layer) => {
      for (const at of [0, 5, 11, 17]) {
        const gradient = weights[layer].data[at] - after.data[at];
        const moved = (by: number): readonly Matrix[] =>
          weights.map((w, i) => {
            const copy = w.data.slice();
            if (i === layer) copy[at] += by;
            return matrix(w.rows, w.cols, copy);
          });
        const difference = (lossAt(spec, moved(h)) - lossAt(spec, moved(-h))) / (2 * h);
        expect([gradient]).toBeCloseToAll([difference], { rtol: 1e-6, atol: 1e-9 });
      }
    });
  });
});

describe('a session', () => {
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
    expect(session.getParams()).toEqual(weights);
    session.getParams()[0].data.fill(0);
    weights[0].data.fill(0);
    session.setData(smallData);
    expect(session.loss()).toBe(loss);
  });

  test('shows the first samples as its probe', () => {
    const session = opened(spec);
    const shape = ({ rows, cols }: Matrix): readonly number[] => [rows, cols];
    expect(shape(session.features(3, 'activation'))).toEqual([4, 64]);
    expect(shape(session.outputs())).toEqual([4, 3]);
    const whole = opened({ ...spec, probe: { ...spec.probe, samples: 10 } });
    expect([...session.outputs().data]).toEqual([...whole.outputs().data.subarray(0, 12)]);
    const [h, x] = [session.features(1, 'preactivation'), session.features(1, 'activation')];
    expect([...x.data]).toEqual([...h.data].map(Math.tanh));
  });

  test('needs data before it can compute', () => {
    expect(() => referenceEngine.open(spec).loss()).toThrow(
      'referenceEngine: expected setData before this call, got none',
    );
  });
});

function opened(spec: RunSpec, weights: readonly Matrix[] = initialWeights(spec)): EngineSession {
  const session = referenceEngine.open(spec);
  session.setData(smallData);
  session.setParams(weights);
  return session;
}
