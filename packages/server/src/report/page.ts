import { stretchesOf } from '@widthwise/core';
import {
  escapeHtml,
  FEATURE_HEADS,
  FIGURE_STYLE,
  type Figure,
  featureRows,
  figureNumbers,
  HOW_TO_READ_FEATURES,
  type LabelledFeatures,
  type SpectrumMap,
  spectrumMaps,
  spectrumNumbers,
  svgChart,
  svgSpectrum,
} from '@widthwise/figures';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { pageTable, textRow } from './page-table.ts';
import type { ReportContext } from './report-context.ts';

/** What a page says first, and everything below. */
export interface Page {
  readonly title: string;
  readonly verdict: string;
  /** HTML, in order. */
  readonly body: readonly string[];
}

/** A page that needs no network: title, verdict, the command that does it again, then its body. */
export function htmlPage(
  { title, verdict, body }: Page,
  context: Pick<ReportContext<unknown>, 'date' | 'version' | 'command'>,
): string {
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
${header(title, verdict, context)}
${body.join('\n')}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function header(
  title: string,
  verdict: string,
  { date, version, command }: Pick<ReportContext<unknown>, 'date' | 'version' | 'command'>,
): string {
  const day = date.toISOString().slice(0, 10);
  return `<h1>${escapeHtml(title)}</h1>
<p class="verdict">${wordsHtml(verdict)}</p>
${paragraph(`Measured ${day} by Widthwise ${version}. The same again:`)}
<div class="command"><code>${escapeHtml(command)}</code><button type="button" data-copy>Copy</button></div>`;
}

/** A list of what was measured, term by term. */
export function noteList(notes: readonly { readonly term: string; readonly text: string }[]): string {
  const items = notes.map(({ term, text }) => `<dt>${escapeHtml(term)}</dt><dd>${wordsHtml(text)}</dd>`);
  return `<dl>
${items.join('\n')}
</dl>`;
}

/** Text that stands back. */
export function paragraph(text: string): string {
  return `<p class="soft">${wordsHtml(text)}</p>`;
}

/** Words of our own as HTML, with what stands between backticks as code. */
export function wordsHtml(words: string): string {
  return stretchesOf(words)
    .map(({ isCode, text }) => (isCode ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text)))
    .join('');
}

/** A figure with its notes and its numbers. */
export function figureElement(figure: Figure): string {
  const notes = figure.notes.map(paragraph).join('');
  return `<figure id="${figure.id}">
${svgChart(figure)}
${notes}<div class="under"><details><summary>Numbers</summary>${numbers(figure)}</details><button type="button" data-save>Save SVG</button></div>
</figure>`;
}

/** A map of eigenvalues with its numbers. */
function spectrumElement(map: SpectrumMap): string {
  const { heads, rows } = spectrumNumbers(map);
  return `<figure id="${map.id}">
${svgSpectrum(map)}
${map.notes.map(paragraph).join('')}<div class="under"><details><summary>Numbers</summary>${pageTable(heads, rows.map(textRow))}</details><button type="button" data-save>Save SVG</button></div>
</figure>`;
}

/** What Grams show of the features of some parametrizations: maps of their eigenvalues, and what follows from them. */
export function featureSection(features: readonly LabelledFeatures[]): readonly string[] {
  const maps = spectrumMaps(features);
  if (maps.length === 0) return [];
  const rows = features.flatMap(({ label, layers }) =>
    featureRows(layers).map((row) => textRow(features.length > 1 ? [label, ...row] : row)),
  );
  const heads = features.length > 1 ? ['', ...FEATURE_HEADS] : FEATURE_HEADS;
  return [
    '<h2>Spectra</h2>',
    `<div class="figures">${maps.map(spectrumElement).join('\n')}</div>`,
    pageTable(heads, rows),
    paragraph(HOW_TO_READ_FEATURES),
  ];
}

/** Mean over seeds and its interval, a row an x, a column a curve. */
function numbers(figure: Figure): string {
  const { heads, rows, references } = figureNumbers(figure);
  const titles = heads.map((text) => `<th scope="col">${escapeHtml(text)}</th>`);
  const lines = rows.map(
    ({ x, cells }) => `<tr><th scope="row">${x}</th>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><thead><tr>${titles.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>${references.map(paragraph).join('')}`;
}
