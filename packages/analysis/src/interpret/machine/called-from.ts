import type { Span } from '../../syntax/span.ts';

/** A call by which the analysed text comes to the code of another file, or where it makes what that calls. */
export class CalledFrom {
  readonly at: Span;
  private readonly isMadeThere: boolean;
  private readonly places = new Map<Span, Span>();

  constructor(at: Span, isMadeThere = false) {
    this.at = at;
    this.isMadeThere = isMadeThere;
  }

  /** A place of that code with the call that leads to it: the same object each time. */
  place(span: Span): Span {
    const known = this.places.get(span);
    if (known !== undefined) return known;
    const made = {
      start: span.start,
      end: span.end,
      calledAt: this.at,
      ...(this.isMadeThere && ({ isMadeThere: true } as const)),
    };
    this.places.set(span, made);
    return made;
  }
}
