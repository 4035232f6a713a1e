import type { Contraction, Shape, Sum, Tensor, View } from './graph.ts';
import { listed, withRank } from './shape.ts';

/*
 * How many dimensions tensors of open shapes have, as the code shows that takes their shapes apart or asks for the length of
 * one dimension.
 */

const ranks = new WeakMap<Tensor, number>();
const leastRanks = new WeakMap<Tensor, number>();
const rowsOf = new WeakMap<Tensor, Set<Tensor>>();

/** Notes how many dimensions a tensor has, and so what it is made of that has more than its shape lists. */
export function fixRank(tensor: Tensor, rank: number): void {
  const ahead: Ranked[] = [[tensor, rank]];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const [one, count] = next;
    ranks.set(one, count);
    const before = rankedBefore(one, count);
    if (before?.[0].shape?.open === true && !ranks.has(before[0])) ahead.push(before);
  }
}

type Ranked = readonly [of: Tensor, rank: number];

/** What a tensor of an open shape and so many dimensions is made of, with how many that has; null where that is not known. */
function rankedBefore(tensor: Tensor, rank: number): Ranked | null {
  const unlisted = rank - (tensor.shape?.dims.length ?? rank);
  if (tensor.shape?.open !== true || unlisted < 0) return null;
  switch (tensor.op) {
    case 'act':
    case 'norm':
    case 'scale':
    case 'softmax':
      return [tensor.of, rank];
    case 'contract':
    case 'add': {
      const open = tensor.of.filter(({ shape }) => shape === null || shape.open);
      const [only] = open;
      if (only === undefined || open.length > 1) return null;
      if (!isEntryByEntry(tensor)) return [only, (only.shape?.dims.length ?? 0) + unlisted];
      // What has fewer dimensions is spread along it; beside what has as many, it may have fewer itself.
      return tensor.of.every((one) => one === only || (one.shape?.dims.length ?? rank) < rank)
        ? [only, rank]
        : null;
    }
    case 'view':
      return takesAllListed(tensor) ? [tensor.of, (tensor.of.shape?.dims.length ?? 0) + unlisted] : null;
    default:
      return null;
  }
}

function isEntryByEntry(tensor: Contraction | Sum): boolean {
  if (tensor.op === 'add') return true;
  const { left, right, out } = tensor.axes;
  return [...left, ...right].every((axis) => out.includes(axis));
}

/** Whether the listed dimensions are made of just those that are listed of what it shows: the others are as they were. */
function takesAllListed({ from, of, part }: View): boolean {
  const taken = new Set(from?.flat());
  const count = of.shape?.dims.length ?? 0;
  return part === null && count > 0 && taken.size === count && [...taken].every((place) => place >= 0);
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
