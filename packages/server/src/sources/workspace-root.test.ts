import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { WorkspaceRoots } from './workspace-root.ts';

/** Where the modules are looked for that `a/b/c/model.py` imports, as a path below the folder of these files. */
async function rootWith(...files: readonly string[]): Promise<string> {
  const folder = await folderOf(Object.fromEntries(['a/b/c/model.py', ...files].map((file) => [file, ''])));
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
});
