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

/** A stretch of an edited text: of the text that was edited, or new. */
type Stretch = { readonly kept: Span } | { readonly text: string };

/** Edits of a text, and others of what they make of it, as edits of the text itself. */
export function editsInTurn(
  length: number,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const after = stretchesOf({ start: 0, end: length }, first);
  const both: Stretch[] = [];
  let at = 0;
  for (const { span, text } of second) {
    both.push(...sliced(after, at, span.start), { text });
    at = span.end;
  }
  return editsOf([...both, ...sliced(after, at, Number.POSITIVE_INFINITY)], length);
}

function stretchesOf({ start, end }: Span, edits: readonly TextEdit[]): readonly Stretch[] {
  let at = start;
  const stretches = edits.flatMap(({ span, text }): readonly Stretch[] => {
    const kept = { start: at, end: span.start };
    at = span.end;
    return [{ kept }, { text }];
  });
  return [...stretches, { kept: { start: at, end } }];
}

/** What stretches have between two offsets of the text that they make. */
function sliced(stretches: readonly Stretch[], from: number, to: number): readonly Stretch[] {
  let start = 0;
  return stretches.flatMap((stretch): readonly Stretch[] => {
    const length = 'kept' in stretch ? stretch.kept.end - stretch.kept.start : stretch.text.length;
    const [low, high] = [Math.max(from - start, 0), Math.min(to - start, length)];
    start += length;
    if (low >= high) return [];
    if ('text' in stretch) return [{ text: stretch.text.slice(low, high) }];
    return [{ kept: { start: stretch.kept.start + low, end: stretch.kept.start + high } }];
  });
}

function editsOf(stretches: readonly Stretch[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let text = '';
  for (const stretch of [...stretches, { kept: { start: length, end: length } }]) {
    if ('text' in stretch) text += stretch.text;
    else {
      if (text !== '' || stretch.kept.start > at) {
        edits.push({ span: { start: at, end: stretch.kept.start }, text });
      }
      [at, text] = [stretch.kept.end, ''];
    }
  }
  return edits;
}

/** The edits of several fixes as those of one, each once; undefined where they touch each other. */
export function joinedEdits(each: readonly (readonly TextEdit[])[]): readonly TextEdit[] | undefined {
  const once = new Map(each.flat().map((edit) => [JSON.stringify(edit), edit]));
  const edits = [...once.values()].sort((left, right) => left.span.start - right.span.start);
  const touching = edits.some(({ span }, index) => span.start <= (edits[index - 1]?.span.end ?? -1));
  return touching ? undefined : edits;
}
