import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakePython, saying } from './fake-python.ts';
import { widthwise } from './widthwise-process.ts';

const TEXT = 'def make(width): ...\n';

/** A folder with a class, and a Python that writes such a factory for it. */
async function folderOf(written: { readonly why?: string; readonly line?: readonly [string, number] } = {}) {
  const folder = await fakePython('');
  const { why = null, line = null } = written;
  const record = { event: 'written', text: TEXT, why, line, root: folder };
  await writeFile(join(folder, 'python.mjs'), saying(record, { event: 'done', seconds: 1 }));
  return folder;
}

test('a factory is printed, or written to a file that does not stand there yet', async () => {
  const cwd = await folderOf();
  const line = ['factory', 'model.py:Net', '--interpreter', './python'];
  expect(await widthwise(cwd, line)).toMatchObject({ code: 0, stdout: TEXT, stderr: '' });
  const { code, stdout } = await widthwise(cwd, [...line, '--write']);
  expect(stdout).toContain('widthwise coord-check --python widthwise_net.py:make');
  expect(code).toBe(0);
  expect(await readFile(join(cwd, 'widthwise_net.py'), 'utf8')).toBe(TEXT);
  await writeFile(join(cwd, 'widthwise_net.py'), '# edited\n');
  const again = await widthwise(cwd, [...line, '--write']);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('is left as it is') });
  expect(await readFile(join(cwd, 'widthwise_net.py'), 'utf8')).toBe('# edited\n');
});

test('the Python is started by what the caller names', async () => {
  const cwd = await folderOf();
  const launch = ['--launch', 'env WORD=said {}'];
  await writeFile(join(cwd, 'python.mjs'), 'process.exit(process.env.WORD === "said" ? 7 : 8);\n');
  const line = ['factory', 'model.py:Net', '--interpreter', join(cwd, 'python'), ...launch];
  expect((await widthwise(cwd, line)).stderr).toContain('ended with exit code 7');
});

test('one that does not run is told with what stands in the way', async () => {
  const cwd = await folderOf({ why: 'ValueError: no such backend', line: ['model.py', 1] });
  const { code, stdout, stderr } = await widthwise(cwd, [
    'factory',
    'model.py:Net',
    '--interpreter',
    './python',
  ]);
  expect(stdout).toBe(TEXT);
  expect(stderr).toContain('it does not run yet: ValueError: no such backend (model.py:1)');
  expect(code).toBe(2);
});
