import type { Slope } from '@widthwise/core';
import {
  type ComparisonTable,
  escapeHtml,
  judgedSlopeText,
  SIGNS,
  slopeText,
  type TableRow,
  type VerdictCell,
} from '@widthwise/figures';

/** What a verdict is made of: verdict cells, tinted and marked, and the slopes they follow from. */
export function verdictTable(table: ComparisonTable): string {
  const { layers, widest } = table;
  const groups = groupHeads(layers.length, ['Movement, slope with width', 'λ_min, slope with width']);
  const heads = ['features', 'richness', ...layerHeads(layers), ...layerHeads(layers), `loss at ${widest}`];
  const rows = table.rows.map((row) => {
    if (row.statement !== null) return statementRow(row, row.statement, heads.length);
    const cells = [
      verdictCell(row.features),
      verdictCell(row.richness),
      ...row.movement.map((slope) => slopeCell(slope, judgedSlopeText(slope))),
      ...row.lambdaMin.map((slope) => slopeCell(slope, slopeText(slope))),
      `<td>${escapeHtml(row.loss)}</td>`,
    ];
    return `<tr>${rowHead(row)}${cells.join('')}</tr>`;
  });
  return wide(`<tr><td></td><td></td><td></td>${groups}<td></td></tr>${headRow(heads)}`, rows);
}

/** What is printed beside the verdict and not part of it. */
export function evidenceTable(table: ComparisonTable): string {
  const { layers, widest } = table;
  const groups = groupHeads(layers.length, ['Joint λ_min, slope with width']);
  const last = layers.at(-1);
  const heads = [...layerHeads(layers), `measured at ${widest}`, 'n = ∞'];
  const rows = table.rows
    .filter(({ statement }) => statement === null)
    .map((row) => {
      const start = [row.start.measured, row.start.limit].map((text) => `<td>${escapeHtml(text)}</td>`);
      return `<tr>${rowHead(row)}${row.lambdaMinJoint.map((slope) => slopeCell(slope, slopeText(slope))).join('')}${start.join('')}</tr>`;
    });
  const startHead = `<th scope="colgroup" colspan="2">λ_min of layer ${last} at initialization</th>`;
  return wide(`<tr><td></td>${groups}${startHead}</tr>${headRow(heads)}`, rows);
}

function wide(head: string, rows: readonly string[]): string {
  return `<div class="wide"><table><thead>${head}</thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function groupHeads(span: number, titles: readonly string[]): string {
  return titles.map((title) => `<th scope="colgroup" colspan="${span}">${title}</th>`).join('');
}

function layerHeads(layers: readonly number[]): string[] {
  return layers.map((layer) => `layer ${layer}`);
}

function headRow(heads: readonly string[]): string {
  return `<tr><th scope="col">parametrization</th>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr>`;
}

function rowHead({ label }: TableRow): string {
  return `<th scope="row">${escapeHtml(label)}</th>`;
}

function statementRow(row: TableRow, { mark, word }: VerdictCell, columns: number): string {
  const text = escapeHtml(`${SIGNS[mark]} ${word}`);
  return `<tr>${rowHead(row)}<td class="statement ${mark}" colspan="${columns}">${text}</td></tr>`;
}

function verdictCell({ mark, word }: VerdictCell): string {
  return `<td class="verdict-cell ${mark}">${escapeHtml(`${SIGNS[mark]} ${word}`)}</td>`;
}

function slopeCell(slope: Slope, text: string): string {
  const title = slope.reason === undefined ? '' : ` title="${escapeHtml(slope.reason)}"`;
  return `<td${title}>${escapeHtml(text)}</td>`;
}
