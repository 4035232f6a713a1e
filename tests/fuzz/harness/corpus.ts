import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus } from './kind.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Real code of this repository: what users open first, what commands are tested on, and the pages of rules. */
const OWN = ['examples', 'tests/cli/snapshots/inputs', 'tests/reliability/inputs', 'docs/rules'];
/** Longer than most models; edits of long files say nothing new and take long. */
const MOST_CHARS = 60_000;

/** The Python of this repository, and the model code below other folders. */
export function readCorpus(folders: readonly string[]): Corpus {
  const own = OWN.flatMap((folder) => filesBelow(join(ROOT, folder)).flatMap(pythonIn));
  const others = folders.flatMap((folder) => filesBelow(folder).flatMap(pythonIn));
  return [...own, ...others.filter((text) => /\btorch\b/.test(text))];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(?:py|md)$/.test(path) && statSync(path).isFile())
    .sort();
}

function pythonIn(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.py')) return text === '' || text.length > MOST_CHARS ? [] : [text];
  return [...text.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
}
