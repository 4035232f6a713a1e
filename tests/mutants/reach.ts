import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Site } from './find-mutants.ts';
import { Suite } from './suite.ts';

/** Which test files reach a place, and how long each file takes. */
export interface Reach {
  readonly testsOf: ReadonlyMap<number, readonly string[]>;
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The source with a note at each of its places, by number. */
function noted(source: string, sites: ReadonlyMap<number, Site>): string {
  const inserts = [...sites].flatMap(([number, { reach }]) => {
    const note = `globalThis.mutantReached?.(${number})`;
    if (reach.form === 'list') return [{ at: reach.start, text: `${note};` }];
    const [open, close] = reach.form === 'lone' ? [`{${note};`, '}'] : [`(${note},`, ')'];
    return [
      { at: reach.start, text: open },
      { at: reach.end, text: close },
    ];
  });
  let text = source;
  for (const { at, text: inserted } of inserts.sort((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + inserted + text.slice(at);
  }
  return text;
}

const recorder = (folder: string): string => `
import { afterAll as afterAllOfMutants, beforeAll as beforeAllOfMutants } from 'vitest';
import { writeFileSync as writeReached } from 'node:fs';
let reachedMutants = new Set();
let whileLoading = [];
globalThis.mutantReached = (number) => reachedMutants.add(number);
beforeAllOfMutants(() => {
  whileLoading = [...reachedMutants];
  reachedMutants = new Set();
});
afterAllOfMutants(({}, { file }) => {
  const test = file.filepath;
  writeReached(${JSON.stringify(folder)} + '/' + test.replaceAll('/', '%') + '.json', JSON.stringify({ test, reached: [...reachedMutants], whileLoading }));
});
`;

/**
 * Runs unit tests once over sources that note which places are reached.
 *
 * @param tests the files; none for all
 */
export async function reachOf(
  root: string,
  sites: readonly Site[],
  tests: readonly string[],
): Promise<Reach> {
  const folder = path.join(root, 'mutants-reached');
  mkdirSync(folder);
  const before = new Map<string, string>();
  const setup = path.join(root, 'tests/support/close-to-all.ts');
  const numbered = [...sites.entries()];
  for (const file of [setup, ...sites.map((site) => site.file)]) {
    if (before.has(file)) continue;
    const source = readFileSync(file, 'utf8');
    before.set(file, source);
    writeFileSync(file, noted(source, new Map(numbered.filter(([, site]) => site.file === file))));
  }
  appendFileSync(setup, recorder(folder));
  const suite = new Suite(root, 'reach');
  const answer = await suite.ask({ changed: [], tests }, () => 3600);
  suite.close();
  if ('late' in answer) throw new Error(`${answer.late} does not end`);
  if (answer.failed !== null) console.log(`not asked, since it fails without a mutant: ${answer.failed}`);
  for (const [file, text] of before) writeFileSync(file, text);
  return { testsOf: testsByMutant(folder, answer.failedFiles), milliseconds: answer.milliseconds };
}

/**
 * What the recorders left: the test files that reached each place, by its number. A place that is evaluated while a
 * module loads is reached by whoever imports that module, which only the first is seen to do: all are asked.
 */
function testsByMutant(folder: string, failing: readonly string[]): Map<number, readonly string[]> {
  const testsOf = new Map<number, string[]>();
  const loading = new Set<number>();
  const reports = readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
    .filter(({ test }) => !failing.includes(test));
  for (const { test, reached, whileLoading } of reports) {
    for (const number of whileLoading) loading.add(number);
    for (const number of reached) testsOf.set(number, [...(testsOf.get(number) ?? []), test]);
  }
  const all = reports.map(({ test }) => test);
  return new Map([...testsOf, ...[...loading].map((number) => [number, all] as const)]);
}
