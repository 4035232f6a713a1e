import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mixtureDataset,
  type RunResult,
  type RunSpec,
  referenceEngine,
  runHash,
  train,
} from '@widthwise/core';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openStore } from './store.ts';

const DATASET = mixtureDataset({ classes: 2, dim: 3, samples: 4, seed: 0 });

let directory: string;
let notes: string[];
const note = (sentence: string): void => void notes.push(sentence);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'widthwise-store-'));
  notes = [];
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
});

/** The result of a tiny real run. */
function resultOf(seed: number): RunResult {
  const abc = { a: 0, b: 0.5, c: 1 };
  const spec: RunSpec = {
    version: 1,
    net: { inputDim: 3, width: 4, depth: 1, outputDim: 1, activation: 'tanh' },
    exponents: { input: abc, hidden: abc, output: abc },
    optimizer: { kind: 'sgd' },
    constants: { baseWidth: 1, initStd: 1, learningRate: 0.1 },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'mixture', hash: 'a'.repeat(64) },
    steps: 2,
    probe: { samples: 1, steps: [0, 1, 2] },
    seed,
    engine: { name: 'reference', numerics: 1 },
  };
  const run = train(spec, DATASET, referenceEngine);
  let next = run.next();
  while (!next.done) next = run.next();
  return next.value;
}

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

test.each([
  ['half a file', (whole: string) => whole.slice(0, whole.length / 2)],
  ['nothing', () => ''],
  ['other JSON', () => '[]'],
  ['the result of another run', () => JSON.stringify(resultOf(1))],
  [
    'a result whose spec was changed',
    (whole: string) => whole.replace('"learningRate":0.1', '"learningRate":0.2'),
  ],
])('where %s stands it is noted, not used, and replaced by the next result', async (_, damage) => {
  const store = await openStore(directory, note);
  const result = resultOf(0);
  await store.publish(result);
  const path = join(directory, `${result.hash}.json`);
  await writeFile(path, damage(await readFile(path, 'utf8')));
  expect(await store.read(result.hash)).toBeNull();
  expect(notes).toEqual([`${result.hash}.json is not a whole result of that run and is computed again`]);
  await store.publish(result);
  expect(await store.read(result.hash)).toEqual(result);
});

test('a result that differs from the one that stands replaces it, which is noted', async () => {
  const store = await openStore(directory, note);
  const result = resultOf(0);
  await store.publish({ ...result, outputChange: 17 });
  await store.publish(result);
  expect(await store.read(result.hash)).toEqual(result);
  expect(notes).toEqual([`${result.hash}.json differs from what the run gives now and is replaced`]);
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
