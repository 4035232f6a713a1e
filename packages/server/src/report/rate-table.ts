import { escapeHtml, SIGNS, type TransferTable } from '@widthwise/figures';
import { pageTable, textRow } from './page-table.ts';

/** Best rates and losses, a row a width, below drift and verdict. */
export function rateTable({ label, verdict, drift, widths, rows }: TransferTable): string {
  const judged = `<span class="verdict-cell ${verdict.mark}">${escapeHtml(`${SIGNS[verdict.mark]} ${verdict.word}`.trim())}</span>`;
  const table = pageTable(
    ['width', ...rows.map(({ name }) => name)],
    widths.map((width, at) => textRow([width, ...rows.map(({ cells }) => cells[at] ?? '')])),
  );
  return `<h3>${escapeHtml(`${label}: drift ${drift}`)} ${judged}</h3>\n${table}`;
}
