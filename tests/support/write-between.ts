import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a text between two marks of a page, where another one stood. */
export function writeBetween(
  path: string,
  [begin, end]: readonly [begin: string, end: string],
  text: string,
): void {
  const page = readFileSync(path, 'utf8');
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  writeFileSync(path, `${before}\n\n${text}\n\n${page.slice(page.indexOf(end))}`);
}
