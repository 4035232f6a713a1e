import type { CoordinateCheckRequest, CoordinateReport } from '@widthwise/core';
import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import {
  coordinateSentence,
  coordinateTable,
  cutText,
  engineText,
  HOW_TO_READ_CHECK,
  HOW_TO_READ_WEIGHTS,
  SIGNS,
  suspectSentence,
  twinLines,
  weightTable,
} from '@widthwise/figures';
import type { ReportContext } from './report-context.ts';

/** A coordinate check as GitHub-flavored Markdown: verdict, what is suspect, table, how to do it again. */
export function coordinateMarkdown(
  report: CoordinateReport,
  {
    request,
    dataTitle,
    labels,
    twin,
    command,
    version,
    engineReason = null,
  }: ReportContext<CoordinateCheckRequest>,
): string {
  const { name } = request.parametrization;
  const label = labels[name] ?? name;
  const rows = coordinateTable(report, request.depth).map(
    ({ layer, step, size, update, predicted, verdict }) => [
      layer,
      String(step),
      size,
      update,
      predicted,
      `${SIGNS[verdict.mark]} ${verdict.word}`.trim(),
    ],
  );
  const leftOut = cutText(request);
  const sections = [
    markdown`# ${`${label} on ${dataTitle}`}: do coordinates keep their size, and move?`,
    markdown`**${coordinateSentence(report, label)}**`,
    ...(leftOut === null ? [] : [markdown`- ${leftOut}`]),
    ...(twin === null ? [] : twinLines(twin).map((line) => markdown`- ${line}`)),
    ...report.suspects.map((suspect) => markdown`- ${suspectSentence(suspect, request.depth)}`),
    tableMarkdown(['layer', 'step', 'size', 'update', 'theory', 'verdict'], rows, [
      'left',
      'right',
      'right',
      'right',
      'right',
    ]),
    markdown`${HOW_TO_READ_CHECK}`,
    tableMarkdown(
      ['weight', '‖W‖₂', '‖ΔW‖₂', 'alignment'],
      weightTable(report, request.depth).map(({ layer, norm, update, alignment }) => [
        layer,
        norm,
        update,
        alignment,
      ]),
      ['left', 'right', 'right', 'right'],
    ),
    markdown`${HOW_TO_READ_WEIGHTS}`,
    markdown`Widths ${request.widths.join(', ')}; seeds 0 … ${request.seeds - 1}; widthwise ${version}, ${engineText(request.engine.name, engineReason)}. Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}
