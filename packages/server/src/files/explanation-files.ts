import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** Longer names are cut. */
const LONGEST_NAME = 80;

/** Writes what an editor is to show into a folder of this process, which goes with it: a title's newest text, by its URI. */
export function explanationFiles(): (title: string, markdown: string) => string {
  let folder: string | null = null;
  return (title, markdown) => {
    if (folder === null) {
      const made = mkdtempSync(join(tmpdir(), 'widthwise-explain-'));
      process.once('exit', () => rmSync(made, { recursive: true, force: true }));
      folder = made;
    }
    const file = join(folder, `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, ' ').slice(0, LONGEST_NAME)}.md`);
    writeFileSync(file, markdown);
    return pathToFileURL(file).href;
  };
}
