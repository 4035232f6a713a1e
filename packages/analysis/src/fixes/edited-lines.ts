import type { TextEdit } from '../finding.ts';
import type { Span } from '../syntax/span.ts';
import { inLines } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { lineStyle } from './group-text.ts';
import { textWith } from './text-edits.ts';

/** The same edits within an expression, or the whole of it over lines where they make it too long for the one that it has. */
export function inBrokenLines(span: Span, edits: readonly TextEdit[], code: CodeAround): readonly TextEdit[] {
  const made = textWith(code.text, span, edits);
  const style = lineStyle(code, span.start);
  const column = span.start - code.text.lastIndexOf('\n', span.start - 1) - 1;
  const text = inLines(made, { ...style, column, behind: behindOf(span, code) });
  return text === made ? edits : [{ span, text }];
}

/** How much code stands behind an expression on its line. */
function behindOf({ end }: Span, { text }: CodeAround): number {
  const rest = /^[^\r\n#]*/.exec(text.slice(end, end + MOST_BEHIND))?.[0] ?? '';
  return rest.trimEnd().length;
}

/** Longer than any line is. */
const MOST_BEHIND = 200;
