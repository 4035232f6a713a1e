import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { slashed } from './slashed.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** What the file `main.py` of a folder finds by a name, and reads of it. */
async function workspace(given: Readonly<Record<string, string>>) {
  const root = await folderOf({ 'main.py': '', ...given });
  const files = new WorkspaceFiles();
  const read = (name: string, version = 0, unsaved: ReadonlyMap<string, string> = new Map()) => {
    const place = files.placeOf({ path: join(root, 'main.py'), root, version, unsaved });
    const found = place.workspace.find(name, place.path);
    return found && place.workspace.read(found.path);
  };
  return { root, read };
}

describe('a module of a workspace', () => {
  test('is read as it is on disk, each time', async () => {
    const { root, read } = await workspace({ 'layers.py': 'x = 1' });
    expect(read('layers')).toBe('x = 1');
    await writeFile(join(root, 'layers.py'), 'x = 2, 3');
    expect(read('layers')).toBe('x = 2, 3');
  });

  test('is read as an editor has it that has not saved it', async () => {
    const { root, read } = await workspace({ 'layers.py': 'x = 1' });
    expect(read('layers', 0, new Map([[slashed(join(root, 'layers.py')), 'x = 2']]))).toBe('x = 2');
    expect(read('layers')).toBe('x = 1');
  });

  test('that comes is found when something is said to have come', async () => {
    const { root, read } = await workspace({});
    expect(read('layers')).toBe(undefined);
    await writeFile(join(root, 'layers.py'), 'x = 1');
    expect(read('layers', 1)).toBe('x = 1');
  });

  test('is not read where a link leads out, where it is none, and where it is too large', async () => {
    const outside = await folderOf({ 'layers.py': 'x = 1', 'p/__init__.py': '' });
    const { root, read } = await workspace({
      'layers.py/x': '',
      'large.py': `# ${'x'.repeat(2_000_000)}`,
      'utf16.py': '\uFEFFx\0',
    });
    await symlink(join(outside, 'layers.py'), join(root, 'linked.py'));
    await symlink(join(outside, 'p'), join(root, 'p'));
    await symlink(join(root, 'nothing.py'), join(root, 'gone.py'));
    for (const name of ['linked', 'p', 'gone', 'large', 'utf16', 'other']) expect(read(name)).toBe(undefined);
    expect(read('layers')).toBe(undefined);
  });

  test('is read through a link that stays inside', async () => {
    const { root, read } = await workspace({ 'a/layers.py': 'x = 1' });
    await symlink(join(root, 'a', 'layers.py'), join(root, 'linked.py'));
    expect(read('linked')).toBe('x = 1');
  });
});
