import type { ComparisonReport } from '@widthwise/core';
import { comparisonSentence, HOW_TO_READ, remarks, valueText } from '@widthwise/figures';
import { comparisonTable } from './comparison-table.ts';
import { escapeHtml } from './escape-html.ts';
import type { CurvePoint, Figure } from './figure.ts';
import { comparisonFigures } from './figures.ts';
import { evidenceTable, verdictTable } from './html-table.ts';
import { measurementNotes } from './measurement-notes.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { FIGURE_STYLE, PAGE_STYLE } from './page-style.ts';
import type { ReportContext } from './report-context.ts';
import { svgChart } from './svg-chart.ts';

/** A report as one HTML file that needs no network: verdict, table, figures, how it was measured. */
export function renderHtml(report: ComparisonReport, context: ReportContext): string {
  const title = `${context.dataTitle}: which parametrization keeps features moving and rich?`;
  const table = comparisonTable(report, context);
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
${comparisonFigures(report, context)
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
function numbers({ curves, xTitle, references }: Figure): string {
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const heads = [xTitle, ...curves.map(({ label }) => label)].map(
    (text) => `<th scope="col">${escapeHtml(text)}</th>`,
  );
  const rows = xs.map((x) => {
    const cells = curves.map(({ points }) => `<td>${pointText(points.find((point) => point.x === x))}</td>`);
    return `<tr><th scope="row">${x}</th>${cells.join('')}</tr>`;
  });
  const lines = references.map(({ label }) => paragraph(label)).join('');
  return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${lines}`;
}

function pointText(point: CurvePoint | undefined): string {
  if (point === undefined) return '';
  const { y, low, high } = point;
  return low === null ? valueText(y) : `${valueText(y)} (${valueText(low)}–${valueText(high)})`;
}
