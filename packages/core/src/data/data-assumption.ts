import { gemm } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';

/** Below this, relative to the norms involved, two float64 numbers are taken as equal. */
const RESOLUTION = 1e-12;

/** How far a set of inputs is from violating the data assumption of the theorem. */
export interface DataAssumption {
  /** Neither near equal nor near orthogonal pairs, and no parallel ones. */
  readonly holds: boolean;
  /** Smallest ||⟨ξ_i, ξ_j⟩| − |⟨ξ_i, ξ_k⟩|| over distinct i, j, k, relative to ‖ξ_i‖ · max ‖ξ‖; 1 if there is no triple. */
  readonly minGap: number;
  /** Smallest |⟨ξ_i, ξ_j⟩| over i ≠ j, relative to the same; 1 for a single point. */
  readonly minOverlap: number;
  /** Pairs of samples, 0-based, i < j. A pair is listed once: parallel if it is neither duplicate nor antipodal. */
  readonly duplicates: readonly SamplePair[];
  readonly antipodes: readonly SamplePair[];
  readonly parallel: readonly SamplePair[];
}

export type SamplePair = readonly [number, number];

/**
 * The assumption under which the theorem speaks: inner products with one point differ in size from point to
 * point and none is zero. Antipodal pairs satisfy its words, but an odd φ gives them dependent features, so they
 * count as violations; so do parallel inputs and the zero input. It is sufficient and not necessary: orthogonal
 * inputs, for one, are harmless.
 *
 * @param inputs ξ, one sample a row: shape [samples, inputDim]
 * @see Chen, Yang, Zhao & Gu 2025, Assumption 4.1
 */
export function dataAssumption(inputs: Matrix): DataAssumption {
  const samples = inputs.rows;
  const gram = gemm(matrix(samples, samples), { a: inputs, b: inputs, transposeB: true });
  const norms = Float64Array.from({ length: samples }, (_, i) => Math.sqrt(gram.data[i * samples + i]));
  const largest = norms.reduce((a, b) => Math.max(a, b), 0);
  let minGap = 1;
  let minOverlap = 1;
  for (let i = 0; i < samples; i++) {
    const unit = norms[i] * largest || 1;
    const row = gram.data.subarray(i * samples, (i + 1) * samples);
    const sizes = row.map((product) => Math.abs(product) / unit).filter((_, j) => j !== i);
    sizes.sort();
    sizes.forEach((size, rank) => {
      minOverlap = Math.min(minOverlap, size);
      if (rank > 0) minGap = Math.min(minGap, size - sizes[rank - 1]);
    });
  }
  const pairs = parallelPairs(gram, norms, RESOLUTION * largest);
  const generic = minGap > RESOLUTION && minOverlap > RESOLUTION;
  return { holds: generic && Object.values(pairs).flat().length === 0, minGap, minOverlap, ...pairs };
}

function parallelPairs(
  gram: Matrix,
  norms: Float64Array,
  equalWithin: number,
): Pick<DataAssumption, 'duplicates' | 'antipodes' | 'parallel'> {
  const pairs: Record<'duplicates' | 'antipodes' | 'parallel', SamplePair[]> = {
    duplicates: [],
    antipodes: [],
    parallel: [],
  };
  for (let i = 0; i < gram.rows; i++) {
    for (let j = i + 1; j < gram.rows; j++) {
      const product = gram.data[i * gram.rows + j];
      if (Math.abs(product) < (1 - RESOLUTION) * norms[i] * norms[j]) continue;
      const equalNorms = Math.abs(norms[i] - norms[j]) <= equalWithin;
      const kind = product < 0 ? 'antipodes' : 'duplicates';
      pairs[equalNorms ? kind : 'parallel'].push([i, j]);
    }
  }
  return pairs;
}
