import { counted, type InfiniteTable } from '@widthwise/figures';
import { paragraph } from './page.ts';
import { pageTable, textRow } from './page-table.ts';

/** What networks come to as n → ∞, on a page; nothing where nothing is known. */
export function infiniteSection(
  table: InfiniteTable | null,
  { steps }: { readonly steps: number },
): readonly string[] {
  if (table === null) return [];
  return [
    `<h2>As n → ∞, after ${counted(steps, 'step')}</h2>`,
    pageTable(table.heads, table.rows.map(textRow)),
    paragraph(table.howToRead),
  ];
}
