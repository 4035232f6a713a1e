/** A place in a text as people count: both from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From offsets of a text to places, and from lines to their text; CR, LF and CRLF end a line, as in Python. */
export interface LineIndex {
  /** How many lines there are; a text that ends with a line end has an empty one behind it. */
  readonly count: number;
  placeOf(offset: number): Place;
  /** A line without its end, counted from 1. */
  textOf(line: number): string;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  return {
    count: starts.length,
    placeOf(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
    textOf: (line) => text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).replace(/[\r\n]+$/, ''),
  };
}
