import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const here = mkdtempSync(join(tmpdir(), 'folders-'));

test('makes what is missing above it, and says which it made first', () => {
  expect(makeFolder(join(here, 'a', 'b', 'c'))).toBe(join(here, 'a'));
  expect(statSync(join(here, 'a', 'b', 'c')).isDirectory()).toBe(true);
  expect(makeFolder(join(here, 'a', 'b', 'c'))).toBeUndefined();
});

test('throws where a file stands, there or above', () => {
  writeFileSync(join(here, 'file'), '');
  expect(() => makeFolder(join(here, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(here, 'file', 'below'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')(
  'throws where a folder that is there takes none, which never ended',
  () => {
    expect(() => makeFolder('/proc/none/below')).toThrow('ENOENT');
  },
);
