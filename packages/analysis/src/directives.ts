import { grouped } from './grouped.ts';
import type { Comment } from './syntax/ast.ts';
import { type LineIndex, lineIndex } from './syntax/line-index.ts';

/** What comments tell the analysis about the file they stand in. */
export interface Directives {
  /** `# widthwise: width(a, b)`. */
  readonly widths: readonly string[];
  /** Whether a finding that spans these offsets was asked not to be made. */
  isSuppressed(code: string, span: { readonly start: number; readonly end: number }): boolean;
}

interface Suppression {
  /** Empty for every code. */
  readonly codes: readonly string[];
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Reads `# widthwise: …` and `# noqa: MUP…` comments. */
export function readDirectives(comments: readonly Comment[], text: string): Directives {
  if (comments.length === 0) return { widths: [], isSuppressed: () => false };
  const lines = lineIndex(text);
  const lineOf = (offset: number) => lines.placeOf(offset).line;
  const covered = coveredLines(lines);
  const widths: string[] = [];
  const suppressions: Suppression[] = [];
  let offSince: number | null = null;
  for (const { text: comment, line } of comments.flatMap((one) => notesIn(one, lineOf(one.span.start)))) {
    const directive = /^widthwise\s*:\s*(.*)$/.exec(comment)?.[1] ?? '';
    for (const width of declaredIn(directive)) widths.push(width);
    const codes = suppressedCodes(comment, directive);
    if (codes !== null) suppressions.push({ codes, ...covered(line) });
    const off = listIn(directive, /^off\s*\[([^\]]*)\]/);
    if (off.length > 0) suppressions.push({ codes: upper(off), firstLine: line, lastLine: lines.count });
    else if (/^off\b(?!\s*\[)/.test(directive)) offSince ??= line;
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
  };
}

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
function notesIn(
  { text }: Comment,
  line: number,
): readonly { readonly text: string; readonly line: number }[] {
  return text.split(/\s#\s*/).map((note) => ({ text: note, line }));
}

/** The codes a comment suppresses, none for all, or null where it suppresses nothing. */
function suppressedCodes(comment: string, directive: string): readonly string[] | null {
  if (/^ignore\s*(?:$|[^[\s(])/.test(directive)) return [];
  const codes = [...listIn(directive, /^ignore\s*\[([^\]]*)\]/), ...listIn(comment, /^noqa\s*:\s*(.*)$/i)];
  return codes.length > 0 ? upper(codes) : null;
}

function upper(codes: readonly string[]): readonly string[] {
  return codes.map((code) => code.toUpperCase());
}

function listIn(text: string, pattern: RegExp): readonly string[] {
  return itemsOf(pattern.exec(text)?.[1] ?? '');
}

function itemsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}

/** The names in `width(a, b)`. */
function declaredIn(directive: string): readonly string[] {
  const start = directive.search(/\bwidth\(/);
  const end = start < 0 ? -1 : directive.indexOf(')', start);
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
