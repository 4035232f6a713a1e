import { isDataLength } from '../../../growth/product.ts';
import { product } from '../../../network/elementwise.ts';
import type { Contraction, Tensor } from '../../../network/graph.ts';
import { fixRank } from '../../../network/ranks.ts';
import { shapeOf, sumsOver } from '../../../network/tensor.ts';

/** As many tables are asked at once as score a triple of a head, a relation and a tail. */
const MOST_ROWS = 3;

/**
 * Rows of tables that are multiplied entry by entry and then summed over their second dimension, as those of a user and an
 * item: each of the numbers that they are looked up by comes by itself, in a batch, so that what is summed over are the
 * features. Sums over places go over one sequence, and have weights for its places. Null for anything else.
 */
export function scoresOfPairs(of: Tensor): Tensor | null {
  const rows = rowsIn(of);
  const [first, ...others] = rows ?? [];
  if (rows === null || first === undefined || others.length === 0) return null;
  if (new Set(rows.map(numbersOf)).size < rows.length) return null;
  for (const one of rows) fixRank(one, 2);
  return others.reduce<Tensor>((made, one) => product(made, one, of.span), first);
}

/** The rows that a product of nothing else is of; null for another one, and for one of more. */
function rowsIn(of: Tensor): readonly Contraction[] | null {
  const rows: Contraction[] = [];
  const ahead = [of];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (one.op !== 'contract' || rows.length === MOST_ROWS) return null;
    if (isLookup(one)) rows.push(one);
    else if (sumsOver(one)) return null;
    else ahead.push(...one.of.toReversed());
  }
  return rows;
}

/** What rows are looked up by. */
function numbersOf({ of: [numbers] }: Contraction): Tensor {
  return numbers.op === 'view' ? numbers.of : numbers;
}

/** Whether a tensor is rows of a table of which one is looked up by each of some numbers, however many dimensions those have. */
function isLookup(of: Contraction): boolean {
  const [numbers, table] = of.of;
  const shape = shapeOf(of);
  const isOpen = shape?.open === true && shape.dims.length === 1 && !shape.dims.some(isDataLength);
  return (
    isOpen && numbers.op === 'view' && numbers.of.op === 'input' && table.op === 'weight' && sumsOver(of)
  );
}
