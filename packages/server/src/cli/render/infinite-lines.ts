import { counted, type InfiniteTable } from '@widthwise/figures';
import { alignedLines } from '../terminal/aligned-lines.ts';
import { columnsOf } from '../terminal/columns.ts';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What networks come to as n → ∞; nothing where nothing is known. */
export function infiniteLines(
  table: InfiniteTable | null,
  { terminal, steps }: { readonly terminal: Terminal; readonly steps: number },
): readonly string[] {
  if (table === null) return [];
  return [
    terminal.plain(`As n → ∞, after ${counted(steps, 'step')}`),
    ...fitting(table, terminal),
    terminal.toned('dim', prose(table.howToRead, terminal)),
    '',
  ];
}

/** Without its last columns where the line is too short for them; all are in the JSON. */
function fitting(
  { heads, rows }: Pick<InfiniteTable, 'heads' | 'rows'>,
  terminal: Terminal,
): readonly string[] {
  const lines = alignedLines({ heads, rows }, terminal);
  const widest = Math.max(...lines.map(columnsOf));
  if (terminal.columns === null || widest <= terminal.columns || heads.length <= 2) return lines;
  return fitting({ heads: heads.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) }, terminal);
}
