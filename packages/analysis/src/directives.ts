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
  const lines = lineIndex(text);
  const lineOf = (offset: number) => lines.placeOf(offset).line;
  const widths: string[] = [];
  const suppressions: Suppression[] = [];
  let offSince: number | null = null;
  for (const { text: comment, line } of comments.flatMap((one) => notesIn(one, lineOf(one.span.start)))) {
    const directive = /^widthwise\s*:\s*(.*)$/.exec(comment)?.[1] ?? '';
    widths.push(...listIn(directive, /\bwidth\(([^)]*)\)/));
    const codes = suppressedCodes(comment, directive);
    if (codes !== null) suppressions.push({ codes, ...coveredLines(lines, line) });
    if (/^off\b/.test(directive)) offSince ??= line;
    if (/^on\b/.test(directive) && offSince !== null) {
      suppressions.push({ codes: [], firstLine: offSince, lastLine: line });
      offSince = null;
    }
  }
  if (offSince !== null) suppressions.push({ codes: [], firstLine: offSince, lastLine: lines.count });
  return {
    widths,
    isSuppressed: (code, { start, end }) => {
      const [from, to] = [lineOf(start), lineOf(end)];
      return suppressions.some(
        ({ codes, firstLine, lastLine }) =>
          from <= lastLine && firstLine <= to && (codes.length === 0 || codes.includes(code)),
      );
    },
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
  return codes.length > 0 ? codes.map((code) => code.toUpperCase()) : null;
}

function listIn(text: string, pattern: RegExp): readonly string[] {
  const inside = pattern.exec(text)?.[1] ?? '';
  return inside.split(/[\s,]+/).filter((item) => item !== '');
}

/** A comment behind code covers its line; one of its own covers the next line of code. */
function coveredLines(lines: LineIndex, line: number): { firstLine: number; lastLine: number } {
  if (!/^\s*#/.test(lines.textOf(line))) return { firstLine: line, lastLine: line };
  let next = line + 1;
  while (next <= lines.count && /^\s*(?:#|$)/.test(lines.textOf(next))) next++;
  return { firstLine: line, lastLine: next };
}
