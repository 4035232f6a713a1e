import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetHash } from '@widthwise/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadData } from './load-data.ts';

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'widthwise-data-'));
  await writeFile(join(cwd, 'two words.csv'), 'a,b,kind\n1,2,0\n3,1,1\n5,7,0\n');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test.each([
  ['digits', 'digits', 'digits, 64 samples', [64, 64, 10]],
  ['digits:20', 'digits', 'digits, 20 samples', [20, 64, 10]],
  ['mixture', 'mixture', 'mixture of 10 Gaussians in 64 dimensions, 64 samples', [64, 64, 10]],
  ['mixture:2,5,8', 'mixture', 'mixture of 2 Gaussians in 5 dimensions, 8 samples', [8, 5, 1]],
  ['csv:two words.csv', 'two-words', 'two words.csv, 3 samples', [3, 2, 2]],
  ['csv:two words.csv:label=a', 'two-words', 'two words.csv, 3 samples', [3, 2, 3]],
])('%s is called %s and has its shape', async (description, name, title, shape) => {
  const data = await loadData(description, { cwd, dataSeed: 0 });
  const { samples, inputDim, outputDim } = data.dataset;
  expect(data).toMatchObject({ name, title });
  expect([samples, inputDim, outputDim]).toEqual(shape);
  expect(data.identity).toEqual({ kind: description.split(':')[0], hash: datasetHash(data.dataset) });
});

test('another seed is another mixture, the same seed the same', async () => {
  const hash = async (dataSeed: number): Promise<string> =>
    (await loadData('mixture', { cwd, dataSeed })).identity.hash;
  expect(await hash(1)).toBe(await hash(1));
  expect(await hash(1)).not.toBe(await hash(0));
});
