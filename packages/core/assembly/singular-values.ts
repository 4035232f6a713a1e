import { addMultiple64, dot64 } from './vectors';

const MOST_SWEEPS: i32 = 60;
const EPSILON: f64 = 2.220446049250313e-16;

/**
 * Singular values of vectors that are no shorter than they are many, in no order; `linalg/singular-values.ts` has the same
 * algorithm and its source.
 *
 * @param vectors one after the other, entries at most 1: [count, length], overwritten
 * @param rows room for [count, count]
 * @param values takes them: [count]
 */
export function singularValues(vectors: usize, count: i32, length: i32, rows: usize, values: usize): void {
  triangularize(vectors, count, length);
  const pitch = (<usize>length) << 3;
  const rowPitch = (<usize>count) << 3;
  for (let i: usize = 0; i < <usize>count; i++) {
    for (let j: usize = 0; j < <usize>count; j++) {
      const entry: f64 = j >= i ? load<f64>(vectors + j * pitch + (i << 3)) : 0;
      store<f64>(rows + i * rowPitch + (j << 3), entry);
    }
  }
  orthogonalize(rows, count);
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = rows + i * rowPitch;
    store<f64>(values + (i << 3), Math.sqrt(dot64(row, row, count)));
  }
}

/** Householder's QR in place: entry i ≤ j of vector j becomes R_ij. */
function triangularize(vectors: usize, count: i32, length: i32): void {
  const pitch = (<usize>length) << 3;
  for (let k = 0; k < count; k++) {
    const skip = (<usize>k) << 3;
    const pivot = vectors + <usize>k * pitch + skip;
    const norm = Math.sqrt(dot64(pivot, pivot, length - k));
    if (norm === 0) continue;
    const head = load<f64>(pivot);
    const alpha = head > 0 ? -norm : norm;
    const half = norm * (norm + abs(head));
    store<f64>(pivot, head - alpha);
    for (let j = k + 1; j < count; j++) {
      const other = vectors + <usize>j * pitch + skip;
      addMultiple64(other, pivot, -dot64(other, pivot, length - k) / half, length - k);
    }
    store<f64>(pivot, alpha);
  }
}

/** Rotates pairs of rows until all are orthogonal to working precision. */
function orthogonalize(rows: usize, count: i32): void {
  const tolerance = <f64>count * EPSILON;
  const pitch = (<usize>count) << 3;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p: usize = 0; p < <usize>count; p++) {
      for (let q = p + 1; q < <usize>count; q++) {
        if (rotateToOrthogonal(rows + p * pitch, rows + q * pitch, count, tolerance)) rotated = true;
      }
    }
    if (!rotated) return;
  }
}

function rotateToOrthogonal(x: usize, y: usize, count: i32, tolerance: f64): bool {
  const xx = dot64(x, x, count);
  const yy = dot64(y, y, count);
  const xy = dot64(x, y, count);
  if (abs(xy) <= tolerance * Math.sqrt(xx) * Math.sqrt(yy)) return false;
  const zeta = (yy - xx) / (2 * xy);
  const tangent = (zeta >= 0 ? 1.0 : -1.0) / (abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < count; i++) {
    const a = load<f64>(x);
    const b = load<f64>(y);
    store<f64>(x, cosine * a - sine * b);
    store<f64>(y, sine * a + cosine * b);
    x += 8;
    y += 8;
  }
  return true;
}
