import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { FLAG } from './compiling.ts';

test('V8 knows the flag by which it compiles less', () => {
  const { status, stderr } = spawnSync(process.execPath, [FLAG, '--eval', '0'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
