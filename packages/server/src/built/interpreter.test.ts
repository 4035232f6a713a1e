import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { interpreterFor } from './interpreter.ts';

const WINDOWS = process.platform === 'win32';
const [BIN, EXECUTABLE] = WINDOWS ? ['Scripts', 'python.exe'] : ['bin', 'python'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widthwise-interpreter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function environmentAt(...parts: readonly string[]): Promise<string> {
  const python = join(folder, ...parts, BIN, EXECUTABLE);
  await mkdir(dirname(python), { recursive: true });
  await writeFile(python, '');
  return python;
}

describe('the Python of a file', () => {
  const file = () => join(folder, 'project/models/model.py');

  test('is that of the active environment', async () => {
    await environmentAt('project/.venv');
    const active = await environmentAt('elsewhere');
    expect(interpreterFor(file(), { VIRTUAL_ENV: join(folder, 'elsewhere') })).toBe(active);
  });

  test('is that of the nearest environment above it, where none is active or the active one is gone', async () => {
    await environmentAt('.venv');
    const near = await environmentAt('project/venv');
    expect(interpreterFor(file(), {})).toBe(near);
    expect(interpreterFor(file(), { VIRTUAL_ENV: join(folder, 'gone') })).toBe(near);
  });

  test('is the one on the path where there is none', () => {
    expect(interpreterFor(file(), {})).toBe(WINDOWS ? 'python' : 'python3');
  });
});
