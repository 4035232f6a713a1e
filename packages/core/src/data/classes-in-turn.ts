/**
 * Row numbers in the order of classes 0 … k − 1, 0 … k − 1, each class in file order; a class that runs out is passed over.
 *
 * @param labels class of every row, in [0, classes)
 */
export function classesInTurn(labels: ArrayLike<number>, classes: number): readonly number[] {
  const seen = new Array<number>(classes).fill(0);
  const turns = Array.from(labels, (label, row) => ({ row, label, turn: seen[label]++ }));
  return turns.sort((a, b) => a.turn - b.turn || a.label - b.label).map(({ row }) => row);
}
