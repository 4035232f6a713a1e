import { datasetHash } from '../src/data/dataset-hash.ts';
import { mixtureDataset } from '../src/data/mixture.ts';
import type { Engine } from '../src/engines/engine.ts';
import { referenceEngine } from '../src/engines/reference/reference-engine.ts';
import { OPTIMIZERS } from '../src/model/optimizer.ts';
import type { Parametrization } from '../src/parametrization/parametrization.ts';
import { PARAMETRIZATIONS } from '../src/parametrization/table.ts';
import { probeSteps } from '../src/run/probe-steps.ts';
import type { RunResult, StepRecord } from '../src/run/run-result.ts';
import type { RunSpec } from '../src/run/run-spec.ts';
import { train } from '../src/train/train.ts';

/** Ten points of three classes: enough to train on, and quick. */
export const smallData = mixtureDataset({ classes: 3, dim: 6, samples: 10, seed: 0 });

/** A run on the small data: three hidden layers of 64 tanh units, four steps, unless changed. */
export function smallSpec(
  parametrization: Parametrization = PARAMETRIZATIONS.mup,
  changes: Partial<RunSpec> & { readonly width?: number } = {},
): RunSpec {
  const { width = 64, steps = 4, ...others } = changes;
  const { input, hidden, output, optimizer } = parametrization;
  return {
    version: 1,
    net: { inputDim: 6, width, depth: 3, outputDim: 3, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS[optimizer],
    constants: { baseWidth: 1, initStd: 1, learningRate: 0.5 },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'mixture', hash: datasetHash(smallData) },
    steps,
    probe: { samples: 4, steps: probeSteps(steps) },
    seed: 0,
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
    ...others,
  };
}

/** Trains to the end. */
export function trained(
  spec: RunSpec,
  engine: Engine = referenceEngine,
): { readonly records: readonly StepRecord[]; readonly result: RunResult } {
  const records: StepRecord[] = [];
  const steps = train(spec, smallData, engine);
  let next = steps.next();
  while (!next.done) {
    records.push(next.value);
    next = steps.next();
  }
  return { records, result: next.value };
}
