import { grouped } from './grouped.ts';
import type { Comment } from './syntax/ast.ts';
import { type LineIndex, lineIndex } from './syntax/line-index.ts';
import type { Span } from './syntax/span.ts';

/** What comments tell the analysis about the file they stand in. */
export interface Directives {
  /** `# widthwise: width(a, b)`. */
  readonly widths: readonly DeclaredWidth[];
  /** Whether a finding that spans these offsets was asked not to be made. */
  isSuppressed(code: string, span: Span): boolean;
  /** What comments ask not to be told, where they stand. */
  readonly suppressions: readonly WrittenSuppression[];
  /** Comments that speak to this linter and ask for nothing it can read, by their first word. */
  readonly unknown: readonly UnknownDirective[];
  /** Whether one of them asks that of a place: of one code, or of all. */
  covers(suppression: WrittenSuppression, span: Span): boolean;
}

/** A name that a comment declares a width. */
export interface DeclaredWidth {
  readonly name: string;
  readonly comment: Comment;
}

interface Suppression {
  /** Empty for every code. */
  readonly codes: readonly string[];
  readonly firstLine: number;
  readonly lastLine: number;
}

/** `# widthwise: ignore[…]` or `# noqa: …` with the codes in it. */
export interface WrittenSuppression extends Suppression {
  readonly comment: Comment;
  /** Whether the codes are those of this linter alone. */
  readonly isOwn: boolean;
}

/** `# widthwise: ingore[…]`, or `# widthwise: ignore[…` whose list does not end. */
export interface UnknownDirective {
  readonly word: string;
  /** The bracket that is missing behind a known word. */
  readonly lacks: ']' | ')' | null;
  readonly comment: Comment;
}

/** The words by which a comment asks for something. */
export const DIRECTIVES: readonly string[] = ['ignore', 'off', 'on', 'width'];

