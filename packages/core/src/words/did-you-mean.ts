import { quoted } from './shown-text.ts';

/** ` (did you mean 'x'?)` for the known word nearest to a mistyped one, and nothing where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const [nearest] = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit && candidate.length <= LONGEST)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((left, right) => left.distance - right.distance);
  return nearest === undefined ? '' : ` (did you mean ${quoted(nearest.candidate)}?)`;
}

/** Nobody mistypes words that are longer, and the work grows with their square. */
const LONGEST = 200;

/** How many letters to insert, delete, replace or swap with their neighbor turn one word into the other. */
function editDistance(from: string, to: string): number {
  const distance = Array.from({ length: from.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= to.length; j++) distance[0][j] = j;
  for (let i = 1; i <= from.length; i++) {
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      distance[i][j] = Math.min(
        distance[i - 1][j - 1] + (same ? 0 : 1),
        distance[i - 1][j] + 1,
        distance[i][j - 1] + 1,
        swapped ? distance[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return distance[from.length][to.length];
}
