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

/** A run that takes no longer than this on a usual machine, in nanoseconds by engine, ends soon enough to be a trial. */
const MOST_TIME: Readonly<Record<string, number>> = { wasm: 1e8, reference: 7e8 };
const GRAPHS_MOST_TIME = 2e8;

/** How much narrower than a trial a run may be that is taken in its place. */
const NARROWEST = 1 / 2;

/** Those of some runs on a data set that tell as much as a trial of this one and are not much longer, the shortest first. */
export function runsOfTrial<Run extends { readonly spec: RunSpec }>(
  runs: readonly Run[],
  { spec, dataset }: TrialRun,
): readonly Run[] {
  const narrowest = NARROWEST * Math.min(spec.net.width, MOST.width);
  const most = MOST_TIME[spec.engine.name] ?? GRAPHS_MOST_TIME;
  return runs
    .filter((run) => run.spec.net.width >= narrowest)
    .map((run) => ({ run, time: timeOf(run.spec, dataset.samples) }))
    .filter(({ time }) => time <= most)
    .sort((one, other) => one.time - other.time)
    .map(({ run }) => run);
}

function timeOf(spec: RunSpec, samples: number): number {
  return costEstimate([{ hash: '', spec }], samples).runs[0]!.nanoseconds;
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
