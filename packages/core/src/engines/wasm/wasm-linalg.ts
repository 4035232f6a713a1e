import type { Linalg } from '../../linalg/linalg.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { maxAbs } from '../../linalg/norms.ts';
import { FLOAT64_BYTES, ROWS, type WasmMemory } from './wasm-memory.ts';

/** Spectra of float64 on the kernels, which copy their operands in and their results out. */
export function wasmLinalg(memoryOf: () => WasmMemory): Linalg {
  return {
    sampleGram: (features) => gramOn(memoryOf(), features),
    eigvalsh: (symmetric) => eigenvaluesOn(memoryOf(), symmetric),
    singularValues: (m) => singularValuesOn(memoryOf(), m),
  };
}

function gramOn(memory: WasmMemory, { rows, cols, data }: Matrix): Matrix {
  const padded = ROWS * Math.ceil(rows / ROWS);
  memory.release();
  const [x, gram] = [padded * cols, padded * rows].map((count) => memory.take(FLOAT64_BYTES * count));
  memory.float64(x, data.length).set(data);
  memory.kernels.lowerGram(rows, cols, x, gram, 1 / cols);
  const lower = memory.float64(gram, rows * rows);
  const out = matrix(rows, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) out.data[i * rows + j] = out.data[j * rows + i] = lower[i * rows + j];
  }
  return out;
}

function eigenvaluesOn(memory: WasmMemory, { rows: n, cols, data }: Matrix): Float64Array {
  if (cols !== n) throw new RangeError(`wasmLinalg: expected a square matrix, got [${n}, ${cols}]`);
  const scale = largestBelow(data, n);
  if (!Number.isFinite(scale)) return new Float64Array(n).fill(Number.NaN);
  if (scale === 0) return new Float64Array(n);
  memory.release();
  const a = memory.take(FLOAT64_BYTES * n * n);
  const [d, e, v, w] = [0, 1, 2, 3].map(() => memory.take(FLOAT64_BYTES * n));
  const work = memory.float64(a, n * n);
  for (let at = 0; at < data.length; at++) work[at] = data[at] / scale;
  const converged = memory.kernels.symmetricEigenvalues(a, n, d, e, v, w) !== 0;
  const values = memory.float64(d, n).map((value) => (converged ? value * scale : Number.NaN));
  return descending(values);
}

function singularValuesOn(memory: WasmMemory, m: Matrix): Float64Array {
  const count = Math.min(m.rows, m.cols);
  const length = Math.max(m.rows, m.cols);
  const scale = maxAbs(m.data);
  if (!Number.isFinite(scale)) return new Float64Array(count).fill(Number.NaN);
  if (scale === 0) return new Float64Array(count);
  memory.release();
  const [vectors, rows, values] = [count * length, count * count, count].map((each) =>
    memory.take(FLOAT64_BYTES * each),
  );
  const to = memory.float64(vectors, count * length);
  const wide = m.rows <= m.cols;
  for (let at = 0; at < to.length; at++) {
    // The vector and the place in it, of a matrix that is tall.
    const from = wide ? at : (at % length) * count + Math.floor(at / length);
    to[at] = m.data[from] / scale;
  }
  memory.kernels.singularValues(vectors, count, length, rows, values);
  return descending(memory.float64(values, count).map((value) => value * scale));
}

/** The largest |entry| of the lower triangle. */
function largestBelow(data: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, maxAbs(data.subarray(i * n, i * n + i + 1)));
  return largest;
}

function descending(values: Float64Array): Float64Array {
  return values.sort((one, other) => other - one);
}
