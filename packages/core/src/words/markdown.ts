import { codeSpan, stretchesOf } from './code-span.ts';
import { cutText, shownText } from './shown-text.ts';

/** More of one value is never shown. */
const LONGEST_TEXT = 4000;
const LONGEST_CODE = 400;

/** A piece of Markdown: written by us, text that may have code in backticks, or code. */
interface Piece {
  readonly kind: 'source' | 'text' | 'code';
  readonly text: string;
}

/** Markdown that says what it says and does nothing: what others wrote is in it as text or code. */
export interface Markdown {
  readonly pieces: readonly Piece[];
}

/** Markdown as it is written here, with values in it. A text among them is a sentence: only its code is more than text. */
export function markdown(
  parts: TemplateStringsArray,
  ...values: readonly (Markdown | string | number)[]
): Markdown {
  const pieces = parts.flatMap((part, index) => {
    const value = values[index];
    const source: Piece = { kind: 'source', text: part };
    return value === undefined ? [source] : [source, ...piecesOf(value)];
  });
  return { pieces: pieces.filter(({ kind, text }) => kind === 'code' || text !== '') };
}

/** A name, or code. */
export function codeMarkdown(text: string): Markdown {
  return { pieces: [{ kind: 'code', text }] };
}

/** Markdown that no stranger had a hand in, such as a link to a page of ours. */
export function ownMarkdown(source: string): Markdown {
  return { pieces: [{ kind: 'source', text: source }] };
}

/** One after the other, with Markdown of ours between them. */
export function joinMarkdown(parts: readonly (Markdown | string)[], between: string): Markdown {
  const pieces = parts.flatMap((part, index): readonly Piece[] => [
    ...(index === 0 ? [] : [{ kind: 'source', text: between } as const]),
    ...piecesOf(part),
  ]);
  return { pieces };
}

/** A table of GitHub's Markdown. */
export function tableMarkdown(
  head: readonly (Markdown | string)[],
  rows: readonly (readonly (Markdown | string)[])[],
  align: readonly ('left' | 'right')[] = [],
): Markdown {
  const rule = head.map((_, index) => (align[index] === 'right' ? '---:' : '---'));
  const line = (cells: readonly (Markdown | string)[]): string =>
    `| ${cells.map((cell) => piecesOf(cell).map(cellSource).join('')).join(' | ')} |`;
  return ownMarkdown([line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n'));
}

/** A text in lines of its own, as it is: the fence is longer than any in it. */
export function codeBlockMarkdown(text: string, language: string): Markdown {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const lines = text.split('\n').map((line) => shownText(line));
  return ownMarkdown([`${fence}${language}`, ...lines, fence].join('\n'));
}

/** What is handed to whoever draws Markdown. */
export function markdownText({ pieces }: Markdown): string {
  return pieces.map(sourceOf).join('');
}

function piecesOf(value: Markdown | string | number): readonly Piece[] {
  if (typeof value === 'object') return value.pieces;
  return stretchesOf(cutText(String(value), LONGEST_TEXT)).map(({ isCode, text }) => ({
    kind: isCode ? 'code' : 'text',
    text,
  }));
}

function sourceOf({ kind, text }: Piece): string {
  if (kind === 'source') return text;
  return kind === 'code' ? codeSpan(text, LONGEST_CODE) : escaped(shownText(text));
}

/** A bar ends a cell, also within code, and whether it does behind a backslash is told in two ways. */
function cellSource(piece: Piece): string {
  const source = sourceOf(piece);
  if (piece.kind === 'code') return source.replaceAll('\\|', '\\\u2060|').replaceAll('|', '\\|');
  return source.replaceAll('|', '&#124;');
}

/**
 * Text with a backslash before all that could begin emphasis, code, a link, a picture, HTML, an entity or a formula,
 * and before what would make a link of an address or a list or heading of a line.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>&~$@]|(?<=www)\.|\/(?=\/)/gi, String.raw`\$&`)
    .replace(/^ *(?:[#+=-]|\d{1,9}(?=[.)]))?/, (begin) => {
      const mark = begin.trimStart();
      const room = begin.length > mark.length ? ' ' : '';
      return /^\d/.test(mark) ? `${room}${mark}\\` : `${room}${mark === '' ? '' : '\\'}${mark}`;
    });
}