/** Reads `# widthwise: …` and `# noqa: MUP…` comments. */
export function readDirectives(comments: readonly Comment[], text: string): Directives {
  if (comments.length === 0) return NO_DIRECTIVES;
  const lines = lineIndex(text);
  const lineOf = (offset: number) => lines.placeOf(offset).line;
  const covered = coveredLines(lines);
  const widths: DeclaredWidth[] = [];
  const suppressions: Suppression[] = [];
  let offSince: number | null = null;
  const written: WrittenSuppression[] = [];
  const notes = comments.flatMap((one) => notesIn(one, lineOf(one.span.start)));
  for (const { text: comment, directive, line, of } of notes) {
    for (const name of declaredIn(directive)) widths.push({ name, comment: of });
    const codes = suppressedCodes(comment, directive);
    if (codes !== null) {
      const suppression = { codes, ...covered(line) };
      suppressions.push(suppression);
      written.push({ ...suppression, comment: of, isOwn: directive !== '' });
    }
    const off = listIn(directive, OFF);
    if (off.length > 0) suppressions.push({ codes: upper(off), firstLine: line, lastLine: lines.count });
    else if (/^off\b(?!\s*[[(])/.test(directive)) offSince ??= line;
    if (/^on\b/.test(directive) && offSince !== null) {
      suppressions.push({ codes: [], firstLine: offSince, lastLine: line });
      offSince = null;
    }
  }
  if (offSince !== null) suppressions.push({ codes: [], firstLine: offSince, lastLine: lines.count });
  const isCovered = suppressedLines(suppressions);
  return {
    widths,
    isSuppressed: (code, { start, end }) =>
      isCovered(code, { firstLine: lineOf(start), lastLine: lineOf(end) }),
    suppressions: written,
    unknown: notes.flatMap(unknownIn),
    covers: ({ firstLine, lastLine }, { start, end }) =>
      lineOf(start) <= lastLine && lineOf(end) >= firstLine,
  };
}

const NO_DIRECTIVES: Directives = {
  widths: [],
  isSuppressed: () => false,
  suppressions: [],
  unknown: [],
  covers: () => false,
};

type Lines = Omit<Suppression, 'codes'>;

/** Whether any of some lines is suppressed for a code. */
function suppressedLines(suppressions: readonly Suppression[]): (code: string, lines: Lines) => boolean {
  const each = suppressions.flatMap(({ codes, ...lines }) =>
    (codes.length === 0 ? [EVERY_CODE] : codes).map((code) => ({ code, lines })),
  );
  const byCode = grouped(each, ({ code }) => code);
  const overlaps = new Map(
    [...byCode].map(([code, having]) => [code, overlapping(having.map(({ lines }) => lines))]),
  );
  return (code, lines) => [EVERY_CODE, code].some((one) => overlaps.get(one)?.(lines) ?? false);
}

const EVERY_CODE = '';

/** Whether one of some ranges of lines has a line in common with another, found by halving. */
function overlapping(ranges: readonly Lines[]): (lines: Lines) => boolean {
  const inOrder = [...ranges].sort((left, right) => left.firstLine - right.firstLine);
  let last = 0;
  const lastSoFar = inOrder.map(({ lastLine }) => {
    last = Math.max(last, lastLine);
    return last;
  });
  return ({ firstLine, lastLine }) => {
    let [low, high] = [0, inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((inOrder[middle]?.firstLine ?? 0) <= lastLine) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (lastSoFar[low - 1] ?? 0) >= firstLine;
  };
}

/** `# type: ignore  # widthwise: ignore` is two. */
function notesIn(of: Comment, line: number): readonly Note[] {
  return of.text.split(/\s#\s*/).map((text) => {
    const directive = /^widthwise\s*:\s*(.*)$/.exec(text)?.[1] ?? '';
    return { text, directive, line, of };
  });
}

interface Note {
  readonly text: string;
  /** What it asks of this linter; empty where it speaks to another. */
  readonly directive: string;
  readonly line: number;
  readonly of: Comment;
}

/** The codes a comment suppresses, none for all, or null where it suppresses nothing. */
function suppressedCodes(comment: string, directive: string): readonly string[] | null {
  if (/^ignore(?![\w-])\s*(?:$|[^[\s(])/.test(directive)) return [];
  const codes = [...listIn(directive, IGNORE), ...listIn(comment, /^noqa\s*:\s*(.*)$/i)];
  return codes.length > 0 ? upper(codes) : null;
}

/** The first word of a comment that asks this linter for something, if that is nothing it knows or its list does not end. */
function unknownIn({ directive, of: comment }: Note): readonly UnknownDirective[] {
  const [word] = /^[\w-]+/.exec(directive) ?? [];
  if (word === undefined) return [];
  const isKnown = DIRECTIVES.includes(word) || declaredIn(directive).length > 0;
  if (!isKnown) return [{ word, lacks: null, comment }];
  if (/^(?:ignore|off|width)\s*\[[^\]]*$/.test(directive)) return [{ word, lacks: ']', comment }];
  return /^(?:ignore|off|width)\s*\([^)]*$/.test(directive) ? [{ word, lacks: ')', comment }] : [];
}

/** Lists of codes stand in square brackets, and are read in round ones, as those of widths the other way. */
const IGNORE = /^ignore\s*(?:\[([^\]]*)\]|\(([^)]*)\))/;
const OFF = /^off\s*(?:\[([^\]]*)\]|\(([^)]*)\))/;

function upper(codes: readonly string[]): readonly string[] {
  return codes.map((code) => code.toUpperCase());
}

function listIn(text: string, pattern: RegExp): readonly string[] {
  const [, list, inRound] = pattern.exec(text) ?? [];
  return itemsOf(list ?? inRound ?? '');
}

function itemsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}

/** The names in `width(a, b)`. */
function declaredIn(directive: string): readonly string[] {
  const start = directive.search(/\bwidth[[(]/);
  const closing = directive.charAt(start + 'width'.length) === '[' ? ']' : ')';
  const end = start < 0 ? -1 : directive.indexOf(closing, start);
  return end < 0 ? [] : itemsOf(directive.slice(start + 'width('.length, end));
}

/** A comment behind code covers its line; one of its own covers the next line of code. */
function coveredLines(lines: LineIndex): (line: number) => Lines {
  let nextCode: readonly number[] | null = null;
  return (line) => {
    if (!/^\s*#/.test(lines.textOf(line))) return { firstLine: line, lastLine: line };
    nextCode ??= nextCodeLines(lines);
    return { firstLine: line, lastLine: nextCode[line + 1] ?? line + 1 };
  };
}

/** Of each line the first one from there on that is neither empty nor a comment. */
function nextCodeLines(lines: LineIndex): readonly number[] {
  const next: number[] = [];
  for (let line = lines.count; line > 0; line--) {
    next[line] = /^\s*(?:#|$)/.test(lines.textOf(line)) ? (next[line + 1] ?? line + 1) : line;
  }
  return next;
}
