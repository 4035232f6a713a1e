import { blank } from './blank.ts';
import { stringEnd } from './string-end.ts';

/**
 * Closes what is being typed: blanks every bracket that was left open before a line that can only be a new statement.
 *
 * A parser that meets `self.fc = nn.Linear(` takes the lines below as arguments and loses them. Here the open
 * bracket becomes a space, so every offset stays what it was and only the broken line is lost.
 */
export function repair(text: string): Repair {
  const scan = new BracketScan(text);
  scan.run();
  const spans = scan.blanks.sort((left, right) => left - right).map((at) => ({ start: at, end: at + 1 }));
  return { text: blank(text, spans), blanks: scan.blanks };
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
/** How a line begins that starts a statement if it is indented no deeper than the one that left the bracket open. */
const STATEMENT_AT_MARGIN =
  /^(?:(?:with|try|except|finally|elif|del|pass|break|continue|global|nonlocal)\b(?!\s*[=,.)])|[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])+\s*(?:[-+*/@&|^%]|\/\/|\*\*)?=(?!=))/;
/** One that does if it ends with a colon, and one that does unless it ends with a comma. */
const COMPOUND_AT_MARGIN = /^(?:if|for|else)\b/;
const ASSIGNMENT_AT_MARGIN = /^[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*[-+*/@&|^%]?=(?!=)/;

/** Longer lines are cut off before they are looked at: what a statement begins with is short. */
const MOST_HEAD = 300;

function isStatementAtMargin(code: string): boolean {
  const head = code.slice(0, MOST_HEAD);
  if (STATEMENT_AT_MARGIN.test(head)) return true;
  if (COMPOUND_AT_MARGIN.test(head)) return endsWith(code, ':');
  return ASSIGNMENT_AT_MARGIN.test(head) && !endsWith(code, ',');
}

/** Whether nothing but spaces and a comment stands behind some sign of a line. Looks at each character once. */
function endsWith(line: string, sign: string): boolean {
  for (let at = line.indexOf(sign); at >= 0; at = line.indexOf(sign, at)) {
    do at++;
    while (at < line.length && isSpace(line.charCodeAt(at)));
    if (at === line.length || line.startsWith('#', at)) return true;
  }
  return false;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

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
    else if (character === '"' || character === "'") this.at = stringEnd(this.text, this.at);
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
      const atMargin = indentation <= outermost.margin && isStatementAtMargin(code);
      if (!atMargin && !STATEMENT_ANYWHERE.test(code.slice(0, MOST_HEAD))) return;
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
}
