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

const TABLE = 'x,y,species\n1.5,2,one\n3,1,zwölf\n5,7,one\n';

test.each([
  ['UTF-8', Buffer.from(TABLE)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TABLE}`)],
  ['UTF-16', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
  ['UTF-16 without a byte order mark', Buffer.from(TABLE, 'utf16le')],
  ['UTF-16 with the high byte first', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
  ['UTF-16 with the high byte first and no mark', Buffer.from(TABLE, 'utf16le').swap16()],
])('a table in %s is read, and how it was read is said', async (_, bytes) => {
  await writeFile(join(cwd, 'table.csv'), bytes);
  const { dataset, reading } = await loadData('csv:table.csv', { cwd, dataSeed: 0 });
  expect([dataset.samples, dataset.inputDim, dataset.outputDim]).toEqual([3, 2, 2]);
  expect(reading).toBe("2 inputs, 2 classes from column 3 'species', a header, separated by commas");
});

test('classes whose names differ only in characters that are no UTF-8 stay different', async () => {
  await writeFile(join(cwd, 'old.csv'), Buffer.from('x,größe\n1,ä\n3,ö\n5,ä\n7,ü\n', 'latin1'));
  const { reading } = await loadData('csv:old.csv', { cwd, dataSeed: 0 });
  expect(reading).toBe("1 input, 3 classes from column 2 'größe', a header, separated by commas");
});

test('what is no text is refused, and a mistyped column gets the one that was meant', async () => {
  await writeFile(join(cwd, 'binary.csv'), Buffer.from('1,2\n3,\0\n'));
  await expect(loadData('csv:binary.csv', { cwd, dataSeed: 0 })).rejects.toThrow(
    'binary.csv: holds NUL bytes, so it is no text',
  );
  const wide = Array.from({ length: 3000 }, (_, i) => `pixel${i}`).join();
  await writeFile(join(cwd, 'wide.csv'), `${wide},Label\n`);
  await expect(loadData('csv:wide.csv:label=label', { cwd, dataSeed: 0 })).rejects.toThrow(
    "wide.csv: label: no column is named 'label' (did you mean 'Label'?); there are pixel0, pixel1, pixel2, pixel3, pixel4, pixel5, pixel6, pixel7, pixel8, pixel9 and 2991 more",
  );
});

test('another seed is another mixture, the same seed the same', async () => {
  const hash = async (dataSeed: number): Promise<string> =>
    (await loadData('mixture', { cwd, dataSeed })).identity.hash;
  expect(await hash(1)).toBe(await hash(1));
  expect(await hash(1)).not.toBe(await hash(0));
});
