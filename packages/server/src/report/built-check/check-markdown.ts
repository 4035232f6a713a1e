import { codeBlockMarkdown, joinMarkdown, markdown, markdownText, tableMarkdown } from '@widthwise/core';
import { SIGNS } from '@widthwise/figures';
import type { ReportContext } from '../report-context.ts';
import type { BuiltCheckReport, BuiltCheckRequest } from './built-check-report.ts';
import { axisOf } from './check-reasons.ts';
import {
  builtCheckRows,
  builtCheckSentence,
  builtSuspectSentence,
  howToReadBuilt,
  placeInCode,
  unforetoldSentences,
} from './check-words.ts';

/** A coordinate check of a built model as GitHub-flavored Markdown, as it goes into a pull request. */
export function builtCheckMarkdown(
  report: BuiltCheckReport,
  { command, version }: ReportContext<BuiltCheckRequest>,
): string {
  const rows = builtCheckRows(report).map(({ layer, kind, start, step, size, update, weight, verdict }) => [
    layer,
    kind,
    start,
    step,
    size,
    update,
    weight,
    `${SIGNS[verdict.mark]} ${verdict.word}`.trim(),
  ]);
  const heads = ['place', 'module', 'size at start', 'step', 'size', 'update', '‖ΔW‖₂', 'verdict'];
  const { failures, check, versions } = report;
  const sections = [
    markdown`# ${report.model}: do coordinates keep their size, and move?`,
    markdown`**${builtCheckSentence(report)}.**`,
    ...report.suspects.map((suspect) => {
      const place = placeInCode(suspect);
      const { mending } = suspect;
      const where = place === '' ? '' : ` In ${place}.`;
      const fix = mending === '' ? '' : ` To mend it: ${mending}.`;
      return markdown`- ${builtSuspectSentence(suspect)}.${where}${fix}`;
    }),
    ...failures.map(
      ({ width, why }) =>
        markdown`- Not measured at ${axisOf(report.request).one} ${String(width ?? '?')}: ${why}.`,
    ),
    tableMarkdown(heads, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'right']),
    markdown`${howToReadBuilt(report)}`,
    ...[...unforetoldSentences(report), ...check.notes].map((note) => markdown`- ${note}`),
    markdown`With ${versions?.libraries ?? '?'}, Python ${versions?.python ?? '?'}, widthwise ${version}. Again:`,
    codeBlockMarkdown(command, 'sh'),
  ];
  return `${markdownText(joinMarkdown(sections, '\n\n'))}\n`;
}
