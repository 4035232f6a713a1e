import type { Analysis, Finding, ModelOutline, WeightRow } from '@widthwise/analysis';
import {
  embeddingRateText,
  fixText,
  judgeRow,
  MARKS,
  markOf,
  missingText,
  overlaps,
  rowNameText,
  rowProblems,
  type Span,
  touches,
  trainerText,
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
import { groupsName } from './groups-name.ts';
import { nameHover } from './name-hover.ts';
import { rangeOf } from './ranges.ts';

/**
 * How a weight scales, over its attribute and those of the parts that it stands in, its constructor, its init call and each
 * of its uses; over an optimizer and its groups the rates of what they train, and over any other name what that is to a model.
 */
export function hover(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const text = document.getText();
  const places = analysis.models.flatMap((model) =>
    model.weights.flatMap((row) => placesOf(row, text).map((span) => ({ model, row, span }))),
  );
  const here = places.filter(({ span }) => touches(span, offset));
  const [first] = here.sort((left, right) => sizeOf(left.span) - sizeOf(right.span));
  if (first === undefined)
    return optimizerHover(document, analysis, offset) ?? nameHover(document, analysis.models, offset);
  const findings = analysis.findings.filter((finding) => overlaps(finding.span, first.span));
  const found = new Set(findings.flatMap(({ weights }) => weights));
  const urgency = ({ row }: (typeof here)[number]) => 2 * Number(found.has(row.name)) + Number(isWrong(row));
  const same = here
    .filter(({ span }) => span.start === first.span.start && span.end === first.span.end)
    .toSorted((left, right) => urgency(right) - urgency(left));
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

function isWrong(row: WeightRow): boolean {
  return markOf(row) === MARKS.wrong;
}

/** Over the call that makes an optimizer, over one of its groups, or the list of them: the rate of each weight that is trained. */
function optimizerHover(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const text = document.getText();
  const trained = analysis.models.flatMap((model) => {
    const all = model.weights.flatMap(({ spans }) => spans.groups);
    const listNames = new Map(all.map((span) => [span.start, groupsName(text, span, all)]));
    return model.weights.flatMap((row) => {
      const { groups, trained: calls } = row.spans;
      const lists = groups.flatMap(({ start }) => listNames.get(start) ?? []);
      return [...groups, ...lists, ...calls].map((span) => ({ model, row, span }));
    });
  });
  const touched = trained.filter(({ span }) => touches(span, offset));
  const smallest = Math.min(...touched.map(({ span }) => sizeOf(span)));
  const here = touched.filter(({ span }) => sizeOf(span) === smallest);
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

function placesOf({ spans }: WeightRow, text: string): readonly Span[] {
  const places = [
    ...(spans.attribute === null ? [] : [spans.attribute]),
    ...spans.holders,
    ...keyword(text, spans.constructor),
    spans.constructor,
    ...spans.init,
    ...spans.uses,
  ];
  return [...new Map(places.map((span) => [`${span.start} ${span.end}`, span])).values()];
}

/** The name under which a call or a dict is given what a layer's constructor makes, as in `dict(wte=nn.Embedding(…))`. */
function keyword(text: string, made: Span): readonly Span[] {
  const before = text.slice(Math.max(0, made.start - LONGEST_KEYWORD), made.start);
  const found = KEYWORD.exec(before);
  if (found?.[1] === undefined) return [];
  const start = made.start - before.length + found.index;
  return [{ start, end: start + found[1].length }];
}

const KEYWORD = /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)(?: *= *|['"] *: *)$/u;

const LONGEST_KEYWORD = 80;

function sizeOf({ start, end }: Span): number {
  return end - start;
}

function rowMarkdown(row: WeightRow, model: ModelOutline): readonly Markdown[] {
  const what = [
    row.role ?? 'role not certain',
    row.shape,
    ...(row.optimizer === null ? [] : [trainerText(row)]),
  ];
  const beside = embeddingRateText(row, model);
  const missing = row.missing.map((why) => markdown`- ${missingText(why)}`);
  const shared = rowProblems(row).filter((one) => one.of === 'use');
  return [
    markdown`**${codeMarkdown(rowNameText(row))}** · ${what.join(' · ')}`,
    ...(row.role === 'finite' ? [] : [tableOf(row)]),
    ...shared.map(({ problem }) => markdown`${MARKS.wrong} ${problem}`),
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
      markdown`${ownMarkdown(`[${code}](${rulePage(code)})`)} ${fixes.map(fixText).join(' ')}`,
  );
  return [
    markdown`${nameText(model.name)}: ${verdictLine(model)}`,
    ...(model.assumptions.length === 0 ? [] : [markdown`*${model.assumptions.join(' ')}*`]),
    ...rules,
  ];
}
