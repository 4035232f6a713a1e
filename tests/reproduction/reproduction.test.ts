import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { documentsOf, FOLDER, MEASURED } from './documents.ts';
import type { Reproduction } from './measured.ts';

test('the page and its figures are what the command writes of its measurements, and no number is another', async () => {
  const found = JSON.parse(await readFile(MEASURED, 'utf8')) as Reproduction;
  const documents = documentsOf(found);
  for (const [path, text] of documents) expect(await readFile(path, 'utf8'), path).toBe(text);
  const written = documents.map(([path]) => basename(path)).filter((name) => name.endsWith('.svg'));
  expect((await readdir(FOLDER)).sort()).toEqual([...written, basename(MEASURED)].sort());
});
