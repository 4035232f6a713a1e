/** A place in a text as people count: both from 1, columns in characters, that is, code points. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From offsets of a text to places, and from lines to their text; CR, LF and CRLF end a line, as in Python. */
export interface LineIndex {
  /** How many lines there are; a text that ends with a line end has an empty one behind it. */
  readonly count: number;
  placeOf(offset: number): Place;
  /** Where a line begins, counted from 1. */
  startOf(line: number): number;
  /** A line without its end, counted from 1. */
  textOf(line: number): string;
}

/** Lines and columns of a text, counted from 1; finding one takes the logarithm of the number of lines. */
export function lineIndex(text: string): LineIndex {
  const starts = startsIn(text);
  const startOf = (line: number): number => starts[line - 1] ?? 0;
  return {
    count: starts.length,
    startOf,
    placeOf(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: charactersIn(text, starts[low] ?? 0, offset) + 1 };
    },
    textOf: (line) => text.slice(startOf(line), starts[line] ?? text.length).replace(/[\r\n]+$/, ''),
  };
}

const [LF, CR] = [10, 13];

/** A loop, as a match for each line of a long text takes many times as long. */
function startsIn(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
  }
  return starts;
}

/** How many characters begin between two offsets; halves of a pair alone are one each. */
function charactersIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
