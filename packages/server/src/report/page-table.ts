import { escapeHtml, SIGNS, type VerdictCell } from '@widthwise/figures';

/** Heads above words and not numbers. */
const WORDS: ReadonlySet<string> = new Set([
  'verdict',
  'why',
  'step',
  'layer',
  'weight',
  'width',
  'hypothesis',
  'here',
]);

/** A table that scrolls by itself where it is wider than the page. @param rows HTML of their cells, each */
export function pageTable(heads: readonly string[], rows: readonly string[]): string {
  const titles = heads.map((text) =>
    text === ''
      ? '<td></td>'
      : `<th scope="col"${WORDS.has(text) ? ' class="words"' : ''}>${escapeHtml(text)}</th>`,
  );
  const lines = rows.map((cells) => `<tr>${cells}</tr>`);
  return `<div class="wide"><table><thead><tr>${titles.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

/** What a row is of. */
export function headCell(text: string): string {
  return `<th scope="row">${escapeHtml(text)}</th>`;
}

export function textCell(text: string): string {
  return `<td>${escapeHtml(text)}</td>`;
}

/** Tinted and marked. */
export function verdictCell({ mark, word }: VerdictCell): string {
  return `<td class="verdict-cell ${mark}">${escapeHtml(`${SIGNS[mark]} ${word}`.trim())}</td>`;
}

/** A row of a head and texts. */
export function textRow([first = '', ...others]: readonly string[]): string {
  return headCell(first) + others.map(textCell).join('');
}
