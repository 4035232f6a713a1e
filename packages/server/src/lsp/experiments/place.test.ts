import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnyFields, COMPARISON_FIELDS } from '@widthwise/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedFiles } from '../../lab/experiments/named-files.ts';
import { findPlace, requireInside } from './place.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'widthwise-place-'));
  folder = join(root, 'open');
  await mkdir(folder);
  await writeFile(join(root, 'secret.csv'), '1,2\n');
  await symlink(join(root, 'secret.csv'), join(folder, 'link.csv'));
});
afterAll(() => rm(root, { recursive: true }));

const needs = (config: object, restricted = false) => ({
  restricted,
  files: namedFiles(COMPARISON_FIELDS as AnyFields, config),
  note: () => {},
});

const place = (config: object, asked?: string) => {
  const uri = pathToFileURL(folder).toString();
  return findPlace(asked, [uri], needs(config));
};

test('results are kept in the folder that is open', async () => {
  const { cwd, store } = await place({});
  expect(cwd).toBe(folder);
  expect(store.directory).toBe(join(folder, '.widthwise', 'store'));
});

test('in a folder that nobody trusts no result is believed or kept, and no file read', async () => {
  const uri = pathToFileURL(folder).toString();
  const { cwd, store } = await findPlace(uri, [uri], needs({}, true));
  expect([cwd, store.directory, await store.list()]).toEqual([folder, '', []]);
  const named = findPlace(uri, [uri], needs({ data: 'csv:plain.csv' }, true));
  await expect(named).rejects.toThrow('plain.csv is not read in Restricted Mode: trust the folder first.');
});

test.each(['.widthwise', '.widthwise/store'])(
  'results are not kept where the link %s leads out',
  async (link) => {
    const other = await mkdtemp(join(root, 'linked-'));
    if (link.includes('/')) await mkdir(join(other, '.widthwise'));
    await symlink(root, join(other, link));
    const uri = pathToFileURL(other).toString();
    await expect(findPlace(uri, [uri], needs({}))).rejects.toThrow('lies outside');
  },
);

test('without a folder nothing is kept, and no file can be meant', async () => {
  const { store } = await findPlace(undefined, [], needs({}));
  expect(await store.list()).toEqual([]);
  const file = findPlace(undefined, [], needs({ data: 'csv:a.csv' }));
  await expect(file).rejects.toThrow('Open the folder');
});

test.each(['../secret.csv', 'link.csv', 'sub/../../secret.csv', '/etc/passwd'])(
  '%s, which lies outside, is refused',
  async (file) => {
    await expect(place({ data: `csv:${file}` })).rejects.toThrow('lies outside');
    await expect(place({ data: `csv:${file}:label=2` })).rejects.toThrow('lies outside');
    await expect(place({ parametrizations: ['mup', `abc:${file}`] })).rejects.toThrow('lies outside');
  },
);

test.each(['missing.csv', 'plain.csv/below.csv', 'a\0b.csv', `${'a'.repeat(5000)}.csv`])(
  'a file inside is left to its reader, also where there can be none: %j',
  async (file) => {
    await writeFile(join(folder, 'plain.csv'), '1,2\n');
    await expect(place({ data: `csv:${file}` })).resolves.toBeDefined();
  },
);

test('everything on a disk lies inside its root', async () => {
  await expect(requireInside(parse(root).root, join(root, 'secret.csv'))).resolves.toBeUndefined();
});

test('a folder whose name begins like the open one lies outside of it', async () => {
  await mkdir(`${folder}-not`);
  await expect(requireInside(folder, '../open-not')).rejects.toThrow('lies outside');
});

test('a file that is missing from a folder reached by a link is missing, not outside', async () => {
  const link = join(root, 'link');
  await symlink(folder, link);
  const uri = pathToFileURL(link).toString();
  await expect(findPlace(uri, [uri], needs({ data: 'csv:missing.csv' }))).resolves.toBeDefined();
});

test('a folder on no disk is refused in a sentence', async () => {
  const uri = 'vscode-vfs://github/someone/project';
  await expect(findPlace(undefined, [uri], needs({}))).rejects.toThrow('no folder on this machine');
});

test('a folder that is not open is refused', async () => {
  await expect(place({}, 'file:///elsewhere')).rejects.toThrow('no folder of the workspace');
});
