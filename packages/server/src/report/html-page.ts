import type { ComparisonReport } from '@widthwise/core';
import {
  type Curve,
  comparisonFigures,
  comparisonSentence,
  comparisonSetting,
  comparisonTable,
  type Figure,
  HOW_TO_READ,
  remarks,
  valueText,
} from '@widthwise/figures';
import { escapeHtml } from './escape-html.ts';
import { evidenceTable, verdictTable } from './html-table.ts';
import { measurementNotes } from './measurement-notes.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { FIGURE_STYLE, PAGE_STYLE } from './page-style.ts';
import type { ReportContext } from './report-context.ts';
import { svgChart } from './svg-chart.ts';

/** A report as one HTML file that needs no network: verdict, table, figures, how it was measured. */
export function renderHtml(report: ComparisonReport, context: ReportContext): string {
  const title = `${context.dataTitle}: which parametrization keeps features moving and rich?`;
  const setting = comparisonSetting(context);
  const table = comparisonTable(report, setting);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
<style id="figure-style">${FIGURE_STYLE}</style>
</head>
<body>
<main>
${header(title, report, context)}
<h2>Slopes and verdicts</h2>
${verdictTable(table)}
${remarks(report, context.labels).map(paragraph).join('\n')}
${paragraph(HOW_TO_READ)}
<h2>Beside the verdict</h2>
${evidenceTable(table)}
<h2>Figures</h2>
${comparisonFigures(report, setting)
  .map((row) => `<div class="figures">${row.map(figureElement).join('\n')}</div>`)
  .join('\n')}
<h2>What was measured</h2>
<dl>
${measurementNotes(context)
  .map(({ term, text }) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`)
  .join('\n')}
</dl>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function header(title: string, report: ComparisonReport, context: ReportContext): string {
  const day = context.date.toISOString().slice(0, 10);
  return `<h1>${escapeHtml(title)}</h1>
<p class="verdict">${escapeHtml(comparisonSentence(report, context.labels))}</p>
${paragraph(`Measured ${day} by Widthwise ${context.version}. The same again:`)}
<div class="command"><code>${escapeHtml(context.command)}</code><button type="button" data-copy>Copy</button></div>`;
}

function paragraph(text: string): string {
  return `<p class="soft">${escapeHtml(text)}</p>`;
}

function figureElement(figure: Figure): string {
  const notes = figure.notes.map(paragraph).join('');
  return `<figure id="${figure.id}">
${svgChart(figure)}
${notes}<div class="under"><details><summary>Numbers</summary>${numbers(figure)}</details><button type="button" data-save>Save SVG</button></div>
</figure>`;
}

/** Mean over seeds and its interval, a row an x, a column a curve. */
function numbers(figure: Figure): string {
  const curves = figure.curves.filter(({ x }) => x.length > 0);
  const xs = [...new Set(curves.flatMap(({ x }) => x))].sort((left, right) => left - right);
  const heads = [figure.x.title, ...curves.map(nameAndRemark)].map(
    (text) => `<th scope="col">${escapeHtml(text)}</th>`,
  );
  const rows = xs.map((x) => {
    const cells = curves.map((curve) => `<td>${valueAt(curve, x)}</td>`);
    return `<tr><th scope="row">${x}</th>${cells.join('')}</tr>`;
  });
  const lines = figure.references.map((line) => paragraph(nameAndRemark(line))).join('');
  return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${lines}`;
}

function nameAndRemark({ label, remark }: Pick<Curve, 'label' | 'remark'>): string {
  return `${label} ${remark}`.trim();
}

function valueAt({ x, y, intervals }: Curve, at: number): string {
  const index = x.indexOf(at);
  if (index < 0) return '';
  const interval = intervals[index] ?? null;
  return `${valueText(y[index]!)}${interval === null ? '' : ` (${interval.map(valueText).join('–')})`}`;
}
