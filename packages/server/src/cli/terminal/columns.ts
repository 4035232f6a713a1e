import stringWidth from 'string-width';

/** How many columns a text takes: two for what is wide, none for what joins another character. */
export function columnsOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

/** The text with spaces behind it, up to so many columns. */
export function padToColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** As much of the text as fits into so many columns. */
export function fitToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let fitting = '';
  let taken = 0;
  for (const character of text) {
    taken += columnsOf(character);
    if (taken > columns) break;
    fitting += character;
  }
  return fitting;
}
