import type { Analysis, Finding, ModelOutline, WeightRow } from '@widthwise/analysis';
import {
  judgeRow,
  MARKS,
  missingText,
  OPTIMIZER_NAMES,
  overlaps,
  type Span,
  touches,
  verdictLine,
} from '@widthwise/analysis';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from './ranges.ts';
import { rulePage } from './rule-page.ts';

/** How a weight scales, over its attribute, its constructor and its init call. */
export function hover(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const places = analysis.models.flatMap((model) =>
    model.weights.flatMap((row) => placesOf(row).map((span) => ({ model, row, span }))),
  );
  const here = places.filter(({ span }) => touches(span, offset));
  const [first] = here.sort((left, right) => sizeOf(left.span) - sizeOf(right.span));
  if (first === undefined) return null;
  const same = here.filter(({ span }) => span.start === first.span.start && span.end === first.span.end);
  const findings = analysis.findings.filter((finding) => overlaps(finding.span, first.span));
  const value = [...same.map(({ row }) => rowMarkdown(row)), ...footOf(first.model, findings)].join('\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, first.span) };
}

function placesOf({ spans }: WeightRow): readonly Span[] {
  return [...(spans.attribute === null ? [] : [spans.attribute]), spans.constructor, ...spans.init];
}

function sizeOf({ start, end }: Span): number {
  return end - start;
}

function rowMarkdown(row: WeightRow): string {
  const title = [
    `**${row.name}**`,
    row.role ?? 'role not certain',
    row.shape,
    ...(row.optimizer === null ? [] : [OPTIMIZER_NAMES[row.optimizer]]),
  ];
  const missing = row.missing.map((why) => `- ${missingText(why)}`).join('\n');
  return [title.join(' · '), row.role === 'finite' ? '' : tableOf(row), missing]
    .filter((part) => part !== '')
    .join('\n\n');
}

function tableOf(row: WeightRow): string {
  const lines = judgeRow(row).map(
    ({ quantity, yours, wants, state, why }) =>
      `| ${quantity} | ${yours} | ${wants} | ${wants === '' ? '' : MARKS[state]} ${why} |`,
  );
  return ['| | yours | μP wants | |', '|---|---|---|---|', ...lines].join('\n');
}

/** The verdict on the whole model, as its lens has it; then the assumptions and the rules that fired here. */
function footOf(model: ModelOutline, findings: readonly Finding[]): readonly string[] {
  const rules = findings.map(({ code, fixes }) => `[${code}](${rulePage(code)}) ${fixes.join(' ')}`);
  return [
    `${model.name}: ${verdictLine(model)}`,
    ...(model.assumptions.length === 0 ? [] : [`*${model.assumptions.join(' ')}*`]),
    ...rules,
  ];
}
