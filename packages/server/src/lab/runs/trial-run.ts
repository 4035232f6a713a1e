import { costEstimate, type Dataset, type RunSpec } from '@widthwise/core';

/** One step within these takes some hundredths of a second. */
const MOST = { width: 256, depth: 3, samples: 64, inputDim: 256, outputDim: 64, steps: 10 };

/** A run, and what it is trained on. */
export interface TrialRun {
  readonly spec: RunSpec;
  readonly dataset: Dataset;
}

/** A run cut down to what tells how fast a machine is. */
export function trialRun({ spec: run, dataset: whole }: TrialRun): TrialRun {
  const dataset = cornerOf(whole);
  const { samples, inputDim, outputDim } = dataset;
  const { net, probe } = run;
  const width = Math.min(net.width, MOST.width);
  const depth = Math.min(net.depth, MOST.depth);
  const steps = Math.min(run.steps, MOST.steps);
  const spec = {
    ...run,
    net: { ...net, width, depth, inputDim, outputDim },
    steps,
    probe: {
      ...probe,
      samples: Math.min(probe.samples, samples),
      steps: [...probe.steps.filter((step) => step < steps), steps],
    },
  };
  return { spec, dataset };
}

/** A run that takes so many times as long as a trial ends soon enough to be one. */
const MOST_TRIALS = 4;

/** Those of some runs on a data set that are as wide as a trial of this one or wider and not much longer, the shortest first. */
export function runsOfTrial<Run extends { readonly spec: RunSpec }>(
  runs: readonly Run[],
  run: TrialRun,
): readonly Run[] {
  const { spec: tried, dataset } = trialRun(run);
  const flopsOf = (spec: RunSpec, samples: number): number =>
    costEstimate([{ hash: '', spec }], samples).flops;
  const most = MOST_TRIALS * flopsOf(tried, dataset.samples);
  return runs
    .filter(({ spec }) => spec.net.width >= tried.net.width)
    .map((each) => ({ each, flops: flopsOf(each.spec, run.dataset.samples) }))
    .filter(({ flops }) => flops <= most)
    .sort((one, other) => one.flops - other.flops)
    .map(({ each }) => each);
}

/** The first samples, entries and targets. */
function cornerOf({ inputs, targets, ...whole }: Dataset): Dataset {
  const samples = Math.min(whole.samples, MOST.samples);
  const inputDim = Math.min(whole.inputDim, MOST.inputDim);
  const outputDim = Math.min(whole.outputDim, MOST.outputDim);
  return {
    samples,
    inputDim,
    outputDim,
    inputs: firstOf(inputs, whole.inputDim, samples, inputDim),
    targets: firstOf(targets, whole.outputDim, samples, outputDim),
  };
}

function firstOf(values: Float64Array, rowLength: number, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => values[Math.floor(i / columns) * rowLength + (i % columns)]!,
  );
}
