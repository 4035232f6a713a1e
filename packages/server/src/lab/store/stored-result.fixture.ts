import { mixtureDataset, type RunResult, type RunSpec, referenceEngine, train } from '@widthwise/core';

const DATASET = mixtureDataset({ classes: 2, dim: 3, samples: 4, seed: 0 });
const ABC = { a: 0, b: 0.5, c: 1 };
const SPEC: RunSpec = {
  version: 1,
  net: { inputDim: 3, width: 4, depth: 1, outputDim: 1, activation: 'tanh' },
  exponents: { input: ABC, hidden: ABC, output: ABC },
  optimizer: { kind: 'sgd' },
  constants: { baseWidth: 1, initStd: 1, learningRate: 0.1 },
  loss: { kind: 'half-square', reduction: 'mean' },
  data: { kind: 'mixture', hash: 'a'.repeat(64) },
  steps: 2,
  probe: { samples: 1, steps: [0, 1, 2] },
  seed: 0,
  engine: { name: 'reference', numerics: 1 },
};

/** The result of a tiny real run. */
export function resultOf(seed: number, others: Partial<RunSpec> = {}): RunResult {
  const run = train({ ...SPEC, seed, ...others }, DATASET, referenceEngine);
  let next = run.next();
  while (!next.done) next = run.next();
  return next.value;
}

/** Results of runs that end otherwise, or are looked at otherwise. */
export const UNUSUAL_RESULTS: readonly (readonly [what: string, result: RunResult])[] = [
  ['coordinates are watched', resultOf(0, { probe: { ...SPEC.probe, measures: 'coordinates' } })],
  ['diverges', resultOf(0, { constants: { ...SPEC.constants, learningRate: 1e9 } })],
  ['is not finite from the start', resultOf(0, { constants: { ...SPEC.constants, initStd: 1e200 } })],
  ['begins at 0', resultOf(0, { exponents: { input: { ...ABC, b: 'zero' }, hidden: ABC, output: ABC } })],
];
