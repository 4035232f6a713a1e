import type { Comment } from '../ast.ts';
import type { Span } from '../span.ts';
import { blank } from './blank.ts';
import { Indentation } from './indentation.ts';
import { type Stretch, StretchStarts, stretchesOf } from './stretches.ts';
import { stringEnd } from './string-end.ts';

/** What can be seen of a text before it is parsed. */
export interface Surface {
  /** The text with spaces for what says nothing to a parser and takes it long; as long as the original. */
  readonly text: string;
  /** The comments in which a directive may stand. */
  readonly comments: readonly Comment[];
  /** Where signs became spaces that no Python has there, so that the text does not parse as it is. */
  readonly junk: readonly number[];
  /** Where a line is not indented as Python wants it, or nothing is where a block has to be. */
  readonly misindented: readonly number[];
  /** Its parts that hold whole statements each, without the blank lines between them. */
  readonly stretches: readonly Stretch[];
}

/**
 * Goes through a text once and takes out what the grammar needs time for that grows with the square of its length.
 *
 * At every comment line, and at every backslash that continues a line, the grammar looks ahead to the next line of code;
 * signs that cannot stand where they do, it tries to make sense of together with all that came before on the line.
 */
export function surfaceOf(text: string): Surface {
  const scan = new SurfaceScan(text);
  scan.run();
  // A few are somebody typing, whom the grammar's own recovery serves better.
  const junk = scan.junkCount > MOST_JUNK ? scan.junk : [];
  const spans = junk.length === 0 ? scan.blanks : inOrder([...scan.blanks, ...junk]);
  const blanked = spans.length === 0 ? text : blank(text, spans);
  return {
    text: blanked,
    comments: scan.comments,
    junk: junk.map(({ start }) => start),
    misindented: scan.indentation.misplaced,
    stretches: stretchesOf(blanked, scan.stretches.found),
  };
}

const MOST_JUNK = 100;

function inOrder(spans: readonly Span[]): readonly Span[] {
  return [...spans].sort((left, right) => left.start - right.start);
}

/** More dots in a row than any import has. */
const MOST_DOTS = 16;

/** Longer comments are no directives. */
const MOST_COMMENT = 1000;

/** Whether a sign says nothing of a text by itself: a letter, a digit or an underscore. */
function isOfWord(sign: number): boolean {
  return (
    (sign >= 97 && sign <= 122) || (sign >= 65 && sign <= 90) || (sign >= 48 && sign <= 57) || sign === 95
  );
}

/** Signs that stand nowhere in Python, beside those of control. */
const NO_PYTHON: ReadonlySet<string> = new Set(['$', '?', '`', '\\', '\u007f', '\u2028', '\u2029']);

const DIRECTIVE = /widthwise|noqa/i;

class SurfaceScan {
  readonly blanks: Span[] = [];
  readonly comments: Comment[] = [];
  /** From the first to the last such sign of each line: what stands between them makes no sense either. */
  readonly junk: { readonly start: number; end: number }[] = [];
  junkCount = 0;
  readonly stretches: StretchStarts;
  readonly indentation: Indentation;
  private lastJunkLine = -1;
  private line = 0;
  private readonly text: string;
  private readonly hasDirectives: boolean;
  private at = 0;
  private open = 0;
  private dots = 0;
  /** Whether nothing but spaces has come on this line. */
  private isBlankSoFar = true;
  /** The backslash that ended the line before, with nothing but spaces behind it. */
  private continuation: Span | null = null;

  constructor(text: string) {
    this.text = text;
    this.stretches = new StretchStarts(text);
    this.indentation = new Indentation(text);
    this.hasDirectives = DIRECTIVE.test(text);
  }

  run(): void {
    while (this.at < this.text.length) this.step(this.text.charAt(this.at));
    this.indentation.end();
  }

  private step(sign: string): void {
    if (sign === '#') this.comment();
    else if (sign === '\n') {
      this.isBlankSoFar = true;
      this.line++;
      this.at++;
    } else if (sign === ' ' || sign === '\t' || sign === '\r' || sign === '\f') this.at++;
    else if (sign === '\\') this.backslash();
    else this.code(sign);
  }

  private comment(): void {
    const found = this.text.indexOf('\n', this.at);
    const span = { start: this.at, end: found < 0 ? this.text.length : found };
    if (this.isBlankSoFar) this.blanks.push(span);
    if (this.hasDirectives) this.directive(span);
    this.at = span.end;
  }

  private directive(span: Span): void {
    const said = this.text.slice(span.start + 1, Math.min(span.end, span.start + MOST_COMMENT)).trim();
    if (DIRECTIVE.test(said)) this.comments.push({ span, text: said });
  }

  private backslash(): void {
    const length = this.text.startsWith('\n', this.at + 1)
      ? 2
      : this.text.startsWith('\r\n', this.at + 1)
        ? 3
        : 0;
    if (length === 0) {
      this.code('\\');
      return;
    }
    if (this.continuation !== null) this.blanks.push(this.continuation);
    this.continuation = { start: this.at, end: this.at + length };
    this.line++;
    this.at += length;
  }

  private code(sign: string): void {
    if (this.isBlankSoFar && this.continuation === null) this.startsLine();
    this.isBlankSoFar = false;
    this.continuation = null;
    this.dots = sign === '.' ? this.dots + 1 : 0;
    if (this.open === 0) this.indentation.sign(sign, this.at);
    if (sign === '"' || sign === "'") {
      this.at = stringEnd(this.text, this.at);
      return;
    }
    if (sign === '(' || sign === '[' || sign === '{') this.open++;
    else if (this.isJunk(sign)) this.addJunk();
    const isInWord = isOfWord(this.text.charCodeAt(this.at));
    this.at++;
    // Of a word the first sign says all that the others would.
    while (isInWord && isOfWord(this.text.charCodeAt(this.at))) this.at++;
  }

  private lineOfCode(): void {
    const isAtMargin = this.at === 0 || this.text.charAt(this.at - 1) === '\n';
    if (!isAtMargin && this.stretches.found.length > 0) return;
    if (this.stretches.margin(this.at, this.open > 0)) this.open = 0;
  }

  private startsLine(): void {
    this.lineOfCode();
    if (this.open === 0) this.indentation.line(this.at);
  }

  private addJunk(): void {
    this.junkCount++;
    const last = this.junk.at(-1);
    if (last !== undefined && this.lastJunkLine === this.line) last.end = this.at + 1;
    else this.junk.push({ start: this.at, end: this.at + 1 });
    this.lastJunkLine = this.line;
  }

  /** Whether a sign cannot stand here: one that Python has not, a bracket that closes none, one dot more than any import has. */
  private isJunk(sign: string): boolean {
    if (sign === ')' || sign === ']' || sign === '}') {
      if (this.open === 0) return true;
      this.open--;
      return false;
    }
    if (sign === '!') return !this.text.startsWith('=', this.at + 1);
    return NO_PYTHON.has(sign) || sign < ' ' || this.dots > MOST_DOTS;
  }
}
