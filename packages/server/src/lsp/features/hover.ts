import type { Analysis, Finding, ModelOutline, WeightRow } from '@widthwise/analysis';
import {
  embeddingRateText,
  judgeRow,
  MARKS,
  missingText,
  OPTIMIZER_NAMES,
  overlaps,
  rowNameText,
  type Span,
  touches,
  verdictLine,
} from '@widthwise/analysis';
import {
  codeMarkdown,
  joinMarkdown,
  type Markdown,
  markdown,
  markdownText,
  nameText,
  ownMarkdown,
  tableMarkdown,
} from '@widthwise/core';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rulePage } from '../../sources/rule-page.ts';
import { nameHover } from './name-hover.ts';
import { rangeOf } from './ranges.ts';

/**
 * How a weight scales, over its attribute, its constructor, its init call and each of its uses; over an optimizer the rates
 * of what it trains, and over any other name what that is to a model.
 */
export function hover(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const places = analysis.models.flatMap((model) =>
    model.weights.flatMap((row) => placesOf(row).map((span) => ({ model, row, span }))),
  );
  const here = places.filter(({ span }) => touches(span, offset));
  const [first] = here.sort((left, right) => sizeOf(left.span) - sizeOf(right.span));
  if (first === undefined)
    return optimizerHover(document, analysis, offset) ?? nameHover(document, analysis.models, offset);
  const same = here.filter(({ span }) => span.start === first.span.start && span.end === first.span.end);
  const findings = analysis.findings.filter((finding) => overlaps(finding.span, first.span));
  const more = same.length - MOST_ROWS;
  const parts = [
    ...same.slice(0, MOST_ROWS).flatMap(({ model, row }) => rowMarkdown(row, model)),
    ...(more > 0 ? [markdown`and ${String(more)} more`] : []),
    ...footOf(first.model, findings),
  ];
  const value = markdownText(joinMarkdown(parts, '\n\n'));
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, first.span) };
}

/** Weights with a table before the rest is counted, as those of a part whose class stands in another file. */
const MOST_ROWS = 4;

/** Over the call that makes an optimizer, its groups and rates included: the rate of each weight that it trains. */
function optimizerHover(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const trained = analysis.models.flatMap((model) =>
    model.weights.flatMap((row) => row.spans.trained.map((span) => ({ model, row, span }))),
  );
  const here = trained.filter(({ span }) => touches(span, offset));
  const [first] = here;
  if (first === undefined) return null;
  const rows = here.filter(({ model }) => model === first.model).map(({ row }) => row);
  const findings = analysis.findings.filter((finding) => overlaps(finding.span, first.span));
  const parts = [ratesMarkdown(rows), ...footOf(first.model, findings)];
  const value = markdownText(joinMarkdown(parts, '\n\n'));
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, first.span) };
}

/** Weights before the rest is counted. */
const MOST_RATES = 12;

/** What an optimizer does to each of its weights; those that are wrong first. */
function ratesMarkdown(rows: readonly WeightRow[]): Markdown {
  const judged = rows
    .flatMap((row) =>
      judgeRow(row)
        .filter(({ quantity }) => quantity === 'learning rate')
        .map((rate) => ({ row, rate })),
    )
    .toSorted((left, right) => Number(right.rate.state === 'wrong') - Number(left.rate.state === 'wrong'));
  const shown = judged
    .slice(0, MOST_RATES)
    .map(({ row, rate: { yours, wants, state, why } }) => [
      codeMarkdown(rowNameText(row)),
      row.role ?? 'role not certain',
      yours,
      wants,
      `${wants === '' ? '' : MARKS[state]} ${why}`.trim(),
    ]);
  const table = tableMarkdown(['learning rate of', 'role', 'yours', 'μP wants', 'why'], shown);
  const more = judged.length - shown.length;
  return more > 0 ? joinMarkdown([table, markdown`and ${String(more)} more`], '\n\n') : table;
}

function placesOf({ spans }: WeightRow): readonly Span[] {
  return [
    ...(spans.attribute === null ? [] : [spans.attribute]),
    spans.constructor,
    ...spans.init,
    ...spans.uses,
  ];
}

function sizeOf({ start, end }: Span): number {
  return end - start;
}

function rowMarkdown(row: WeightRow, model: ModelOutline): readonly Markdown[] {
  const what = [
    row.role ?? 'role not certain',
    row.shape,
    ...(row.optimizer === null ? [] : [OPTIMIZER_NAMES[row.optimizer]]),
  ];
  const beside = embeddingRateText(row, model);
  const missing = row.missing.map((why) => markdown`- ${missingText(why)}`);
  return [
    markdown`**${codeMarkdown(rowNameText(row))}** · ${what.join(' · ')}`,
    ...(row.role === 'finite' ? [] : [tableOf(row)]),
    ...(beside === null ? [] : [markdown`${beside}`]),
    ...(missing.length === 0 ? [] : [joinMarkdown(missing, '\n')]),
  ];
}

function tableOf(row: WeightRow): Markdown {
  const rows = judgeRow(row).map(({ quantity, yours, wants, state, why }) => [
    quantity,
    yours,
    wants,
    `${wants === '' ? '' : MARKS[state]} ${why}`.trim(),
  ]);
  return tableMarkdown(['scaling', 'yours', 'μP wants', 'why'], rows);
}

/** The verdict on the whole model, as its lens has it; then the assumptions and the rules that fired here. */
function footOf(model: ModelOutline, findings: readonly Finding[]): readonly Markdown[] {
  const rules = findings.map(
    ({ code, fixes }) =>
      markdown`${ownMarkdown(`[${code}](${rulePage(code)})`)} ${fixes.map(({ text }) => text).join(' ')}`,
  );
  return [
    markdown`${nameText(model.name)}: ${verdictLine(model)}`,
    ...(model.assumptions.length === 0 ? [] : [markdown`*${model.assumptions.join(' ')}*`]),
    ...rules,
  ];
}
