import { escapeHtml, SIGNS, type VerdictCell } from '@widthwise/figures';
import { figureElement, htmlPage, noteList, paragraph, wordsHtml } from '../page.ts';
import type { ReportContext } from '../report-context.ts';
import type { BuiltCheckReport, BuiltCheckRequest, SuspectInCode } from './built-check-report.ts';
import { builtCheckFigures } from './check-figures.ts';
import { axisOf } from './check-reasons.ts';
import {
  builtCheckRows,
  builtCheckSentence,
  builtSuspectSentence,
  howToReadBuilt,
  placeInCode,
  unforetoldSentences,
} from './check-words.ts';

/** A coordinate check of a built model as one HTML file that needs no network. */
export function builtCheckPage(report: BuiltCheckReport, context: ReportContext<BuiltCheckRequest>): string {
  const { model, suspects, failures, versions, check, request } = report;
  const failed = failures.map(({ width, why }) =>
    paragraph(`Not measured at ${axisOf(report.request).one} ${width ?? '?'}: ${why}.`),
  );
  return htmlPage(
    {
      title: `${model}: do coordinates keep their size, and move?`,
      verdict: `${builtCheckSentence(report)}.`,
      body: [
        ...(suspects.length === 0 ? [] : ['<h2>Where it begins</h2>', suspectTable(suspects)]),
        ...failed,
        '<h2>Places</h2>',
        placeTable(report),
        paragraph(howToReadBuilt(report)),
        '<h2>Figures</h2>',
        `<div class="figures">${builtCheckFigures(report).map(figureElement).join('\n')}</div>`,
        '<h2>What was measured</h2>',
        noteList([
          { term: 'factory', text: `${request.file}:${request.factory}` },
          {
            term: 'runs',
            text: `${axisOf(request).many} ${check.widths.join(', ')}${request.at === null ? '' : ` at width ${request.at}`}, seeds 0 … ${check.seeds - 1}, ${check.steps} steps`,
          },
          {
            term: 'with',
            text: `${versions?.libraries ?? '?'} on Python ${versions?.python ?? '?'}, ${context.machine}`,
          },
          ...[...unforetoldSentences(report), ...check.notes].map((text) => ({ term: 'note', text })),
        ]),
      ],
    },
    context,
  );
}

function suspectTable(suspects: readonly SuspectInCode[]): string {
  const rows = suspects.map((suspect) => {
    const cells = [
      wordsHtml(`${builtSuspectSentence(suspect)}.`),
      suspect.line === null ? '' : escapeHtml(`${placeInCode(suspect)}: ${suspect.line.text}`),
      suspect.mending === '' ? '' : wordsHtml(`${suspect.mending}.`),
    ];
    return `<tr>${cells.map((html) => `<td class="text">${html}</td>`).join('')}</tr>`;
  });
  return tableOf(['what', 'line', 'to mend it'], rows, { words: 3 });
}

function placeTable(report: BuiltCheckReport): string {
  const rows = builtCheckRows(report).map(({ layer, kind, start, step, size, update, weight, verdict }) => {
    const numbers = [start, step, size, update, weight]
      .map((text) => `<td>${escapeHtml(text)}</td>`)
      .join('');
    return `<tr><th scope="row">${escapeHtml(layer)}</th>${verdictCell(verdict)}<td class="text">${escapeHtml(kind)}</td>${numbers}</tr>`;
  });
  // The verdict is seen where the table is wider than the window.
  const heads = ['place', 'verdict', 'module', 'size at start', 'step', 'size', 'update', '‖ΔW‖₂'];
  return tableOf(heads, rows, { words: 3 });
}

function verdictCell({ mark, word }: VerdictCell): string {
  return `<td class="verdict-cell ${mark}">${escapeHtml(`${SIGNS[mark]} ${word}`.trim())}</td>`;
}

/** @param words so many columns from the left hold words */
function tableOf(
  heads: readonly string[],
  rows: readonly string[],
  { words }: { readonly words: number },
): string {
  const head = heads
    .map((text, column) => {
      const kind = column < words ? ' class="words"' : '';
      return `<th scope="col"${kind}>${escapeHtml(text)}</th>`;
    })
    .join('');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
