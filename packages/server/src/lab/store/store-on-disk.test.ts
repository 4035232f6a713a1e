import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { resultOf } from './stored-result.fixture.ts';

/** What the store asks of the disk, in order; how a link ends. */
const disk = { asked: [] as string[], linkFails: null as string | null };

vi.doMock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const told = (handle: FileHandle, name: string): FileHandle => {
    const sync = handle.sync.bind(handle);
    handle.sync = () => {
      disk.asked.push(`sync ${name}`);
      return sync();
    };
    return handle;
  };
  return {
    ...real,
    open: async (path: string, flags: string) =>
      told(await real.open(path, flags), flags === 'wx' ? 'file' : 'folder'),
    link: async (from: string, to: string) => {
      disk.asked.push('link');
      if (disk.linkFails !== null) throw Object.assign(new Error('no link'), { code: disk.linkFails });
      await real.link(from, to);
    },
    rename: async (from: string, to: string) => {
      disk.asked.push('rename');
      await real.rename(from, to);
    },
  };
});

// Another test may have loaded the store over the real disk.
vi.resetModules();
const { openStore } = await import('./store.ts');
afterAll(() => {
  vi.doUnmock('node:fs/promises');
  vi.resetModules();
});

const result = resultOf(0);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'widthwise-disk-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  disk.asked.length = 0;
  disk.linkFails = null;
});

test('a result is on the disk before it has its name, and its name before it counts as published', async () => {
  const store = await openStore(directory);
  await store.publish(result);
  // Where a folder cannot be opened, its name is kept by the system.
  const folder = process.platform === 'win32' ? [] : ['sync folder'];
  expect(disk.asked).toEqual(['sync file', 'link', ...folder]);
});

test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])(
  'on a file system that says %s of links a result is renamed into place, whole as well',
  async (code) => {
    disk.linkFails = code;
    const store = await openStore(directory);
    await store.publish(result);
    expect(disk.asked).toContain('rename');
    expect(await store.read(result.hash)).toEqual(result);
    expect(await readdir(directory)).toEqual([`${result.hash}.json`]);
  },
);

test('a disk that fails is said, and leaves nothing behind', async () => {
  disk.linkFails = 'EIO';
  const store = await openStore(directory);
  await expect(store.publish(result)).rejects.toThrow('no link');
  expect(await readdir(directory)).toEqual([]);
});
