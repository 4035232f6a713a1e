/**
 * Moves labels apart along a line so that neighbors keep a distance, each as near to its wish as that allows.
 *
 * Labels that would touch form a block, placed at the mean of their wishes; blocks that then touch are merged (pool
 * adjacent violators).
 *
 * @param wished in any order
 * @returns positions in the same order, all within [low, high] where they fit there
 */
export function spreadLabels(
  wished: readonly number[],
  distance: number,
  [low, high]: readonly [number, number],
): readonly number[] {
  const order = wished.map((_, index) => index).sort((left, right) => wished[left]! - wished[right]!);
  // In these coordinates labels may touch, so the best order-keeping fit is an isotonic regression.
  const blocks: { sum: number; count: number }[] = [];
  for (const [rank, index] of order.entries()) {
    let block = { sum: wished[index]! - rank * distance, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && mean(last) > mean(block); last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const most = high - (wished.length - 1) * distance;
  const levels = blocks.flatMap((block) =>
    Array.from({ length: block.count }, () => Math.max(low, Math.min(most, mean(block)))),
  );
  const positions: number[] = [];
  for (const [rank, index] of order.entries()) positions[index] = levels[rank]! + rank * distance;
  return positions;
}

function mean({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
