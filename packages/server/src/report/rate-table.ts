import { escapeHtml, SIGNS, type TransferTable } from '@widthwise/figures';

/** Best rates and losses by width, below drift and verdict. */
export function rateTable({ label, verdict, drift, widths, rows }: TransferTable): string {
  const heads = widths.map((width) => `<th scope="col">${escapeHtml(width)}</th>`);
  const lines = rows.map(
    ({ name, cells }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`,
  );
  const judged = `<span class="verdict-cell ${verdict.mark}">${escapeHtml(`${SIGNS[verdict.mark]} ${verdict.word}`.trim())}</span>`;
  return `<h3>${escapeHtml(`${label}: drift ${drift}`)} ${judged}</h3>
<div class="wide"><table><thead><tr><th scope="col" class="words">width</th>${heads.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}
