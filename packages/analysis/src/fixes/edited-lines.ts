import type { TextEdit } from '../finding.ts';
import type { Span } from '../syntax/span.ts';
import { type CodePlace, inLines, inOneLine, LONGEST } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { lineStyle } from './group-text.ts';
import { textWith } from './text-edits.ts';

/** The same edits within an expression, or the whole of it over lines where they make it too long for the one that it has. */
export function inBrokenLines(span: Span, edits: readonly TextEdit[], code: CodeAround): readonly TextEdit[] {
  const made = textWith(code.text, span, edits);
  const style = lineStyle(code, span.start);
  const column = span.start - code.text.lastIndexOf('\n', span.start - 1) - 1;
  const place = { ...style, column, behind: behindOf(span, code) };
  const text = inLines(outgrown(made, place, code.text.slice(span.start, span.end)), place);
  return text === made ? edits : [{ span, text }];
}

/** What goes over lines in one, to be broken anew, where one of them has become longer than any was. */
function outgrown(made: string, { column }: CodePlace, before: string): string {
  const longest = (code: string) =>
    Math.max(...code.split('\n').map((line, at) => line.trimEnd().length + (at === 0 ? column : 0)));
  return made.includes('\n') && longest(made) > Math.max(longest(before), LONGEST)
    ? (inOneLine(made) ?? made)
    : made;
}

/** How much code stands behind an expression on its line. */
function behindOf({ end }: Span, { text }: CodeAround): number {
  const rest = /^[^\r\n#]*/.exec(text.slice(end, end + MOST_BEHIND))?.[0] ?? '';
  return rest.trimEnd().length;
}

/** Longer than any line is. */
const MOST_BEHIND = 200;
