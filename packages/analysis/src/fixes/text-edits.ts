import type { TextEdit } from '../finding.ts';
import type { Span } from '../syntax/span.ts';

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

/** A part of a text with edits made in it. */
export function textWith(text: string, { start, end }: Span, edits: readonly TextEdit[]): string {
  const shifted = edits.map(({ span, text: instead }): TextEdit => {
    return { span: { start: span.start - start, end: span.end - start }, text: instead };
  });
  return edited(text.slice(start, end), shifted);
}

/** The edits of several fixes as those of one, each once; undefined where they touch each other. */
export function joinedEdits(each: readonly (readonly TextEdit[])[]): readonly TextEdit[] | undefined {
  const once = new Map(each.flat().map((edit) => [JSON.stringify(edit), edit]));
  const edits = [...once.values()].sort((left, right) => left.span.start - right.span.start);
  const touching = edits.some(({ span }, index) => span.start <= (edits[index - 1]?.span.end ?? -1));
  return touching ? undefined : edits;
}
