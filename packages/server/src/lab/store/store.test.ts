import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canonicalHash, runHash } from '@widthwise/core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { encodeResult } from './result-file.ts';
import { openStore } from './store.ts';
import { resultOf, UNUSUAL_RESULTS } from './stored-result.fixture.ts';

let directory: string;
let notes: string[];
const note = (sentence: string): void => void notes.push(sentence);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'widthwise-store-'));
  notes = [];
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
});

test('what was published is read back equal, and listed', async () => {
  const store = await openStore(directory, note);
  const results = [resultOf(0), resultOf(1)];
  for (const result of results) await store.publish(result);
  for (const result of results) expect(await store.read(result.hash)).toEqual(result);
  expect([...(await store.list())].sort()).toEqual(results.map(({ hash }) => hash).sort());
  expect(notes).toEqual([]);
});

test('what was never published is null without a word', async () => {
  const store = await openStore(directory, note);
  expect(await store.read(resultOf(0).hash)).toBeNull();
  expect(notes).toEqual([]);
});

test('publishing leaves no temporary file', async () => {
  const store = await openStore(directory, note);
  await store.publish(resultOf(0));
  await store.publish(resultOf(0));
  expect(await readdir(directory)).toHaveLength(1);
});

test('two who publish the same at once both succeed', async () => {
  const stores = await Promise.all([openStore(directory, note), openStore(directory, note)]);
  const result = resultOf(0);
  await Promise.all(Array.from({ length: 8 }, (_, index) => stores[index % 2]!.publish(result)));
  expect(await stores[0].read(result.hash)).toEqual(result);
  expect(notes).toEqual([]);
});

/** What stands in a file of the store, as its text and what is made of it. */
type Damage = (text: string) => string;

/** Changes the JSON and gives it the digest that goes with it, as a forger would who knows how. */
function forged(change: (result: Record<string, unknown>) => object): Damage {
  return (text) => {
    const { digest: _, ...result } = JSON.parse(text);
    const changed = change(result);
    return JSON.stringify({ ...changed, digest: canonicalHash(changed) });
  };
}

const NOT_WHOLE = 'is not a whole result of that run';
const CHANGED = 'was changed after it was written';
const OTHER_VERSION = 'was written by another version';

test.each<[what: string, damage: Damage, why: string]>([
  ['half a file', (text) => text.slice(0, text.length / 2), NOT_WHOLE],
  ['nothing', () => '', NOT_WHOLE],
  ['other JSON', () => '[]', NOT_WHOLE],
  ['JSON that is nested deep', () => '['.repeat(100_000) + ']'.repeat(100_000), NOT_WHOLE],
  ['the result of another run', () => encodeResult(resultOf(1)), NOT_WHOLE],
  [
    'a result whose spec was changed',
    (text) => text.replace('"learningRate":0.1', '"learningRate":0.2'),
    NOT_WHOLE,
  ],
  ['another movement', (text) => text.replace(/"movement":[^,]+/, '"movement":0.5'), CHANGED],
  ['another value of a series', (text) => text.replace('"values":[', '"values":[1'), CHANGED],
  ['another ending', (text) => text.replace('"outputChange":', '"outputChange":1'), CHANGED],
  [
    "the digest of another run's result",
    (text) => text.replace(/"digest":"\w+"/, `"digest":"${'0'.repeat(64)}"`),
    CHANGED,
  ],
  ['a result without a digest', () => JSON.stringify(resultOf(0)), OTHER_VERSION],
  ['a result of another version', forged((result) => ({ ...result, version: 2 })), OTHER_VERSION],
  ['a layer that is null', forged((result) => ({ ...result, layers: [null] })), NOT_WHOLE],
  ['no layer', forged((result) => ({ ...result, layers: [] })), NOT_WHOLE],
  ['a series that is null', forged((result) => ({ ...result, series: [null] })), NOT_WHOLE],
  ['no loss', forged(({ loss: _, ...result }) => result), NOT_WHOLE],
  ['a key that no result has', forged((result) => ({ ...result, comment: '' })), NOT_WHOLE],
  ['a value that is no finite number', (text) => text.replace(/"loss":\[[^,]+/, '"loss":[1e999'), NOT_WHOLE],
  [
    'a series with more steps than values',
    forged((result) => ({
      ...result,
      series: [{ quantity: 'loss', layer: null, steps: [0, 1], values: [1] }],
    })),
    NOT_WHOLE,
  ],
  [
    'a series at a step that is not watched',
    forged((result) => ({ ...result, series: [{ quantity: 'loss', layer: null, steps: [7], values: [1] }] })),
    NOT_WHOLE,
  ],
  [
    'a series of a layer that the network does not have',
    forged((result) => ({
      ...result,
      series: [{ quantity: 'movement', layer: 2, steps: [0], values: [1] }],
    })),
    NOT_WHOLE,
  ],
  ['a finished run that diverged', forged((result) => ({ ...result, divergedAt: 1 })), NOT_WHOLE],
])('where %s stands it is noted, not used, and replaced by the next result', async (_, damage, why) => {
  const store = await openStore(directory, note);
  const result = resultOf(0);
  await store.publish(result);
  const path = join(directory, `${result.hash}.json`);
  const whole = await readFile(path, 'utf8');
  await writeFile(path, damage(whole));
  expect(await readFile(path, 'utf8')).not.toBe(whole);
  expect(await store.read(result.hash)).toBeNull();
  expect(notes).toEqual([
    `${result.hash}.json ${why}: it is computed again, as is any other that cannot be used`,
  ]);
  await store.publish(result);
  expect(await store.read(result.hash)).toEqual(result);
});

// Windows has none of these.
describe.skipIf(process.platform === 'win32')('a file of the store that is no file', () => {
  test.each([
    ['a pipe', (path: string) => promisify(execFile)('mkfifo', [path])],
    ['a device', (path: string) => symlink('/dev/zero', path)],
    ['a folder', (path: string) => mkdir(path)],
    ['a terabyte of nothing', (path: string) => promisify(execFile)('truncate', ['-s', '1T', path])],
  ])('is neither read nor waited for, and replaced: %s', async (_, make) => {
    const store = await openStore(directory, note);
    const result = resultOf(0);
    await make(join(directory, `${result.hash}.json`));
    expect(await store.read(result.hash)).toBeNull();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`${result.hash}.json is `);
    await store.publish(result);
    expect(await store.read(result.hash)).toEqual(result);
  });
});

