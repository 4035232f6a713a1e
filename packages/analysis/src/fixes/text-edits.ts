import type { TextEdit } from '../finding.ts';

/** A text with edits made in it, which are in order and apart from each other. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  const parts = edits.flatMap(({ span, text: instead }) => {
    const kept = text.slice(at, span.start);
    at = span.end;
    return [kept, instead];
  });
  return [...parts, text.slice(at)].join('');
}
