import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const sources = path.resolve(import.meta.dirname, '../../packages/server/src');

/** What reads a file's content; looking at its name, kind or folder waits for nobody. */
const READS = /\b(?:readFile|readFileSync|createReadStream|openAsBlob|open|openSync)\b/;

/** The one door for what strangers wrote, for who can wait and for who cannot, and who reads or writes what is nobody else's. */
const DOORS = [
  'files/read-file.ts',
  'files/read-file-now.ts',
  // its grammar and build, pages, data and results
  'sources/load-analyser.ts',
  'sources/cache/build-digest.ts',
  'cli/rule-pages.ts',
  'lab/data/load-data.ts',
  'lab/store/store.ts',
  // the system's count of a process's time, and the environment that it began with
  'sources/analyser/processor-time.ts',
  'built/marked-processes.ts',
  // what it was asked to write
  'cli/output/write-to.ts',
];

test('what a stranger wrote is opened in one place', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|fixture)\.ts$/.test(file));
  const reading = files.filter((file) => {
    const imports = readFileSync(path.join(sources, file), 'utf8').matchAll(
      /import\s+([^;]*?)\s+from\s+'(?:node:)?fs(?:\/promises)?'/g,
    );
    return [...imports].some(
      ([, names]) => !names!.startsWith('type') && (READS.test(names!) || !names!.startsWith('{')),
    );
  });
  expect(reading.sort()).toEqual(DOORS.toSorted());
});
