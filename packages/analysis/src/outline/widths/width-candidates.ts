import { freeSymbolsOf, symbolsOf } from '../../growth/quantity.ts';
import { standsAlone } from './standing-names.ts';
import type { Tells } from './structural-widths.ts';
import type { Structure } from './structure.ts';

/**
 * The names of sizes that could be declared a width, the likeliest first: those that some dimension is come before those
 * that are a factor of others alone; of these and those, what is inside the model comes before what layers sum over, this
 * before what its output alone has, and the names of numbers last. What a table has a row for each of is none.
 */
export function candidatesAmong(structure: Structure, isDeclaredFinite: Tells): readonly string[] {
  const { interior, loops, fanIns, entries, lengths } = structure;
  const free = lengths.flatMap((length) => [...freeSymbolsOf(length)]);
  const all = lengths.flatMap((length) => [...symbolsOf(length)]);
  const ranked = [...interior, ...loops, ...fanIns, ...free, ...all].filter(
    (symbol) => !isDeclaredFinite(symbol) && !entries.has(symbol),
  );
  const alone = ranked.filter((symbol) => standsAlone(symbol, structure.lengths));
  return [...new Set([...alone, ...ranked].map(({ name }) => name))];
}
