import { gemm } from '../linalg/gemm.ts';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { type ParallelRows, parallelRows, RESOLUTION, rowNorms } from './parallel-rows.ts';

/** How far a set of inputs is from violating the data assumption of the theorem. */
export interface DataAssumption extends ParallelRows {
  /**
   * Neither near equal nor near orthogonal pairs, no parallel ones, and no row that is 0. Null where nothing of the kind was
   * found and not all rows were compared, or so many were that some inner products of any data agree to what float64 tells apart.
   */
  readonly holds: boolean | null;
  /** How many rows, from the first on, had their inner products compared. Parallel ones are looked for among all. */
  readonly compared: number;
  /** Smallest ||⟨ξ_i, ξ_j⟩| − |⟨ξ_i, ξ_k⟩|| over distinct i, j, k, relative to ‖ξ_i‖ · max ‖ξ‖; 1 if there is no triple. */
  readonly minGap: number;
  /** Smallest |⟨ξ_i, ξ_j⟩| over i ≠ j, relative to the same; 1 for a single point. */
  readonly minOverlap: number;
}

/** What inner products of all compared rows may cost, in multiplications and what sorting takes beside them: some seconds. */
const MOST_WORK = 4e9;
/** What sorting one inner product among others costs, in multiplications. */
const SORT_WORK = 100;
/** Entries of the inner products that are held at once: 16 MB. */
const MOST_HELD = 1 << 21;
/** Chance that data in general position have so small a gap, above which it says nothing. */
const CHANCE = 1e-4;

/**
 * The assumption under which the theorem speaks: inner products with one point differ in size from point to
 * point and none is zero. Antipodal pairs satisfy its words, but an odd φ gives them dependent features, so they
 * count as violations; so do parallel inputs and the zero input. It is sufficient and not necessary: orthogonal
 * inputs, for one, are harmless.
 *
 * @param inputs ξ, one sample a row: shape [samples, inputDim]
 * @param mostWork what comparing inner products may cost; of more rows the first are compared
 * @see Chen, Yang, Zhao & Gu 2025, Assumption 4.1
 */
export function dataAssumption(inputs: Matrix, mostWork: number = MOST_WORK): DataAssumption {
  const compared = Math.min(inputs.rows, Math.floor(Math.sqrt(mostWork / (inputs.cols + SORT_WORK))));
  const overlaps = overlapsOf(matrix(compared, inputs.cols, inputs.data.subarray(0, compared * inputs.cols)));
  const pairs = parallelRows(inputs);
  const { minGap, minOverlap } = overlaps;
  const { duplicates, antipodes, parallel, zeros, examined } = pairs;
  const isParallel = [duplicates, antipodes, parallel, zeros].some(({ count }) => count > 0);
  const generic = isParallel || minOverlap <= RESOLUTION ? false : isGeneric(overlaps, compared);
  const holds = generic === true && !(examined && compared === inputs.rows) ? null : generic;
  return { holds, compared, minGap, minOverlap, ...pairs };
}

interface Overlaps extends Pick<DataAssumption, 'minGap' | 'minOverlap'> {
  /** Of |⟨ξ_i, ξ_j⟩|, relative to the same. */
  readonly mean: number;
}

/** Whether no two overlaps agree; null where the smallest gap is one that as many overlaps of any data have. */
function isGeneric({ minGap, mean }: Overlaps, samples: number): boolean | null {
  if (minGap > RESOLUTION) return true;
  const triples = samples ** 3 / 2;
  return minGap < (CHANCE * mean) / triples ? false : null;
}

/** Inner products are held for a block of rows at a time. */
function overlapsOf(inputs: Matrix): Overlaps {
  const { rows, cols } = inputs;
  const norms = rowNorms(inputs);
  const largest = norms.reduce((a, b) => Math.max(a, b), 0);
  const block = Math.max(1, Math.floor(MOST_HELD / rows));
  let [minGap, minOverlap, sum] = [1, 1, 0];
  for (let from = 0; from < rows; from += block) {
    const to = Math.min(rows, from + block);
    const own = matrix(to - from, cols, inputs.data.subarray(from * cols, to * cols));
    const products = gemm(matrix(own.rows, rows), { a: own, b: inputs, transposeB: true });
    for (let i = from; i < to; i++) {
      const row = products.data.subarray((i - from) * rows, (i - from + 1) * rows);
      const unit = norms[i] * largest || 1;
      for (let j = 0; j < rows; j++) row[j] = Math.abs(row[j]) / unit;
      // Its own stands last, above every other.
      row[i] = Number.POSITIVE_INFINITY;
      row.sort();
      const others = row.subarray(0, -1);
      minOverlap = Math.min(minOverlap, others[0] ?? 1);
      minGap = Math.min(minGap, leastStep(others));
      sum += others.reduce((total, size) => total + size, 0);
    }
  }
  return { minGap, minOverlap, mean: sum / Math.max(1, rows * (rows - 1)) };
}

/** Between neighbors of ascending numbers; 1 where there are none. */
function leastStep(sorted: Float64Array): number {
  let least = 1;
  for (let rank = 1; rank < sorted.length; rank++) least = Math.min(least, sorted[rank] - sorted[rank - 1]);
  return least;
}
