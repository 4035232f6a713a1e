import { chmodSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { EntryStore } from './entry-store.ts';

const KEY = 'a1b2';
const CONTENT = Buffer.from('what was found');

test('an entry is read as it was written, by a later store, too', async () => {
  const folder = join(await folderOf({}), 'kept', 'lint');
  const store = new EntryStore(folder);
  expect(store.read(KEY)).toBeNull();
  store.write(KEY, CONTENT);
  expect(store.read(KEY)).toEqual(CONTENT);
  expect(new EntryStore(folder).read(KEY)).toEqual(CONTENT);
  expect(new EntryStore(folder).read('a1b3')).toBeNull();
});

test('an entry under the name of another, cut off or empty is none', async () => {
  const folder = join(await folderOf({}), 'lint');
  const store = new EntryStore(folder);
  store.write(KEY, CONTENT);
  store.write('a1b3', Buffer.from('something else'));
  const shard = join(folder, 'a');
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(40), Buffer.from('nonsense')]) {
    writeFileSync(join(shard, KEY), bytes);
    expect(store.read(KEY)).toBeNull();
  }
});

test.skipIf(process.getuid === undefined)(
  'a folder that others may write to, or a link in its place, is not used',
  async () => {
    const root = await folderOf({});
    const folder = join(root, 'lint');
    const store = new EntryStore(folder);
    store.write(KEY, CONTENT);
    symlinkSync(folder, join(root, 'linked'));
    expect(new EntryStore(join(root, 'linked')).read(KEY)).toBeNull();
    chmodSync(folder, 0o770);
    const again = new EntryStore(folder);
    expect(again.read(KEY)).toBeNull();
    again.write('a1b3', CONTENT);
    expect(readdirSync(join(folder, 'a'))).toEqual([KEY]);
  },
);

test('where nothing can be written, nothing is said', async () => {
  const root = await folderOf({ file: '' });
  const store = new EntryStore(join(root, 'file', 'lint'));
  store.write(KEY, CONTENT);
  expect(store.read(KEY)).toBeNull();
  store.close();
});

test('the oldest entries go where there are more than there is room for', async () => {
  const folder = join(await folderOf({}), 'lint');
  const store = new EntryStore(folder, 16 * 10 * 4096);
  const keys = [...Array(12).keys()].map((at) => `a${at.toString(16)}`);
  for (const [at, key] of keys.entries()) {
    store.write(key, CONTENT);
    utimesSync(join(folder, 'a', key), 1000 + at, 1000 + at);
  }
  // In use again: an entry that is read is none of the oldest.
  expect(store.read('a0')).toEqual(CONTENT);
  store.close();
  expect(readdirSync(join(folder, 'a')).sort()).toEqual([
    'a0',
    'a4',
    'a5',
    'a6',
    'a7',
    'a8',
    'a9',
    'aa',
    'ab',
  ]);
});
