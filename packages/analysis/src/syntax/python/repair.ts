/**
 * Closes what is being typed: blanks every bracket that was left open before a line that can only be a new statement.
 *
 * A parser that meets `self.fc = nn.Linear(` takes the lines below as arguments and loses them. Here the open
 * bracket becomes a space, so every offset stays what it was and only the broken line is lost.
 */
export function repair(text: string): Repair {
  const scan = new BracketScan(text);
  scan.run();
  return { text: blank(text, scan.blanks), blanks: scan.blanks };
}

export interface Repair {
  /** As long as the original. */
  readonly text: string;
  /** Where a bracket became a space. */
  readonly blanks: readonly number[];
}

/** A line that no bracketed expression can contain, wherever it is indented. */
const STATEMENT_ANYWHERE =
  /^(?:(?:def|class|return|import|raise|while|assert)\b(?!\s*[=,.)])|async\s+def\b|@[A-Za-z_])/;
/** A line that starts a statement if it is indented no deeper than the one that left the bracket open. */
const STATEMENT_AT_MARGIN =
  /^(?:(?:with|try|except|finally|elif|del|pass|break|continue|global|nonlocal)\b(?!\s*[=,.)])|(?:if|for|else)\b.*:\s*(?:#.*)?$|[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])+\s*(?:[-+*/@&|^%]|\/\/|\*\*)?=(?!=)|[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*[-+*/@&|^%]?=(?!=)(?!.*,\s*(?:#.*)?$))/;

interface OpenBracket {
  readonly at: number;
  /** Indentation of the statement that it stands in. */
  readonly margin: number;
}

class BracketScan {
  readonly blanks: number[] = [];
  private readonly text: string;
  private open: OpenBracket[] = [];
  private margin = 0;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    this.startLine(0);
    while (this.at < this.text.length) this.step(this.text[this.at] ?? '');
    this.giveUpOpenBrackets();
  }

  private step(character: string): void {
    if (character === '#') this.at = this.lineEnd(this.at);
    else if (character === '"' || character === "'") this.at = this.stringEnd(character);
    else {
      this.at++;
      if (character === '\n') this.startLine(this.at);
      else if ('([{'.includes(character)) this.open.push({ at: this.at - 1, margin: this.margin });
      else if (')]}'.includes(character)) this.open.pop();
    }
  }

  private startLine(start: number): void {
    const line = this.text.slice(start, this.lineEnd(start));
    const code = line.trimStart();
    if (code === '' || code.startsWith('#')) return;
    const indentation = line.length - code.length;
    const [outermost] = this.open;
    if (outermost !== undefined) {
      const atMargin = indentation <= outermost.margin && STATEMENT_AT_MARGIN.test(code);
      if (!atMargin && !STATEMENT_ANYWHERE.test(code)) return;
      this.giveUpOpenBrackets();
    }
    this.margin = indentation;
  }

  private giveUpOpenBrackets(): void {
    for (const { at } of this.open) this.blanks.push(at);
    this.open = [];
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  /** Where the string that opens here is over; one that is not triple-quoted ends with its line at the latest. */
  private stringEnd(quote: string): number {
    const triple = quote.repeat(3);
    const long = this.text.startsWith(triple, this.at);
    const closing = long ? triple : quote;
    for (let at = this.at + closing.length; at < this.text.length; at++) {
      if (this.text[at] === '\\') at++;
      else if (!long && this.text[at] === '\n') return at;
      else if (this.text.startsWith(closing, at)) return at + closing.length;
    }
    return this.text.length;
  }
}

function blank(text: string, at: readonly number[]): string {
  let blanked = '';
  let kept = 0;
  for (const index of [...at].sort((left, right) => left - right)) {
    blanked += `${text.slice(kept, index)} `;
    kept = index + 1;
  }
  return blanked + text.slice(kept);
}
