import { dot } from '../linalg/dot.ts';
import { topSingular } from '../linalg/top-singular.ts';

/** A matrix of more than a few rows and columns, by what multiplies with it. */
export interface LargeMatrix {
  readonly cols: number;
  gramTimes(v: Float64Array): Float64Array;
}

export interface Norms {
  readonly norm: number;
  readonly change: number;
}

/**
 * ‖w_t‖₂ and ‖w_t − w_0‖₂ of one large weight, look by look.
 *
 * The norm of later looks begins from the directions of the first weight and of its change: one of them, or both together,
 * is what the largest singular value is made of, so that a few products find it again.
 */
export function weightNorms(): (w: LargeMatrix, change: LargeMatrix | undefined) => Norms {
  let first: Float64Array | undefined;
  return (w, change) => {
    const moved = change && topSingular(change.cols, (v) => change.gramTimes(v));
    const top = topSingular(w.cols, (v) => w.gramTimes(v), first && sum(first, moved?.direction));
    first ??= top.direction;
    return { norm: top.norm, change: moved?.norm ?? 0 };
  };
}

/** Turned towards each other, so that the directions of one singular vector do not cancel. */
function sum(one: Float64Array, other: Float64Array | undefined): Float64Array {
  if (other === undefined) return one;
  const sign = dot(one, other) < 0 ? -1 : 1;
  return one.map((entry, at) => entry + sign * other[at]);
}
