import type { ConvergenceCheckRequest, ConvergenceReport } from '@widthwise/core';
import {
  type ConvergenceFindings,
  convergenceEvidence,
  convergenceFigures,
  convergenceFindings,
  convergenceSentence,
  convergenceTable,
  escapeHtml,
  HOW_TO_READ_CONVERGENCE,
  hypothesisRows,
  type IndependenceMap,
  independenceMap,
  infiniteFigures,
  infiniteTable,
} from '@widthwise/figures';
import { convergenceNotes } from './convergence-notes.ts';
import { infiniteSection } from './infinite-section.ts';
import { featureSection, figureElement, htmlPage, noteList, paragraph } from './page.ts';
import { headCell, pageTable, textCell, verdictCell } from './page-table.ts';
import type { ReportContext } from './report-context.ts';

/** So many steps stand beside each other on a page; every probed one is in the JSON. */
const MAP_COLUMNS = 13;

/** A convergence check as one HTML file: verdict, evidence, layers, hypotheses, map, figures, how it was measured. */
export function convergencePage(
  report: ConvergenceReport,
  context: ReportContext<ConvergenceCheckRequest>,
): string {
  const { request, labels, dataTitle } = context;
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const findings = convergenceFindings(report);
  const { widths, depth, steps } = request;
  const infinite = infiniteTable(report.infiniteWidth && { [name]: report.infiniteWidth }, {
    ...request,
    parametrizations: [{ name, label }],
  });
  // Losses stand beside those of every width.
  const limits =
    infinite === null
      ? []
      : infiniteFigures(
          { [name]: report.infiniteWidth! },
          { ...request, parametrizations: [{ name, label }] },
        ).filter(({ id }) => id !== 'loss-infinite');
  const runs = report.rows.map(({ width, series }) => ({ width, columns: series }));
  const setting = {
    parametrization: name,
    widths,
    depth,
    steps,
    limits: request.limits.activation,
    infiniteWidth: report.infiniteWidth,
  };
  return htmlPage(
    {
      title: `${label} on ${dataTitle}: does training stop at a minimum?`,
      verdict: convergenceSentence(report, label),
      body: [
        `<ul>${convergenceEvidence(report)
          .map((sentence) => `<li>${escapeHtml(sentence)}</li>`)
          .join('')}</ul>`,
        '<h2>Layers</h2>',
        layerTable(findings, depth),
        paragraph(
          'λ_min of preactivations and features: the least over probed steps, by the infinite-width value; joint λ_min, of features at the start and at the end together, at the widest; then slopes against width, in brackets what theory predicts.',
        ),
        ...infiniteSection(infinite, request),
        '<h2>Hypotheses of the theorem</h2>',
        hypothesisTable(findings),
        '<h2>λ_min by its infinite-width value</h2>',
        mapTable(independenceMap(findings, MAP_COLUMNS)),
        paragraph(HOW_TO_READ_CONVERGENCE),
        '<h2>Figures</h2>',
        `<div class="figures">${[...convergenceFigures(runs, setting), ...limits].map(figureElement).join('\n')}</div>`,
        ...featureSection([{ label, layers: report.features ?? [] }]),
        '<h2>What was measured</h2>',
        noteList(convergenceNotes(context)),
      ],
    },
    context,
  );
}

function layerTable(findings: ConvergenceFindings, depth: number): string {
  const heads = ['layer', 'verdict', 'λ_min(h)', 'λ_min(x)', 'joint λ_min', 'movement', 'λ_min(x), slope'];
  const rows = convergenceTable(findings, depth).map(
    ({ layer, preactivation, activation, joint, movement, lambdaMin, verdict }) =>
      `${headCell(layer)}${verdictCell(verdict)}${[preactivation, activation, joint, movement, lambdaMin].map(textCell).join('')}`,
  );
  return pageTable(heads, rows);
}

function hypothesisTable(findings: ConvergenceFindings): string {
  const rows = hypothesisRows(findings).map(
    ({ name, verdict, reason }) =>
      `${headCell(name)}${verdictCell(verdict)}<td class="text">${escapeHtml(reason)}</td>`,
  );
  return pageTable(['hypothesis', 'here', 'why'], rows);
}

/** Layer × step; the worst cell is outlined. */
function mapTable({ steps, rows }: IndependenceMap): string {
  const lines = rows.map(({ name, cells }) => {
    const of = cells.map(
      ({ text, mark, worst }) =>
        `<td class="map ${mark}${worst ? ' worst' : ''}"${worst ? ' title="the least"' : ''}>${escapeHtml(text)}</td>`,
    );
    return `${headCell(name)}${of.join('')}`;
  });
  return pageTable(['step', ...steps.map(String)], lines);
}
