import { type Matrix, matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { fillNormal } from '../random/normal.ts';
import { streamsFromSeed } from '../random/rng.ts';
import type { RunSpec } from '../run/run-spec.ts';

/** The standard normals of layer l at index l − 1, each asked for once before the next run's. */
export type LayerNormals = (index: number) => Float64Array;

/** Where the standard normals come from that a run's weights are made of. */
export type StandardNormals = (spec: RunSpec) => LayerNormals;

/**
 * Standard normals, those of the last (seed, shape) being kept: runs that differ in their parametrization share them.
 *
 * What it keeps takes as much memory as the weights of one run in float64.
 */
export function keptNormals(): StandardNormals {
  let key = '';
  let kept: (Float64Array | undefined)[] = [];
  return (spec) => {
    const next = drawsOf(spec);
    if (next !== key) kept = [];
    key = next;
    const draw = drawnNormals(spec);
    return (index) => {
      kept[index] ??= draw(index);
      return kept[index];
    };
  };
}

/** What runs have in common that start from the same standard normals. */
export function drawsOf({ net: { inputDim, width, depth, outputDim }, seed }: RunSpec): string {
  return [seed, inputDim, width, depth, outputDim].join();
}

/** Every layer draws from a stream of its own. */
function drawnNormals(spec: RunSpec): LayerNormals {
  const weights = streamsFromSeed(spec.seed).weights.split(spec.net.width);
  const layers = concreteScaling(spec).map(({ fanIn, fanOut }) => ({
    stream: weights.split(),
    count: fanIn * fanOut,
  }));
  return (index) => fillNormal(new Float64Array(layers[index].count), layers[index].stream);
}

/**
 * The weights w¹ … w^{L+1} that a run starts from, before their multipliers.
 *
 * Every layer draws from a stream of its own, so one (seed, width) gives the same standard normals under every
 * parametrization, and a zero start of one layer leaves the others as they are. Widths share no draws: a slope's
 * interval takes its points as independent.
 *
 * @returns L + 1 matrices, shape [fanOut, fanIn]
 */
export function initialWeights(spec: RunSpec, drawn: StandardNormals = drawnNormals): readonly Matrix[] {
  const ofLayer = drawn(spec);
  return concreteScaling(spec).map(({ fanIn, fanOut, initStd }, index) => {
    if (initStd === 0) return matrix(fanOut, fanIn);
    const normals = ofLayer(index);
    const weights = new Float64Array(normals.length);
    // Not by map, which calls a function an entry: it took a tenth of a comparison's time.
    for (let at = 0; at < weights.length; at++) weights[at] = initStd * normals[at];
    return matrix(fanOut, fanIn, weights);
  });
}
