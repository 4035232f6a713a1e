import { columnsOf } from './columns.ts';

/** Text in lines of at most so many columns, each indented; words longer than that stand alone. */
export function wrapText(text: string, width: number, indent: number = 0): string {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(' ')) {
    if (line !== '' && indent + taken + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
      taken = columnsOf(word);
    } else {
      taken += columnsOf(word) + (line === '' ? 0 : 1);
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each).join('\n');
}
