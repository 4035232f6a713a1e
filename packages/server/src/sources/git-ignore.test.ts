import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { findFiles } from './find-files.ts';

const run = promisify(execFile);

const files = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, '']));

/** What git itself would add of a fresh repository. */
async function gitSees(root: string, folder = '.'): Promise<readonly string[]> {
  const asked = ['ls-files', '-z', '--others', '--exclude-standard', '--', folder];
  const { stdout } = await run('git', ['-C', root, '-c', 'core.excludesFile=', ...asked]);
  return stdout.split('\0').filter((path) => path.endsWith('.py'));
}

async function found(root: string, ...paths: readonly string[]): Promise<readonly string[]> {
  return (await findFiles(paths, root)).files.map(({ path }) => path);
}

async function repository(contents: Readonly<Record<string, string>>): Promise<string> {
  const root = await folderOf(contents);
  await run('git', ['-C', root, 'init', '-q']);
  return root;
}

describe('in a repository a folder has the files that git would add', () => {
  const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'by name, at any depth and at the top alone': {
      '.gitignore': 'gen.py\n/top.py\n# a remark\n\n',
      ...files('gen.py', 'top.py', 'a/gen.py', 'a/top.py', 'a/b/c.py'),
    },
    'with folders left out whole, whatever stands in them': {
      '.gitignore': 'out/\n!out/kept.py\n',
      ...files('out/kept.py', 'out/a/b.py', 'x/out/c.py', 'outer/d.py'),
    },
    'where a deeper file takes back what one above it left out': {
      '.gitignore': '*_pb2.py\n',
      'proto/.gitignore': '!wire_pb2.py\n',
      ...files('a_pb2.py', 'proto/wire_pb2.py', 'proto/other_pb2.py', 'proto/deep/wire_pb2.py'),
    },
    'where a deeper file takes back a folder': {
      '.gitignore': 'gen/\n',
      'a/.gitignore': '!gen/\n',
      ...files('gen/x.py', 'a/gen/x.py', 'a/gen/deep/y.py', 'b/gen/x.py'),
    },
    'by globs, ranges and escapes': {
      '.gitignore': 'v[0-9].py\nruns/**/best.py\n\\!loud.py\na?c.py\nx/*/z.py\n',
      ...files('v1.py', 'va.py', 'runs/best.py', 'runs/a/b/best.py', '!loud.py', 'abc.py', 'ac.py'),
      ...files('x/y/z.py', 'x/y/y/z.py'),
    },
    'by patterns that are bent, and what cannot match': {
      '.gitignore':
        '\uFEFFbom.py\r\nspaces.py   \r\nkept\\ \n[]a]x.py\n[!b]y.py\n[[:digit:]]z.py\nopen[.py\nback\\\na**b.py\n/**/deep.py\nall/**\n!all/but.py\n!all/x/\n**/mid/**/end.py\n*.py/\n',
      ...files('bom.py', 'spaces.py', ']x.py', 'ax.py', 'ay.py', 'by.py', '1z.py', 'cz.py', 'open[.py'),
      ...files('a/b.py', 'aXb.py', 'deep.py', 'q/deep.py', 'all/but.py', 'all/other.py', 'all/x/y.py'),
      ...files('mid/end.py', 'q/mid/r/s/end.py', 'folder.py/in.py'),
    },
    'with what this checkout alone leaves out': {
      ...files('mine.py', 'a/mine.py', 'yours.py'),
    },
  };
  test.each(Object.entries(CASES))('%s', async (_, contents) => {
    const root = await repository(contents);
    await run('sh', ['-c', `mkdir -p .git/info && printf 'mine.py\\n' >> .git/info/exclude`], { cwd: root });
    const expected = await gitSees(root);
    expect((await found(root, '.')).toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(0);
  });

  test('below a folder of it too, by the rules that stand above', async () => {
    const root = await repository({
      '.gitignore': 'old.py\nsrc/gen/\n',
      ...files('src/old.py', 'src/new.py', 'src/gen/a.py', 'src/x/old.py'),
    });
    expect(await found(root, 'src')).toEqual(await gitSees(root, 'src'));
  });

  test('in a linked work tree, whose .git is a file', async () => {
    const root = await repository({ '.gitignore': 'gen.py\n' });
    const git = ['-C', root, '-c', 'user.name=n', '-c', 'user.email=e'];
    await run('git', [...git, 'add', '.gitignore']);
    await run('git', [...git, 'commit', '-qm', 'first']);
    await run('git', [...git, 'worktree', 'add', '-q', join(root, 'linked')]);
    await run('sh', ['-c', `mkdir -p .git/info && printf 'mine.py\\n' >> .git/info/exclude`], { cwd: root });
    const linked = join(root, 'linked');
    await run('touch', ['gen.py', 'mine.py', 'yours.py'], { cwd: linked });
    expect(await found(linked, '.')).toEqual(await gitSees(linked));
    expect(await found(linked, '.')).toEqual(['yours.py']);
  });
});

