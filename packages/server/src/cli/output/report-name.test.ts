import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { identityOf, reportName } from './report-name.ts';

const ENDINGS = ['json', 'md'];

let stem: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-reports-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  stem = join(folder, 'report');
});

function document(seeds: number, complete: boolean): string {
  return JSON.stringify({ schema: 'widthwise/compare', version: 1, complete, request: { seeds }, rows: [] });
}

/** Writes a report where it has its place; answers what it is called. */
async function place(seeds: number, complete: boolean): Promise<string> {
  const text = document(seeds, complete);
  const name = await reportName(stem, ENDINGS, identityOf(text)!);
  for (const ending of ENDINGS) await writeFile(`${name.stem}.${ending}`, text);
  return basename(name.stem);
}

test('the first report has the first name, and so has every other of the same request', async () => {
  expect(await place(5, true)).toBe('report');
  expect(await place(5, true)).toBe('report');
});

test('an engine in other kernels is no other request', async () => {
  const requests = [5, 7, 4].map((numerics) => ({ seeds: 5, engine: { name: 'wasm', numerics } }));
  const identities = requests.map((request) => identityOf(JSON.stringify({ complete: true, request }))!);
  expect(new Set(identities.map(({ request }) => request)).size).toBe(1);
  const other = { complete: true, request: { seeds: 5, engine: { name: 'onnx', numerics: 5 } } };
  expect(identityOf(JSON.stringify(other))).not.toEqual(identities[0]);
});

test('a whole report takes the place of what an interrupted run has left', async () => {
  expect(await place(5, false)).toBe('report');
  expect(await place(5, false)).toBe('report');
  expect(await place(5, true)).toBe('report');
});

test('what an interrupted run has left stands beside a whole report', async () => {
  expect(await place(5, true)).toBe('report');
  expect(await place(5, false)).toBe('report-partial');
  expect(await place(5, true)).toBe('report');
});

test('each request has a name of its own, which it keeps', async () => {
  expect(await place(5, true)).toBe('report');
  const second = await place(6, false);
  expect(second).toMatch(/^report-[0-9a-f]{8}$/);
  expect(await place(6, true)).toBe(second);
  expect(await place(6, false)).toBe(`${second}-partial`);
  expect(await place(7, true)).not.toBe(second);
  expect(await place(5, true)).toBe('report');
});

test.each([
  ['report.json', 'no JSON'],
  ['report.json', '{"complete": true}'],
  ['report.md', '# of somebody'],
])('%s that is no report of widthwise stays', async (file, text) => {
  await writeFile(join(stem, '..', file), text);
  expect(await place(5, true)).toMatch(/^report-[0-9a-f]{8}$/);
  expect(await readdir(join(stem, '..'))).toContain(file);
});

test.each(['', 'null', '[]', '{}', '{"request": null, "complete": true}', '{"request": {}}'])(
  '%j is no report',
  (text) => {
    expect(identityOf(text)).toBeNull();
  },
);
