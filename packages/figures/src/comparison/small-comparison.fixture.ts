import {
  type ComparisonReport,
  type ComparisonRequest,
  datasetHash,
  displayLabel,
  type LimitsByName,
  limitLambdaMin,
  matrix,
  mixtureDataset,
  PARAMETRIZATIONS,
  type PlannedRun,
  planComparison,
  type RunResult,
  reduceComparison,
  referenceEngine,
  train,
} from '@widthwise/core';

/** A real comparison of nets so small that a test can train them. */
export interface SmallComparison {
  readonly request: ComparisonRequest;
  readonly plan: readonly PlannedRun[];
  readonly results: ReadonlyMap<string, RunResult>;
  readonly labels: Readonly<Record<string, string>>;
  readonly limits: LimitsByName;
  readonly report: ComparisonReport;
}

/** The paper's five, over three widths and three seeds; the rate makes SP with a constant one diverge at every width. */
export function smallComparison(given: Partial<ComparisonRequest> = {}): SmallComparison {
  const dataset = mixtureDataset({ classes: 4, dim: 6, samples: 12, seed: 0 });
  const asked: Omit<ComparisonRequest, 'limits' | 'spectra'> = {
    parametrizations: Object.values(PARAMETRIZATIONS),
    widths: [16, 32, 64],
    seeds: 3,
    depth: 3,
    activation: 'tanh',
    steps: 10,
    learningRate: 4,
    baseWidth: 1,
    readout: 'scaled',
    initStd: 1,
    loss: { kind: 'half-square', reduction: 'mean' },
    batch: null,
    optimizer: { kind: 'sgd' },
    probe: { samples: 5, steps: [0, 1, 2, 5, 10], keeps: 'grams' },
    data: { kind: 'mixture', hash: datasetHash(dataset) },
    dataset,
    engine: { name: referenceEngine.name, numerics: referenceEngine.numerics },
    ...given,
  };
  const limits = limitsOf(asked);
  const request: ComparisonRequest = { ...asked, limits, spectra: {} };
  const plan = planComparison(request);
  const results = new Map(plan.map(({ hash, spec }) => [hash, trained(spec, request)]));
  return {
    request,
    plan,
    results,
    limits,
    labels: Object.fromEntries(request.parametrizations.map((each) => [each.name, displayLabel(each)])),
    report: reduceComparison(request, { plan, results, complete: true }),
  };
}

function trained(spec: PlannedRun['spec'], { dataset }: ComparisonRequest): RunResult {
  const run = train(spec, dataset, referenceEngine);
  let next = run.next();
  while (!next.done) next = run.next();
  return next.value;
}

function limitsOf({
  parametrizations,
  dataset,
  probe,
  ...network
}: Omit<ComparisonRequest, 'limits' | 'spectra'>): LimitsByName {
  const { inputDim, inputs } = dataset;
  const probeInputs = matrix(probe.samples, inputDim, inputs.slice(0, probe.samples * inputDim));
  const { initStd, activation, depth } = network;
  return Object.fromEntries(
    parametrizations.map((exponents) => [
      exponents.name,
      limitLambdaMin({ exponents, initStd, activation, depth, probeInputs }),
    ]),
  );
}
