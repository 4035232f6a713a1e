import {
  COORDINATE_CHECK,
  type CoordinateCheckRequest,
  type CoordinateReport,
  datasetHash,
  mixtureDataset,
  PARAMETRIZATIONS,
  type ParametrizationId,
  type RunResult,
  referenceEngine,
  train,
  withDefaults,
} from '@widthwise/core';

/** A real coordinate check of nets so small that a test can train them. */
export interface SmallCheck {
  readonly request: CoordinateCheckRequest;
  readonly report: CoordinateReport;
}

/** Three widths, three seeds, two updates. */
export function smallCheck(parametrization: ParametrizationId): SmallCheck {
  const dataset = mixtureDataset({ classes: 4, dim: 6, samples: 12, seed: 0 });
  const asked = { widths: [32, 64, 128], seeds: 3, steps: 2, depth: 2 };
  const request = COORDINATE_CHECK.request(withDefaults(COORDINATE_CHECK.fields, asked), {
    dataset,
    data: { kind: 'mixture', hash: datasetHash(dataset) },
    parametrizations: [PARAMETRIZATIONS[parametrization]],
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
  });
  const plan = COORDINATE_CHECK.plan(request);
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of plan) {
    const run = train(spec, dataset, referenceEngine);
    let next = run.next();
    while (!next.done) next = run.next();
    results.set(hash, next.value);
  }
  return { request, report: COORDINATE_CHECK.reduce(request, { plan, results, complete: true }) };
}
