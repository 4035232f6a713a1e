import { drawnWeights } from '../engines/drawn-weights.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { drawNormals, type NormalDraw } from '../random/normal.ts';
import { streamsFromSeed } from '../random/rng.ts';
import type { RunSpec } from '../run/run-spec.ts';

/**
 * What the weights w¹ … w^{L+1} are drawn from that a run starts with, before their multipliers.
 *
 * Every layer draws from a stream of its own, so one (seed, width) gives the same standard normals under every
 * parametrization, and a zero start of one layer leaves the others as they are. Widths share no draws: a slope's
 * interval takes its points as independent.
 */
export function initialDraws(spec: RunSpec): readonly NormalDraw[] {
  const weights = streamsFromSeed(spec.seed).weights.split(spec.net.width);
  return concreteScaling(spec).map(({ fanIn, fanOut, initStd }) => ({
    count: fanIn * fanOut,
    std: initStd,
    rng: weights.split(),
  }));
}

/** The weights that {@link initialDraws} give: L + 1 matrices, shape [fanOut, fanIn]. */
export function initialWeights(spec: RunSpec): readonly Matrix[] {
  return drawnWeights(spec, initialDraws(spec), drawNormals);
}
