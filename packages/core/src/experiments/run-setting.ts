import type { DataIdentity, Dataset } from '../data/dataset.ts';
import type { LossSpec } from '../model/loss.ts';
import type { ActivationName } from '../model/net-spec.ts';
import { OPTIMIZERS, type OptimizerSpec } from '../model/optimizer.ts';
import { probeSteps } from '../run/probe-steps.ts';
import type { ProbePlan, RunSpec } from '../run/run-spec.ts';
import { defaultRate } from './default-rates.ts';
import type { ExperimentInputs } from './experiment.ts';
import { FieldError } from './params/field-error.ts';
import { MOST_RUNS, type Readout, type RunParams } from './params/run-params.ts';

/** What of an experiment a time budget has left out. */
export interface TimeCut {
  /** Seconds. */
  readonly timeBudget: number;
  /** How many seeds were asked for; judged are those that ended, at every width and under every parametrization. */
  readonly seedsAsked: number;
  /** Whether what those seeds had shown was to be followed by more runs. */
  readonly endedSearch: boolean;
}

/** What the runs of an experiment have in common: one network on one data set, at several widths, for seeds 0…S−1. */
export interface RunSetting {
  /** Ascending, at least two. */
  readonly widths: readonly number[];
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  /** Samples that an update sees; null is all of them. */
  readonly batch: number | null;
  readonly learningRate: number;
  /** S. */
  readonly seeds: number;
  readonly baseWidth: number;
  /** In the parametrizations already. */
  readonly readout: Readout;
  readonly loss: LossSpec;
  readonly optimizer: OptimizerSpec;
  readonly engine: RunSpec['engine'];
  readonly initStd: number;
  readonly probe: ProbePlan;
  readonly data: DataIdentity;
  readonly dataset: Dataset;
  /** Without it, nothing was left out. */
  readonly cut?: TimeCut;
}

/**
 * The setting that parameters ask for, on the data they name.
 *
 * @throws FieldError for more runs than one experiment may have, and for a probe that data or widths do not bear
 */
export function runSetting(params: RunParams, inputs: ExperimentInputs): RunSetting {
  const { widths, depth, activation, steps, learningRate, seeds, baseWidth, readout, loss, reduction } =
    params;
  requireFewRuns(inputs.parametrizations.length * widths.length * seeds);
  if (loss === 'cross-entropy') requireClasses(inputs.dataset);
  return {
    widths,
    depth,
    activation,
    steps,
    batch: batchSize(params.batch, inputs.dataset.samples),
    learningRate:
      learningRate ??
      defaultRate({ optimizer: params.optimizer, reduction, samples: inputs.dataset.samples }),
    seeds,
    baseWidth: baseWidth ?? widths[0],
    readout,
    loss: { kind: loss, reduction },
    optimizer: OPTIMIZERS[params.optimizer],
    engine: inputs.engine,
    initStd: 1,
    probe: {
      samples: probeSamples(params.probe, inputs.dataset.samples, widths[0]),
      steps: probeSteps(steps),
    },
    data: inputs.data,
    dataset: inputs.dataset,
  };
}

/** @throws FieldError for targets that are not one-hot − 1/k, as those of two classes and of a regression are not */
function requireClasses({ targets, outputDim, samples }: Dataset): void {
  const classes = targets.filter((target) => target > 0).length;
  if (outputDim > 1 && classes === samples && targets.every((target) => target >= -1 / outputDim)) return;
  throw new FieldError(
    'loss',
    'cross-entropy is a loss of three or more classes, and the targets of this data are numbers',
  );
}

function batchSize(asked: number | null, samples: number): number | null {
  if (asked === null || asked === samples) return null;
  if (asked < samples) return asked;
  throw new FieldError('batch', `expected a whole number from 1 to ${samples}, got ${asked}`);
}

function requireFewRuns(runs: number): void {
  if (runs <= MOST_RUNS) return;
  throw new FieldError(
    'seeds',
    `parametrizations × widths × seeds would be ${runs} runs; at most ${MOST_RUNS} fit one experiment`,
  );
}

function probeSamples(asked: number | null, samples: number, smallestWidth: number): number {
  const most = mostProbed(smallestWidth);
  if (asked === null) return Math.min(8, samples, most);
  requireSamples(asked, samples);
  if (asked > most) {
    throw new FieldError(
      'probe',
      `at most ${most} samples at smallest width ${smallestWidth} (λ_min is biased above width/16), got ${asked}`,
    );
  }
  return asked;
}

/** @throws FieldError for a probe of more samples than there are */
export function requireSamples(asked: number, samples: number): void {
  if (asked <= samples) return;
  throw new FieldError('probe', `expected a whole number from 1 to ${samples}, got ${asked}`);
}

/** @see docs/math.md, Marchenko–Pastur: with P samples at width n, λ_min is biased down by (1 − √(P/n))² */
function mostProbed(width: number): number {
  return Math.max(1, Math.floor(width / 16));
}
