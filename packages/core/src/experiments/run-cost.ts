import type { OptimizerSpec } from '../model/optimizer.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { tangentSteps } from '../run/tangent-steps.ts';
import type { PlannedRun } from './planned-run.ts';

/** What one run takes, before it is run. */
export interface RunCost {
  /** Floating point operations of matrix products, or the time of so many: a multiplication and an addition are two. */
  readonly flops: number;
  /** Memory at its peak. */
  readonly bytes: number;
}

export interface PlanCost {
  /** Of every run of the plan, in its order. */
  readonly runs: readonly RunCost[];
  /** Of all runs; what two cells share is counted once. */
  readonly flops: number;
  /** Of the largest run. */
  readonly peakBytes: number;
}

const FLOAT64_BYTES = 8;
/** A standard normal takes as long as so many flops of a matrix product (25 ns at 4 GFLOP/s). */
const FLOPS_PER_NORMAL = 100;
/** The same for each of a layer's n · probe² products in its Gram and singular values, sweeps included. */
const FLOPS_PER_WATCHED_PRODUCT = 25;
/** Of the spectral norms of a weight and of its update, an entry: twenty iterations of two products each, at a quarter of the pace. */
const FLOPS_PER_NORM = 320;
/** The weights as drawn and as trained; in float32 training they stand there as rounded, as begun and as changed. */
const WEIGHT_COPIES = 3;
/** What an update rule remembers of every entry; gradient descent not even its gradient. */
const REMEMBERED: Readonly<Record<OptimizerSpec['kind'], number>> = { sgd: 0, momentum: 1, adam: 3 };
/** h, x and the error of every training sample; h_0 and x_0 of the probe, and its singular values' workspace. */
const SAMPLE_COPIES = 3;
const PROBE_COPIES = 4;

/**
 * What a plan will take on a data set of so many samples.
 *
 *     weights = d·n + (L − 1)·n² + n·k
 *     flops = T·samples·(6·weights − 2·d·n) + 2·samples·weights + 100·weights + 25·probed steps·L·n·probe²
 *
 * with probe instead of its square where only coordinates are measured; bounds come on top where convergence is, norms of
 * weights where they are looked at.
 */
export function costEstimate(plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[], samples: number): PlanCost {
  const runs = plan.map(({ spec }) => runCost(spec, samples));
  const distinct = new Map(plan.map(({ hash }, index) => [hash, runs[index].flops]));
  return {
    runs,
    flops: [...distinct.values()].reduce((total, flops) => total + flops, 0),
    peakBytes: runs.reduce((peak, { bytes }) => Math.max(peak, bytes), 0),
  };
}

/**
 * Of the gradient–loss bound at every probed step and of the tangent kernel where it is taken.
 *
 *     steps·samples·(6·weights + 50·n·samples) + kernels·m·(2·weights + 2·L·n·m + 10·m²),   m = samples·k
 */
function boundingFlops(
  { width, depth, outputDim }: RunSpec['net'],
  { steps }: RunSpec['probe'],
  { samples, weights }: { readonly samples: number; readonly weights: number },
): number {
  const pairs = samples * outputDim;
  const readout = samples * (6 * weights + 2 * FLOPS_PER_WATCHED_PRODUCT * width * samples);
  const tangent = pairs * (2 * weights + 2 * depth * width * pairs + 10 * pairs * pairs);
  return steps.length * readout + tangentSteps(steps, pairs).length * tangent;
}

/** How many products each coordinate of a probed feature enters. */
function productsWatched({ measures, samples }: RunSpec['probe']): number {
  if (measures === 'loss') return 0;
  return measures === 'coordinates' ? 1 : samples;
}

function runCost({ net, steps, probe, optimizer, batch }: RunSpec, samples: number): RunCost {
  const { inputDim, width, depth, outputDim } = net;
  const weights = inputDim * width + (depth - 1) * width * width + width * outputDim;
  // Forward, weight gradient and input gradient take 2 flops per weight and sample each; ξ needs no gradient.
  const training =
    steps * Math.min(batch ?? samples, samples) * (6 * weights - 2 * inputDim * width) +
    2 * samples * weights;
  const watching = probe.steps.length * depth * width * probe.samples * productsWatched(probe);
  const bounding = probe.measures === 'convergence' ? boundingFlops(net, probe, { samples, weights }) : 0;
  const weighing =
    probe.weights === 'spectral' ? probe.steps.length * weights * (2 * probe.samples + FLOPS_PER_NORM) : 0;
  const features = depth * width * (SAMPLE_COPIES * samples + PROBE_COPIES * probe.samples);
  return {
    flops: training + FLOPS_PER_NORMAL * weights + FLOPS_PER_WATCHED_PRODUCT * watching + bounding + weighing,
    bytes:
      FLOAT64_BYTES *
      ((WEIGHT_COPIES + REMEMBERED[optimizer.kind]) * weights +
        features +
        samples * (inputDim + 2 * outputDim)),
  };
}
