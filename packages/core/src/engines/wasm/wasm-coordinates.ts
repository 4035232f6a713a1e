import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../../linalg/norms.ts';
import type { MovedCoordinates } from '../engine.ts';

const UNIT_ROUNDOFF = 2 ** -24;
/** Coordinates that have moved so many roundings tell how far to a thousandth. */
const ROUNDINGS = 32;

/** Coordinates of one network in two precisions, each call as they are then. */
interface Passes {
  /** Of the pass that trains; copies. */
  readonly float32: () => readonly Matrix[];
  readonly float64: () => readonly Matrix[];
  /** Those that the network began with. */
  readonly begun: () => readonly Matrix[];
  /** The most terms that a coordinate is a sum of. */
  readonly terms: number;
}

/**
 * Coordinates of float32, as long as they tell how far they have moved: h_t and h_0 are sums of n terms, each off by some
 * √n·2⁻²⁴ of its size, which adds to |h_t − h_0| in squares. Where that moved no more than 32 such roundings, float64 tells.
 */
export function watchedWasmCoordinates({
  float32,
  float64,
  begun,
  terms,
}: Passes): () => readonly MovedCoordinates[] {
  const initial = float32();
  const least = ROUNDINGS * UNIT_ROUNDOFF * Math.sqrt(terms);
  const isTold = ({ now, begun: before }: MovedCoordinates): boolean => {
    const distance = frobeniusDistance(now, before);
    return distance === 0 || !(distance < least * frobeniusNorm(before));
  };
  return () => {
    const moved = beside(float32(), initial);
    if (moved.every(isTold)) return moved;
    const now = float64().map(({ rows, cols, data }) => matrix(rows, cols, data.slice()));
    return beside(now, begun());
  };
}

function beside(now: readonly Matrix[], begun: readonly Matrix[]): readonly MovedCoordinates[] {
  return now.map((each, index) => ({ now: each, begun: begun[index] }));
}
