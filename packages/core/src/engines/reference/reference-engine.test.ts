import { describe, expect, test } from 'vitest';
import oracle from '../../../test/oracles/training.json' with { type: 'json' };
import { smallData, smallSpec } from '../../../test/small-run.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
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

describe('a session', () => {
  const spec = smallSpec();
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
});

function opened(spec: RunSpec, weights: readonly Matrix[] = initialWeights(spec)): EngineSession {
  const session = referenceEngine.open(spec);
  session.setData(smallData);
  session.setParams(weights);
  return session;
}
