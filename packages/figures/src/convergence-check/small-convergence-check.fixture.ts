import {
  CONVERGENCE_CHECK,
  type ConvergenceCheckRequest,
  type ConvergenceReport,
  type Dataset,
  datasetHash,
  mixtureDataset,
  PARAMETRIZATIONS,
  type ParametrizationId,
  type RunResult,
  referenceEngine,
  train,
  withDefaults,
} from '@widthwise/core';

/** A real convergence check of nets so small that a test can train them. */
interface SmallConvergenceCheck {
  readonly request: ConvergenceCheckRequest;
  readonly report: ConvergenceReport;
}

const MIXTURE = mixtureDataset({ classes: 3, dim: 6, samples: 8, seed: 0 });

/** The mixture with its second sample in the place of its first, whose label stays. */
const CONTRADICTING: Dataset = {
  ...MIXTURE,
  inputs: MIXTURE.inputs.map((entry, at) =>
    at < MIXTURE.inputDim ? MIXTURE.inputs[at + MIXTURE.inputDim]! : entry,
  ),
};

/** Three widths, two seeds, unless asked for otherwise. */
export function smallConvergenceCheck(
  parametrization: ParametrizationId,
  asked: object = {},
  data: 'mixture' | 'contradicting' = 'mixture',
): SmallConvergenceCheck {
  const dataset = data === 'mixture' ? MIXTURE : CONTRADICTING;
  const params = { widths: [64, 96, 128], seeds: 2, steps: 30, depth: 2, ...asked };
  const request = CONVERGENCE_CHECK.request(withDefaults(CONVERGENCE_CHECK.fields, params), {
    dataset,
    data: { kind: 'mixture', hash: datasetHash(dataset) },
    parametrizations: [PARAMETRIZATIONS[parametrization]],
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
  });
  const plan = CONVERGENCE_CHECK.plan(request);
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of plan) {
    const run = train(spec, dataset, referenceEngine);
    let next = run.next();
    while (!next.done) next = run.next();
    results.set(hash, next.value);
  }
  return { request, report: CONVERGENCE_CHECK.reduce(request, { plan, results, complete: true }) };
}
