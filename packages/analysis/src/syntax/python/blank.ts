import type { Span } from '../span.ts';

/** A text with spaces in place of some of its spans, which are in order and apart: as long as it was. */
export function blank(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let kept = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(kept, start), ' '.repeat(end - start));
    kept = end;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}
