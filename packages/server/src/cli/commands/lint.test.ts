import { expect, test } from 'vitest';
import { called } from '../../../test/called.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { lint } from './lint.ts';

test('lint asks for a file or folder', async () => {
  await expect(called(lint, [])).rejects.toThrow('lint needs a file or folder: widthwise lint PATH…');
  await expect(called(lint, ['--stdin-filepath', 'model.py'])).rejects.toThrow('which - asks for');
});

test('lint says that it saw nothing, and passes', async () => {
  const folder = await folderOf({ 'notes.txt': '' });
  const { code, stderr } = await called(lint, ['.'], folder);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^widthwise: nothing to read in \.: /);
});

test.each([
  ['--fail-on', 'error'],
  ['--profile', 'mop'],
  ['--format', 'xml'],
])('lint refuses %s %s', async (...flag) => {
  await expect(called(lint, ['.', ...flag])).rejects.toThrow(flag[0]);
});
