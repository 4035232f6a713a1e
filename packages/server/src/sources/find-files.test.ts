import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { findFiles } from './find-files.ts';

const run = promisify(execFile);
const files = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, '']));

async function found(root: string, path = '.') {
  const { files: read, unread, leftOut } = await findFiles([path], root);
  const sentences = [...unread, ...leftOut].map(({ file, why }) => `${file} ${why}`);
  return { read: read.map((file) => file.path), sentences };
}

describe('a folder is left out for what is in it, not for its name alone:', () => {
  test('an environment of any name', async () => {
    const root = await folderOf({
      ...files('mine/pyvenv.cfg', 'mine/a.py', 'conda/conda-meta/history', 'conda/b.py', 'c.py'),
    });
    expect((await found(root)).read).toEqual(['c.py']);
    expect((await found(root, 'mine')).read).toEqual([join('mine', 'a.py')]);
  });

  test('what was built', async () => {
    const root = await folderOf({
      ...files(
        'build/lib/a.py',
        'build/b.py',
        'x/build/bdist.linux-x86_64/c.py',
        'dist/p-1.0.tar.gz',
        'dist/d.py',
      ),
      ...files('node_modules/e.py', 'lib/site-packages/f.py', 'g.py'),
    });
    expect((await found(root)).read).toEqual(['g.py']);
  });

  test('and the env, build and dist that a project wrote itself are read', async () => {
    const root = await folderOf(files('env/cartpole.py', 'build/network.py', 'dist/normal.py', 'venv/a.py'));
    const read = ['build/network.py', 'dist/normal.py', 'env/cartpole.py', 'venv/a.py'];
    expect((await found(root)).read).toEqual(read.map((path) => join(...path.split('/'))));
  });
});

describe('links', () => {
  test('to files inside are read, each file once', async () => {
    const root = await folderOf(files('a/model.py', 'notes/text.txt', 'z.py'));
    await run('sh', ['-c', 'ln -s a/model.py m.py; ln -s notes/text.txt b.py; ln -s b.py c.py'], {
      cwd: root,
    });
    expect(await found(root)).toEqual({ read: [join('a', 'model.py'), 'b.py', 'z.py'], sentences: [] });
  });

  test('out of the folder, to nothing and to folders are not followed, and the first two are told', async () => {
    const root = await folderOf(files('out/model.py', 'in/a.py', 'in/deep/b.py'));
    const make =
      'ln -s ../out/model.py m.py; ln -s none.py n.py; ln -s .. up; ln -s ../out out; ln -s deep d.py';
    await run('sh', ['-c', make], { cwd: join(root, 'in') });
    expect(await found(root, 'in')).toEqual({
      read: ['in/a.py', 'in/deep/b.py'],
      sentences: [
        'in/m.py is a link out of the folder that was asked for, and is read only where it is named',
        'in/n.py is a link to nothing',
      ],
    });
  });
});

test('names that are no text are told', async () => {
  const root = await folderOf(files('a.py'));
  const bytes = (name: Buffer) => Buffer.concat([Buffer.from(`${root}/`), name]);
  await writeFile(bytes(Buffer.from([0x66, 0xff, 0x2e, 0x70, 0x79])), '');
  await mkdir(bytes(Buffer.from([0x67, 0xff])));
  expect((await found(root)).sentences).toEqual([
    'f\uFFFD.py has a name that is not UTF-8, and cannot be asked for by it',
    'g\uFFFD has a name that is not UTF-8, and cannot be asked for by it',
  ]);
});