test('many files that cannot be used are noted once', async () => {
  const store = await openStore(directory, note);
  const hashes = [0, 1, 2].map((seed) => resultOf(seed).hash);
  for (const hash of hashes) await writeFile(join(directory, `${hash}.json`), '');
  for (const hash of hashes) expect(await store.read(hash)).toBeNull();
  expect(notes).toEqual([expect.stringContaining(hashes[0]!)]);
});

test.each(UNUSUAL_RESULTS)('what a run leaves that %s is whole', async (_, result) => {
  const store = await openStore(directory, note);
  await store.publish(result);
  expect(await store.read(result.hash)).toEqual(result);
  expect(notes).toEqual([]);
});

test('a result that differs from the one that stands replaces it, which is noted', async () => {
  const store = await openStore(directory, note);
  const result = resultOf(0);
  await store.publish({ ...result, outputChange: 17 });
  await store.publish(result);
  expect(await store.read(result.hash)).toEqual(result);
  expect(notes).toEqual([
    `${result.hash}.json differs from what the run gives now and is replaced, as is any other that does`,
  ]);
});

test('temporary files of a killed process go after an hour, younger ones may be in use', async () => {
  const [old, young] = ['0', '1'].map((digit) => `.${digit.repeat(64)}.0-0.tmp`);
  for (const name of [old!, young!]) await writeFile(join(directory, name), '{');
  const twoHoursAgo = Date.now() / 1000 - 7200;
  await utimes(join(directory, old!), twoHoursAgo, twoHoursAgo);
  await openStore(directory, note);
  expect(await readdir(directory)).toEqual([young]);
});

test('a result is filed under the hash of its spec', () => {
  const result = resultOf(0);
  expect(runHash(result.spec)).toBe(result.hash);
});

test('a folder .widthwise that is made for a store tells git to ignore it', async () => {
  const inside = join(directory, 'project/.widthwise/store');
  await openStore(inside);
  expect(await readFile(join(directory, 'project/.widthwise/.gitignore'), 'utf8')).toBe('*\n');
  await rm(join(directory, 'project/.widthwise/.gitignore'));
  await openStore(inside);
  expect(await readdir(join(directory, 'project/.widthwise'))).toEqual(['store']); // its owner keeps it in git
});

test('a store elsewhere has no file but its results', async () => {
  await openStore(join(directory, 'results'));
  expect(await readdir(join(directory, 'results'))).toEqual([]);
});