describe('a pattern means what it means to git', () => {
  const part = fc.constantFrom('a', 'b', 'c', '*', '?', '[ab]', '[!a]', '\\a', '\\*', '.', ' ');
  // Two stars are alone in a segment: behind a name git reads them in other ways than it says.
  const mixed = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
  const segment = fc.oneof({ weight: 4, arbitrary: mixed }, fc.constant('**'));
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
  const line = fc
    .tuple(fc.constantFrom('', '', '', '!'), fc.constantFrom('', '', '/'), path, fc.constantFrom('', '', '/'))
    .map((parts) => parts.join(''));
  const patterns = fc.array(line, { minLength: 1, maxLength: 4 });
  const NAMES = ['a', 'b', 'ab', 'cb', 'b/a', 'a/c', 'a/b/c', 'c/a/b', 'c/c/a', 'bb/ab/a', '.a', 'a/.b'];

  test('in 60 files of patterns, drawn', async () => {
    const drawn = fc.sample(patterns, { seed: 7, numRuns: 60 });
    const contents = drawn.flatMap((lines, index): [string, string][] => [
      [`p${index}/.gitignore`, lines.join('\n')],
      ...NAMES.map((name): [string, string] => [`p${index}/${name}.d/x.py`, '']),
      ...NAMES.map((name): [string, string] => [`p${index}/f/${name}.py`, '']),
      ...NAMES.filter((name) => !/^\.|\/\./.test(name)).map((name): [string, string] => [
        `p${index}/g/${name}/in.py`,
        '',
      ]),
    ]);
    const root = await repository(Object.fromEntries(contents));
    const visible = (await gitSees(root)).filter((path) => !/(?:^|\/)\.[^/]*\//.test(path));
    expect((await found(root, '.')).toSorted()).toEqual(visible.toSorted());
    expect(visible.length).toBeLessThan(drawn.length * 3 * NAMES.length);
  });
});

describe('patterns that were made to hurt', () => {
  test('are held against a name in time linear in both', async () => {
    const hard = ['*a'.repeat(400), '[a-z]*'.repeat(150), '**/a/'.repeat(100)].map((text) => `${text}z`);
    const name = `${'a'.repeat(200)}.py`;
    const root = await folderOf({ '.gitignore': hard.join('\n'), [name]: '', [`a/a/a/a/${name}`]: '' });
    expect(await found(root, '.')).toEqual([join('a', 'a', 'a', 'a', name), name]);
  });

  test('are told where they are too many to be held against every name', async () => {
    const root = await folderOf({ '.gitignore': '*a*b*c\n'.repeat(10_000), 'model.py': '' });
    const { files: read, unread } = await findFiles(['.'], root);
    expect(read.map(({ path }) => path)).toEqual(['model.py']);
    expect(unread).toEqual([
      { file: '.gitignore', why: 'has more wildcards than any project needs, so none of its patterns holds' },
    ]);
  });

  test('names without wildcards may be as many as they are', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `gen${index}.py`);
    const root = await folderOf({ '.gitignore': names.join('\n'), 'gen59999.py': '', 'model.py': '' });
    expect(await found(root, '.')).toEqual(['model.py']);
  });

  test.each([
    ['a pipe', 'mkfifo .gitignore'],
    ['a link to a device', 'ln -s /dev/zero .gitignore'],
    ['a file larger than memory', 'truncate -s 1T .gitignore'],
  ])('are not read from %s', async (_, make) => {
    const root = await folderOf({ 'model.py': '' });
    await run('sh', ['-c', make], { cwd: root });
    expect(await found(root, '.')).toEqual(['model.py']);
  });
});

test('a file or folder that is named is read, though git ignores it', async () => {
  const root = await repository({ '.gitignore': 'gen/\n', ...files('gen/a.py', 'gen/deep/b.py', 'c.py') });
  expect(await found(root, 'gen/a.py', 'c.py')).toEqual(['gen/a.py', 'c.py']);
  expect(await found(root, 'gen')).toEqual([join('gen', 'a.py'), join('gen', 'deep', 'b.py')]);
});

test('without a repository the .gitignore of the folder holds, and none above it', async () => {
  const root = await folderOf({
    '.gitignore': 'a.py\n',
    'project/.gitignore': 'gen/\n',
    ...files('project/a.py', 'project/gen/b.py', 'project/c/gen/d.py'),
  });
  expect(await found(root, 'project')).toEqual([join('project', 'a.py')]);
});
