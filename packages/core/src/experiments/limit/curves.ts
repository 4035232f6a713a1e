import type { Dataset } from '../../data/dataset.ts';
import { decidableLambdaMin } from '../../limit/limit-lambda-min.ts';
import type { TrainingLimit } from '../../limit/training/training-limit.ts';
import { eigvalsh } from '../../linalg/eigvalsh.ts';
import { leadingBlock, type Matrix, matrix } from '../../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../../linalg/norms.ts';
import { unpackedGram } from '../../linalg/packed-gram.ts';
import { type LossSpec, loss } from '../../model/loss.ts';
import { type LambdaMeans, lambdaMeans } from '../../quantities/mean-gram-lambda-min.ts';
import { extrapolatedMeans } from '../../statistics/extrapolated.ts';
import { slopeOf } from '../../statistics/log-log-slope.ts';
import { logMeans, type Unmeasured, type WidthMeans } from '../../statistics/width-means.ts';
import { byWidth } from './by-width.ts';
import type { EndedRun } from './ended-run.ts';
import type { GramDistance, LimitPoint } from './report.ts';

/**
 * Eigenvectors that are mixed further are of eigenvalues that may meet in the limit: these repel each other by more than
 * c/n. So many experiments print an interval that does not hold: docs/statistics.md#what-is-extrapolated.
 */
const MOST_MIXING = 1 / 4;

/** A run beside its limit: the first samples are watched. */
export interface BesideLimit {
  readonly limit: Pick<TrainingLimit, 'outputs' | 'kernels'> | null;
  readonly dataset: Dataset;
  readonly loss: LossSpec;
  readonly probe: { readonly samples: number };
}

/** Of every width at one step. */
export function lossMeans(runs: readonly EndedRun[], step: number): WidthMeans | Unmeasured {
  return logMeans(
    runs.flatMap(({ width, result }) => {
      const own = result.series.find(({ quantity }) => quantity === 'loss');
      const value = own?.values[own.steps.indexOf(step)];
      return value === undefined ? [] : [{ width, value }];
    }),
  );
}

/** λ_min of the Gram of one layer averaged over seeds, of every width at one step; unmeasured where one is below its floor. */
export function gramMeans(runs: readonly EndedRun[], layer: number, step: number): LambdaMeans | Unmeasured {
  const grams = runs.flatMap(({ width, result }) => {
    const own = result.kept?.find((each) => each.layer === layer && each.step === step);
    return own === undefined ? [] : [{ width, gram: own.gram }];
  });
  return aboveFloors(lambdaMeans(grams));
}

/** Those of λ_min, unless it is below its floor at a width. */
export function aboveFloors(means: LambdaMeans | Unmeasured): LambdaMeans | Unmeasured {
  if ('reason' in means || means.bounded.length === 0) return means;
  return { reason: `λ_min is below its numerical floor at width ${means.bounded[0]}` };
}

/** The loss of f in the limit: f has no spread there. Null where no equations are known, and from where it diverges on. */
export function limitLoss({ limit, dataset, loss: spec }: BesideLimit, step: number): number | null {
  const outputs = limit?.outputs[step];
  if (outputs === undefined) return null;
  return loss(spec, outputs, matrix(dataset.samples, dataset.outputDim, dataset.targets));
}

/** Of the watched samples; null where no equations are known, from where it diverges on, and below what float64 tells from 0. */
export function limitLambdaMin(beside: BesideLimit, step: number, layer: number): number | null {
  const kernel = watchedKernel(beside, step, layer);
  return kernel && decidableLambdaMin(eigvalsh(kernel));
}

function watchedKernel({ limit, probe }: BesideLimit, step: number, layer: number): Matrix | null {
  const kernels = limit?.kernels[step];
  return kernels === undefined ? null : leadingBlock(kernels[layer - 1], probe.samples);
}

/** One point of a curve: the limit itself, and what measured widths come to as n → ∞; null where nothing is measured. */
export function pointAt(
  step: number,
  limit: number | null,
  means: WidthMeans | LambdaMeans | Unmeasured,
): LimitPoint {
  if ('reason' in means) return { step, limit, extrapolated: null, byWidth: [] };
  return { step, limit, extrapolated: extrapolatedAt(means), byWidth: byWidth(means) };
}

/** Null where least eigenvalues may meet. */
function extrapolatedAt(means: WidthMeans | LambdaMeans): LimitPoint['extrapolated'] {
  return 'mixing' in means && means.mixing > MOST_MIXING ? null : extrapolatedMeans(means);
}

/** How near the Grams of one layer of single networks are after the last step. */
export function distanceOf(
  beside: BesideLimit & { readonly steps: number },
  runs: readonly EndedRun[],
  layer: number,
): GramDistance | null {
  const kernel = watchedKernel(beside, beside.steps, layer);
  if (kernel === null) return null;
  const means = logMeans(
    runs.flatMap(({ width, result }) => {
      const own = result.kept?.find((each) => each.layer === layer && each.step === beside.steps);
      if (own === undefined) return [];
      return [{ width, value: frobeniusDistance(unpackedGram(own.gram), kernel) / frobeniusNorm(kernel) }];
    }),
  );
  return { slope: slopeOf(means), byWidth: 'reason' in means ? [] : byWidth(means) };
}
