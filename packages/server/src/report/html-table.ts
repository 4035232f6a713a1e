import { formatSlope, type Slope } from '@widthwise/core';
import { type ComparisonTable, SIGNS, type TableRow, type VerdictCell } from './comparison-table.ts';
import { escapeHtml } from './escape-html.ts';

/** The table of a report, verdict cells tinted and marked. */
export function htmlTable(table: ComparisonTable): string {
  const { layers, widest, rows } = table;
  const groups = ['Movement, slope with width', 'λ_min, slope with width', 'Joint λ_min, slope'];
  const layerHeads = groups.flatMap(() => layers.map((layer) => `<th scope="col">layer ${layer}</th>`));
  return [
    '<div class="wide"><table>',
    '<thead><tr><th></th><th></th><th></th>',
    ...groups.map((group) => `<th scope="colgroup" colspan="${layers.length}">${group}</th>`),
    '<th></th><th></th></tr>',
    '<tr><th scope="col"></th><th scope="col">features</th><th scope="col">richness</th>',
    ...layerHeads,
    `<th scope="col" class="narrow">λ_min at start, layer ${layers.at(-1)}</th><th scope="col">loss at ${widest}</th></tr></thead>`,
    `<tbody>${rows.map((row) => tableRow(row, layers.length)).join('\n')}</tbody></table></div>`,
  ].join('');
}

function tableRow(row: TableRow, layers: number): string {
  const head = `<th scope="row">${escapeHtml(row.label)}</th>`;
  if (row.statement !== null) {
    const text = escapeHtml(`${SIGNS.no} ${row.statement}`);
    return `<tr>${head}<td class="statement" colspan="${3 * layers + 4}">${text}</td></tr>`;
  }
  const slopes = [...row.movement, ...row.lambdaMin, ...row.lambdaMinJoint].map(slopeCell).join('');
  const rest = `<td>${escapeHtml(row.start)}</td><td>${escapeHtml(row.loss)}</td>`;
  return `<tr>${head}${verdictCell(row.features)}${verdictCell(row.richness)}${slopes}${rest}</tr>`;
}

function verdictCell({ mark, word }: VerdictCell): string {
  return `<td class="verdict-cell ${mark}">${escapeHtml(`${SIGNS[mark]} ${word}`)}</td>`;
}

function slopeCell(slope: Slope): string {
  const title = slope.reason === undefined ? '' : ` title="${escapeHtml(slope.reason)}"`;
  return `<td${title}>${formatSlope(slope)}</td>`;
}
