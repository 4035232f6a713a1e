import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { WorkspaceRoots } from './workspace-root.ts';

/** Where the modules are looked for that `a/b/c/model.py` imports, as a path below the folder of these files. */
function rootWith(...files: readonly string[]): Promise<string> {
  return rootOfModel('', ...files);
}

async function rootOfModel(code: string, ...files: readonly string[]): Promise<string> {
  const empty = Object.fromEntries(files.map((file) => [file, '']));
  const folder = await folderOf({ 'a/b/c/model.py': code, ...empty });
  const root = await new WorkspaceRoots().of(join(folder, 'a', 'b', 'c', 'model.py'));
  return root.slice(folder.length + 1).replaceAll('\\', '/');
}

describe('the root of a file', () => {
  test.each([
    ['is its folder', 'a/b/c', []],
    ['is above its packages', 'a', ['a/b/c/__init__.py', 'a/b/__init__.py']],
    ['is the outermost with a mark of a project', 'a', ['a/pyproject.toml', 'a/b/setup.py']],
    ['is the innermost with a sign of one', 'a/b', ['a/environment.yml', 'a/b/requirements.txt']],
    [
      'is no package with a sign of one, but a whole project that is a package',
      'a/b',
      [
        'a/b/__init__.py',
        'a/b/c/__init__.py',
        'a/b/requirements.txt',
        'a/b/c/requirements.txt',
        'a/b/LICENSE',
      ],
    ],
    ['is that with a mark rather', 'a', ['a/setup.py', 'a/b/requirements.txt']],
    ['is that of its repository', 'a/b', ['a/pyproject.toml', 'a/b/.git/HEAD', 'a/b/c/__init__.py']],
  ])('%s', async (_, root, files) => {
    expect(await rootWith(...files)).toBe(root);
  });

  test.each([
    [
      'is the one above a folder by whose name a module there is imported',
      'a',
      'from b.base import Base',
      ['a/b/base.py'],
    ],
    ['is its folder where that module is not there', 'a/b/c', 'from b.base import Base', []],
    ['is its folder where another has the name', 'a/b/c', 'import c', ['a/b/base.py']],
    ['is its folder where dots lead to no module', 'a/b/c', 'from ....base import Base', ['a/b/base.py']],
    [
      'is found behind dots that lead nowhere',
      'a',
      `from ${'.'.repeat(100_000)}\nfrom b.base import Base`,
      ['a/b/base.py'],
    ],
    ['is the one that dots lead up to', 'a/b', 'from ..base import Base', ['a/base.py', 'a/b/base.py']],
    [
      'is the one that an import needs rather than one below it with a sign of a project',
      'a',
      'from b.c.base import Base',
      ['a/b/c/base.py', 'a/b/c/requirements.txt'],
    ],
    [
      'is that with a sign where an import needs none around it',
      'a/b',
      'from c.base import Base',
      ['a/b/c/base.py', 'a/b/requirements.txt'],
    ],
    [
      'is that with a mark rather than what is imported',
      'a/b',
      'from b.base import Base',
      ['a/b/setup.py', 'a/b/base.py'],
    ],
  ])('%s', async (_, root, code, files) => {
    expect(await rootOfModel(code, ...files)).toBe(root);
  });
});
