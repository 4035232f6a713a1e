import { columnsOf } from './columns.ts';
import type { Terminal } from './terminal.ts';

/** A table of numbers, heads dim: the first column to the left where it is one of names, others to the right. */
export function alignedLines(
  { heads, rows }: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] },
  { plain, toned }: Terminal,
): string[] {
  const all = [heads, ...rows].map((row) => row.map(plain));
  const sizes = heads.map((_, column) => Math.max(...all.map((row) => columnsOf(row[column]!))));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => {
        const space = ' '.repeat(sizes[column]! - columnsOf(text));
        return column === 0 && heads[0] === '' ? text + space : space + text;
      })
      .join('  ');
  return [toned('dim', line(all[0]!)), ...all.slice(1).map(line)];
}
