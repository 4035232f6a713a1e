import type { Shape, Tensor } from './graph.ts';
import { listed, withRank } from './shape.ts';

/*
 * How many dimensions tensors of open shapes have, as the code shows that takes their shapes apart or asks for the length of
 * one dimension.
 */

const ranks = new WeakMap<Tensor, number>();
const leastRanks = new WeakMap<Tensor, number>();
const rowsOf = new WeakMap<Tensor, Set<Tensor>>();

/** Notes how many dimensions a tensor has. */
export function fixRank(tensor: Tensor, rank: number): void {
  ranks.set(tensor, rank);
}

/** Notes that data have at least so many dimensions; rows of a table for each of their entries have one more. */
export function fixLeastRank(tensor: Tensor, rank: number): void {
  if (rank <= leastRankOf(tensor)) return;
  leastRanks.set(tensor, rank);
  for (const rows of rowsOf.get(tensor) ?? []) fixLeastRank(rows, rank + 1);
}

/** How many dimensions a tensor has at least; 0 where the code has not shown it. */
function leastRankOf(tensor: Tensor): number {
  return leastRanks.get(tensor) ?? 0;
}

/** Notes what has a row of features for each entry of the data. */
export function noteRows(data: Tensor, rows: Tensor): void {
  rowsOf.set(data, (rowsOf.get(data) ?? new Set()).add(rows));
  const rank = ranks.get(data) ?? leastRankOf(data);
  if (rank > 0) fixLeastRank(rows, rank + 1);
}

/** A tensor's shape with as many dimensions as are shown; that of data is left open, as what it meets says more of it. */
export function asShown(tensor: Tensor, shape: Shape): Shape {
  const rank = ranks.get(tensor);
  if (rank !== undefined) return withRank(shape, rank);
  return tensor.op === 'input' ? shape : listed(shape, leastRankOf(tensor));
}
