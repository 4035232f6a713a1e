/**
 * Moves labels apart that would overlap, keeping their order and moving none further than it must.
 *
 * @param wanted where each label would like to stand, in pixels from the top
 * @param height of one label, in pixels
 * @returns one position a label, within [top, bottom] as long as they all fit
 */
export function spreadLabels(
  wanted: readonly number[],
  height: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = wanted.slice();
  let free = top;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, free);
    free = placed[index]! + height;
  }
  let limit = bottom;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - height;
  }
  return placed;
}
