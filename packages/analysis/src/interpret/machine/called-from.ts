import type { Span } from '../../syntax/span.ts';

/** A call by which the analysed text comes to the code of another file. */
export class CalledFrom {
  readonly at: Span;
  private readonly places = new Map<Span, Span>();

  constructor(at: Span) {
    this.at = at;
  }

  /** A place of that code with the call that leads to it: the same object each time. */
  place(span: Span): Span {
    const known = this.places.get(span);
    if (known !== undefined) return known;
    const made = { start: span.start, end: span.end, calledAt: this.at };
    this.places.set(span, made);
    return made;
  }
}
