import { closeSync, openSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { processInterruption } from '../interruption.ts';
import { destinationOf } from './destination.ts';
import { writeTo } from './write-to.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widthwise-output-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const [stdout, stderr] = [new PassThrough(), new PassThrough()];
const put = (path: string, text: string): Promise<void> =>
  writeTo(path, text, { stdout, stderr, interruption: processInterruption() });

test('a new file is written, and nothing but it', async () => {
  await put(join(folder, 'new.json'), 'text');
  expect(await readFile(join(folder, 'new.json'), 'utf8')).toBe('text');
  expect(await readdir(folder)).toEqual(['new.json']);
});

test('a folder in the way stays, and nothing is left beside it', async () => {
  await mkdir(join(folder, 'taken'));
  await expect(put(join(folder, 'taken'), 'text')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await readdir(folder)).toEqual(['taken']);
});

test('a folder that does not exist is said', async () => {
  await expect(put(join(folder, 'missing/file'), 'text')).rejects.toMatchObject({ code: 'ENOENT' });
});

// Windows asks for a privilege before it makes a link, and has no descriptors in the file system.
describe.skipIf(process.platform === 'win32')('a link', () => {
  test('is followed from the folder that it really lies in', async () => {
    await mkdir(join(folder, 'deep/real'), { recursive: true });
    await symlink(join(folder, 'deep/real'), join(folder, 'linked'));
    await symlink('../target.json', join(folder, 'deep/real/link.json'));
    await put(join(folder, 'linked/link.json'), 'text');
    expect(await readFile(join(folder, 'deep/target.json'), 'utf8')).toBe('text');
    expect((await lstat(join(folder, 'linked/link.json'))).isSymbolicLink()).toBe(true);
  });

  test('to a file that is not there makes it, in a folder that is there', async () => {
    await symlink('later.json', join(folder, 'link.json'));
    await put(join(folder, 'link.json'), 'text');
    expect(await readFile(join(folder, 'later.json'), 'utf8')).toBe('text');
    await symlink('nowhere/later.json', join(folder, 'lost.json'));
    await expect(put(join(folder, 'lost.json'), 'text')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('that leads to itself is refused', async () => {
    await symlink('b', join(folder, 'a'));
    await symlink('a', join(folder, 'b'));
    await expect(put(join(folder, 'a'), 'text')).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test.each([0o600, 0o664, 0o755])('and a file keep their permissions: %o', async (mode) => {
    const file = join(folder, 'file');
    await writeFile(file, 'before');
    await chmod(file, mode);
    await put(file, 'after');
    expect((await stat(file)).mode & 0o777).toBe(mode);
  });
});

describe.skipIf(process.platform === 'win32')('a descriptor of the process', () => {
  test.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1', '/dev/../dev/stdout'])(
    '%s is known',
    async (path) => {
      if (path.startsWith('/proc') && process.platform !== 'linux') return;
      expect(await destinationOf(join(path))).toEqual({ kind: 'descriptor', descriptor: 1 });
    },
  );

  test('goes on where it stands', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'before, ');
    const descriptor = openSync(file, 'a');
    await put(`/dev/fd/${descriptor}`, 'after');
    closeSync(descriptor);
    expect(await readFile(file, 'utf8')).toBe('before, after');
  });

  test('that is standard output or error is written as a stream', async () => {
    await put('/dev/fd/1', 'out');
    await put('/dev/fd/2', 'err');
    expect([String(stdout.read()), String(stderr.read())]).toEqual(['out', 'err']);
  });
});
