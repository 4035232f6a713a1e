/** A half-open range of UTF-16 code units of the analysed text: what editors call offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Of code of another file that the analysed text has run: where the file before it on the way calls that. */
  readonly calledAt?: Span;
  /** Whether that is where the text makes what the code calls, and says what it does. */
  readonly isMadeThere?: true;
}

/** Where the analysed text has something done: there, or where it calls the code of another file that does it. */
export function decidedAt(span: Span): Span {
  let at = span;
  while (at.calledAt !== undefined) at = at.calledAt;
  return at;
}

/** Whether two places are one; what stands in another file and is called by two lines of the text is two. */
export function isSamePlace(one: Span | null | undefined, other: Span | null | undefined): boolean {
  return placeKey(one) === placeKey(other);
}

/** By what a place is known. */
export function placeKey(span: Span | null | undefined): string | undefined {
  if (span == null) return undefined;
  return span.calledAt === undefined ? `${span.start}` : `${span.start} ${decidedAt(span).start}`;
}

/** Whether `offset` lies in the span or right at its end, as a cursor behind a word does. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Whether two stretches of text share a character. */
export function overlaps(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end;
}
