import type { ConvergenceCheckRequest, ConvergenceReport } from '@widthwise/core';
import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import {
  convergenceEvidence,
  convergenceFindings,
  convergenceSentence,
  convergenceTable,
  HOW_TO_READ_CONVERGENCE,
  hypothesisRows,
  independenceMap,
  infiniteTable,
  SIGNS,
  type VerdictCell,
} from '@widthwise/figures';
import { convergenceNotes } from './convergence-notes.ts';
import { featureMarkdown } from './feature-markdown.ts';
import { infiniteMarkdown } from './infinite-markdown.ts';
import type { ReportContext } from './report-context.ts';

const COLUMNS = 8;

/** A convergence check as GitHub-flavored Markdown: verdict, evidence, hypotheses, layers, map, how to do it again. */
export function convergenceMarkdown(
  report: ConvergenceReport,
  context: ReportContext<ConvergenceCheckRequest>,
): string {
  const { request, dataTitle, labels, command } = context;
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const findings = convergenceFindings(report);
  const map = independenceMap(findings, COLUMNS);
  const infinite = infiniteTable(report.infiniteWidth && { [name]: report.infiniteWidth }, {
    ...request,
    parametrizations: [{ name, label }],
  });
  const sections = [
    markdown`# ${`${label} on ${dataTitle}`}: does training stop at a minimum?`,
    markdown`**${convergenceSentence(report, label)}**`,
    joinMarkdown(
      convergenceEvidence(report).map((sentence) => markdown`- ${sentence}`),
      '\n',
    ),
    markdown`## Layers`,
    tableMarkdown(
      ['layer', 'λ_min(h)', 'λ_min(x)', 'joint λ_min', 'movement', 'λ_min', 'verdict'],
      convergenceTable(findings, request.depth).map((row) => [
        row.layer,
        row.preactivation,
        row.activation,
        row.joint,
        row.movement,
        row.lambdaMin,
        cellText(row.verdict),
      ]),
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    markdown`λ_min(h), λ_min(x): the least over probed steps, by the infinite-width value; joint λ_min, of features at the start and at the end together, at the widest; then slopes against width, in brackets what theory predicts.`,
    ...infiniteMarkdown(infinite, request),
    markdown`## Hypotheses of the theorem`,
    tableMarkdown(
      ['hypothesis', 'here', 'why'],
      hypothesisRows(findings).map((row) => [row.name, cellText(row.verdict), row.reason]),
      ['left', 'left', 'left'],
    ),
    markdown`## λ_min by its infinite-width value`,
    tableMarkdown(
      ['features', ...map.steps.map((step) => `step ${step}`)],
      map.rows.map((row) => [row.name, ...row.cells.map(({ text }) => text)]),
      ['left', ...map.steps.map(() => 'right' as const)],
    ),
    markdown`${HOW_TO_READ_CONVERGENCE}`,
    ...featureMarkdown([{ label, layers: report.features ?? [] }]),
    markdown`## What was measured`,
    joinMarkdown(
      convergenceNotes(context).map(({ term, text }) => markdown`- **${term}:** ${text}`),
      '\n',
    ),
    markdown`Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}

function cellText({ mark, word }: VerdictCell): string {
  return `${SIGNS[mark]} ${word}`.trim();
}
