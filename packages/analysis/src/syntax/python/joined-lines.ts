import type { Span } from '../span.ts';
import { blank } from './blank.ts';
import { stringEnd } from './string-end.ts';

/**
 * A text in which no line begins inside a bracket that is indented no deeper than the statement around it, which the
 * grammar does not take everywhere: such a line goes on with the one before. As long as the original; null where there is
 * none.
 */
export function joinedLines(text: string): string | null {
  const scan = new Scan(text);
  scan.run();
  return scan.joins ? blank(text, scan.spaces) : null;
}

class Scan {
  joins = false;
  readonly spaces: Span[] = [];
  private readonly text: string;
  private open = 0;
  private margin: number;

  constructor(text: string) {
    this.text = text;
    this.margin = this.indentationAt(0);
  }

  run(): void {
    for (let at = 0; at < this.text.length; ) at = this.step(at);
  }

  /** Goes over what stands at a place, and answers where the next thing does. */
  private step(at: number): number {
    const sign = this.text[at] ?? '';
    if (sign === '"' || sign === "'") return stringEnd(this.text, at);
    if (sign === '#') return this.comment(at);
    if ('([{'.includes(sign)) this.open++;
    else if (')]}'.includes(sign)) this.open = Math.max(0, this.open - 1);
    else if (sign === '\n') this.line(at);
    return at + 1;
  }

  private comment(at: number): number {
    const found = this.text.indexOf('\n', at);
    const end = found < 0 ? this.text.length : found;
    if (this.open > 0) this.spaces.push({ start: at, end });
    return end;
  }

  private line(at: number): void {
    const indentation = this.indentationAt(at + 1);
    if (this.open === 0) this.margin = indentation;
    else if (indentation <= this.margin) {
      this.spaces.push({ start: at, end: at + 1 });
      this.joins = true;
    }
  }

  private indentationAt(start: number): number {
    let at = start;
    while (this.text[at] === ' ' || this.text[at] === '\t') at++;
    return at - start;
  }
}
