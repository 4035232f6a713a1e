import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { isWithin } from './real-path.ts';

test('a path lies where its links lead, and what does not exist where it would be made', async () => {
  const root = await folderOf({ 'open/a.py': '', 'secret/b.py': '' });
  const at = (path: string): string => join(root, path);
  await symlink(at('secret'), at('open/out'));
  await symlink(at('secret/b.py'), at('open/b.py'));
  await symlink(at('secret/none'), at('open/to-nothing'));
  await symlink(at('open/a.py'), at('open/again.py'));
  await symlink(at('open'), at('link'));
  await symlink('self', at('open/self'));
  await mkdir(at('open-not'));
  const lies = async (path: string, folder = 'open'): Promise<boolean> => isWithin(at(folder), at(path));
  for (const inside of [
    'open',
    'open/a.py',
    'open/again.py',
    'open/new/deep.json',
    'open/..dots',
    'open/a\0b',
  ]) {
    expect([inside, await lies(inside), await lies(inside, 'link')]).toEqual([inside, true, true]);
  }
  for (const outside of [
    'open/../secret',
    'open/out/new/deep.json',
    'open/b.py',
    'open/to-nothing',
    'open-not',
  ]) {
    expect([outside, await lies(outside), await lies(outside, 'link')]).toEqual([outside, false, false]);
  }
  expect(await lies('open/self')).toBe(false);
});
