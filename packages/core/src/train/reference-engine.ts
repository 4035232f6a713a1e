import type { Dataset } from '../data/dataset.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { activation } from '../model/activation.ts';
import { descend } from '../model/backward.ts';
import { forward, type Weight } from '../model/forward.ts';
import { fillErrorSignal, loss } from '../model/loss.ts';
import { newTape, type Tape } from '../model/tape.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import type { Engine, EngineSession } from './engine.ts';
import type { RunSpec } from './run-spec.ts';

/** The numeric version of the `reference` engine. */
export const REFERENCE_NUMERICS = 1;

/** Plain float64 in TypeScript: what every other engine is measured against. */
export const referenceEngine: Engine = {
  name: 'reference',
  numerics: REFERENCE_NUMERICS,
  open: (spec) => openSession(spec),
};

function openSession(spec: RunSpec): EngineSession {
  const phi = activation(spec.net.activation);
  let weights: readonly Weight[] = [];
  let batch: { readonly tape: Tape; readonly targets: Matrix } | undefined;
  /** The tape holds a forward pass at the current weights. */
  let current = false;

  const evaluated = (): { tape: Tape; targets: Matrix } => {
    if (batch === undefined)
      throw new TypeError('referenceEngine: expected setData before this call, got none');
    if (!current) forward(weights, phi, batch.tape);
    current = true;
    return batch;
  };
  const lossNow = (): number => {
    const { tape, targets } = evaluated();
    return loss(spec.loss, tape.outputs, targets);
  };
  const update = (rates: readonly number[]): void => {
    const { tape, targets } = evaluated();
    fillErrorSignal(tape.errors[spec.net.depth], spec.loss, { outputs: tape.outputs, targets });
    descend(weights, { tape, activation: phi, rates });
    current = false;
  };

  return {
    setData(data: Dataset): void {
      const inputs = matrix(data.samples, data.inputDim, data.inputs);
      batch = {
        tape: newTape(spec.net, inputs),
        targets: matrix(data.samples, data.outputDim, data.targets),
      };
      current = false;
    },
    setParams(params: readonly Matrix[]): void {
      weights = concreteScaling(spec).map(({ multiplier, fanIn, fanOut }, index) => ({
        w: matrix(fanOut, fanIn, params[index].data.slice()),
        multiplier,
      }));
      current = false;
    },
    getParams: () => weights.map(({ w }) => matrix(w.rows, w.cols, w.data.slice())),
    step(count: number, learningRates: readonly number[]): Float64Array {
      const losses = new Float64Array(count);
      for (let step = 0; step < count; step++) {
        losses[step] = lossNow();
        update(learningRates);
      }
      return losses;
    },
    loss: lossNow,
    features(layer: number, which: 'preactivation' | 'activation'): Matrix {
      const { tape } = evaluated();
      const kept = which === 'preactivation' ? tape.preactivations : tape.activations;
      return firstRows(kept[layer - 1], spec.probe.samples);
    },
    outputs: () => firstRows(evaluated().tape.outputs, spec.probe.samples),
    dispose(): void {
      weights = [];
      batch = undefined;
    },
  };
}

/** A view, not a copy. */
function firstRows(m: Matrix, rows: number): Matrix {
  return matrix(rows, m.cols, m.data.subarray(0, rows * m.cols));
}
