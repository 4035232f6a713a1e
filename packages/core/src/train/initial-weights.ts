import { type Matrix, matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { fillNormal } from '../random/normal.ts';
import { streamsFromSeed } from '../random/rng.ts';
import type { RunSpec } from '../run/run-spec.ts';

/**
 * The weights w¹ … w^{L+1} that a run starts from, before their multipliers.
 *
 * Every layer draws from a stream of its own, so one (seed, width) gives the same standard normals under every
 * parametrization, and a zero start of one layer leaves the others as they are. Widths share no draws: a slope's
 * interval takes its points as independent.
 *
 * @returns L + 1 matrices, shape [fanOut, fanIn]
 */
export function initialWeights(spec: RunSpec): readonly Matrix[] {
  const weights = streamsFromSeed(spec.seed).weights.split(spec.net.width);
  return concreteScaling(spec).map(({ fanIn, fanOut, initStd }) => {
    const layerStream = weights.split();
    const w = matrix(fanOut, fanIn);
    if (initStd !== 0) fillNormal(w.data, layerStream, initStd);
    return w;
  });
}
