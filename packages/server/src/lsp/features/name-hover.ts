import { type ModelOutline, rowNameText, type Span, verdictLine } from '@widthwise/analysis';
import {
  codeMarkdown,
  codeSpan,
  joinMarkdown,
  type Markdown,
  markdown,
  markdownText,
  nameText,
} from '@widthwise/core';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from './ranges.ts';

/**
 * What a name means for models, wherever it stands: as the field of a configuration, an argument or a setting
 * of a script. A width says what has it, another name what is taken for granted of it.
 */
export function nameHover(
  document: TextDocument,
  models: readonly ModelOutline[],
  offset: number,
): Hover | null {
  const word = wordAt(document.getText(), offset);
  if (word === null) return null;
  const parts = models.flatMap((model) => saidOf(word.name, model) ?? []);
  if (parts.length === 0) return null;
  const value = markdownText(joinMarkdown(parts, '\n\n'));
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, word.span) };
}

/** What is known of a name; null of one that is nothing to a model. */
function saidOf(name: string, model: ModelOutline): Markdown | null {
  const granted = model.assumptions.filter((assumption) => assumption.includes(codeSpan(name)));
  const head = headOf(name, model);
  if (head === null && granted.length === 0) return null;
  return joinMarkdown(
    [
      head ?? markdown`**${codeMarkdown(name)}** in ${nameText(model.name)}`,
      ...(head === null ? [] : havingText(name, model)),
      ...(granted.length === 0 ? [] : [markdown`*${granted.join(' ')}*`]),
      markdown`${nameText(model.name)}: ${verdictLine(model)}`,
    ],
    '\n\n',
  );
}

function headOf(name: string, { name: of, widths, candidates }: ModelOutline): Markdown | null {
  if (widths.includes(name)) {
    return markdown`**${codeMarkdown(name)}** · ${widths.length === 1 ? 'the width n' : 'a width'} of ${nameText(of)}`;
  }
  if (!candidates.includes(name)) return null;
  return markdown`**${codeMarkdown(name)}** · may be the width of ${nameText(of)}: ${codeMarkdown(`# widthwise: width(${name})`)} says that it is`;
}

/** Weights before the rest is counted. */
const MOST_NAMED = 6;

function havingText(name: string, { weights }: ModelOutline): readonly Markdown[] {
  const having = weights.filter(({ shape }) => wordsOf(shape).includes(name));
  if (having.length === 0) return [];
  const named = having.slice(0, MOST_NAMED).map((row) => codeMarkdown(rowNameText(row)));
  const more = having.length > named.length ? [markdown`${String(having.length - named.length)} more`] : [];
  return [markdown`Sizes made of it: ${joinMarkdown([...named, ...more], ', ')}`];
}

function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The identifier at an offset of a text. */
function wordAt(text: string, offset: number): { readonly name: string; readonly span: Span } | null {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(from, end < 0 ? text.length : end);
  for (const { 0: name, index } of line.matchAll(WORD)) {
    const span = { start: from + index, end: from + index + name.length };
    if (span.start <= offset && offset <= span.end) return { name, span };
  }
  return null;
}
