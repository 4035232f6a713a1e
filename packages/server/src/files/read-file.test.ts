import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { symlink, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderOf } from '../../test/folder-of.ts';
import { type ReadLimit, readFileOf } from './read-file.ts';

const LIMIT: ReadLimit = { bytes: 1_000_000, of: 'a table' };
const TOO_LARGE = 'is larger than 1 MB, the most that is read of a table';

async function outcome(path: string, limit = LIMIT): Promise<string> {
  const read = await readFileOf(path, limit);
  return 'why' in read ? read.why : `${read.bytes.length} bytes`;
}

test('a regular file is read whole, up to the limit', async () => {
  const root = await folderOf({ empty: '', some: 'text', most: 'x'.repeat(1000), more: 'x'.repeat(1001) });
  const of = (name: string) => outcome(join(root, name), { ...LIMIT, bytes: 1000 });
  expect(await Promise.all(['empty', 'some', 'most'].map(of))).toEqual(['0 bytes', '4 bytes', '1000 bytes']);
  expect(await of('more')).toBe('is larger than 0.001 MB, the most that is read of a table');
  expect(await readFileOf(join(root, 'some'), LIMIT)).toEqual({ bytes: Buffer.from('text') });
});

describe('what is no regular file is told for what it is, and nobody waits for it:', () => {
  test('a folder, and what is not there', async () => {
    const root = await folderOf({});
    expect(await readFileOf(root, LIMIT)).toEqual({ why: 'is a folder', code: null });
    const missing = await readFileOf(join(root, 'none'), LIMIT);
    expect(missing).toEqual({ why: 'cannot be read (ENOENT)', code: 'ENOENT' });
  });

  test('a pipe that nobody writes to, by its name and by a link', async () => {
    const root = await folderOf({});
    await promisify(execFile)('mkfifo', [join(root, 'pipe')]);
    await symlink(join(root, 'pipe'), join(root, 'link'));
    const said = 'is a pipe, and only regular files are read';
    expect([await outcome(join(root, 'pipe')), await outcome(join(root, 'link'))]).toEqual([said, said]);
  });

  test('a device without an end, and a socket', async () => {
    const root = await folderOf({});
    await symlink('/dev/zero', join(root, 'zero'));
    expect(await outcome(join(root, 'zero'))).toBe('is a device, and only regular files are read');
    const server = createServer().listen(join(root, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await outcome(join(root, 'socket'))).toBe('is a socket, and only regular files are read');
  });
});

describe('no more than the limit comes into memory', () => {
  test('of a file that says it is larger than any memory', async () => {
    const root = await folderOf({ sparse: '' });
    await truncate(join(root, 'sparse'), 2 ** 42);
    expect(await outcome(join(root, 'sparse'))).toBe(TOO_LARGE);
  });

  test('of a file that says it is empty and is not', async () => {
    // What the kernel makes up is of size 0 until it is read.
    const path = existsSync('/proc/self/maps') ? '/proc/self/maps' : process.execPath;
    expect(await outcome(path, { bytes: 1000, of: 'a table' })).toMatch(/^is larger than 0\.001 MB/);
  });
});
