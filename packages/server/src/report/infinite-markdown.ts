import type { Markdown } from '@widthwise/core';
import { markdown, tableMarkdown } from '@widthwise/core';
import { counted, type InfiniteTable } from '@widthwise/figures';

/** What networks come to as n → ∞; nothing where nothing is known. */
export function infiniteMarkdown(
  table: InfiniteTable | null,
  { steps }: { readonly steps: number },
): readonly Markdown[] {
  if (table === null) return [];
  return [
    markdown`## As n → ∞, after ${counted(steps, 'step')}`,
    tableMarkdown(
      table.heads,
      table.rows,
      table.heads.map((_, index) => (index === 0 ? 'left' : 'right')),
    ),
    markdown`${table.howToRead}`,
  ];
}
