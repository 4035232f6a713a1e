import type { RunSpec } from '../train/run-spec.ts';
import type { PlannedRun } from './comparison-request.ts';

/** What one run takes, before it is run. */
export interface RunCost {
  /** Floating point operations, a multiplication and an addition being two. */
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
/** w, its gradient, and the w_0 that movement is measured from never lie in memory more often than this. */
const WEIGHT_COPIES = 3;
/** h, x, their gradients and the probe's first and latest features. */
const FEATURE_COPIES = 6;

/**
 * What a plan will take on a data set of so many samples.
 *
 *     weights = d·n + (L − 1)·n² + n·k
 *     flops ≈ T·samples·(6·weights − 2·d·n) + probed steps·probe·(2·weights + 2·L·n·probe)
 */
export function costEstimate(plan: readonly PlannedRun[], samples: number): PlanCost {
  const runs = plan.map(({ spec }) => runCost(spec, samples));
  const distinct = new Map(plan.map(({ hash }, index) => [hash, runs[index].flops]));
  return {
    runs,
    flops: [...distinct.values()].reduce((total, flops) => total + flops, 0),
    peakBytes: runs.reduce((peak, { bytes }) => Math.max(peak, bytes), 0),
  };
}

function runCost({ net, steps, probe }: RunSpec, samples: number): RunCost {
  const { inputDim, width, depth, outputDim } = net;
  const weights = inputDim * width + (depth - 1) * width * width + width * outputDim;
  // Forward, weight gradient and input gradient take 2 flops per weight and sample each; ξ needs no gradient.
  const update = samples * (6 * weights - 2 * inputDim * width);
  const watch = probe.samples * (2 * weights + 2 * depth * width * probe.samples);
  const features = (samples + probe.samples) * (depth * width + outputDim + inputDim);
  return {
    flops: steps * update + 2 * samples * weights + probe.steps.length * watch,
    bytes: FLOAT64_BYTES * (WEIGHT_COPIES * weights + FEATURE_COPIES * features),
  };
}
