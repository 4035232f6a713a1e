import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakePython, saying } from './fake-python.ts';
import { widthwise } from './widthwise-process.ts';

const TEXT = 'def make(width): ...\n';
const FACTORY = 'widthwise_model__Net.py';

/** A folder with a class, and a Python that writes such a factory for it. */
async function folderOf(written: { readonly why?: string; readonly line?: readonly [string, number] } = {}) {
  const folder = await fakePython('');
  const { why = null, line = null } = written;
  const record = { event: 'written', text: TEXT, why, line };
  await writeFile(join(folder, 'python.mjs'), saying(record, { event: 'done', seconds: 1 }));
  return folder;
}

test('a factory is printed, or written to a file that does not stand there yet', async () => {
  const cwd = await folderOf();
  const line = ['factory', 'model.py:Net', '--interpreter', './python'];
  expect(await widthwise(cwd, line)).toMatchObject({ code: 0, stdout: TEXT, stderr: '' });
  const { code, stdout } = await widthwise(cwd, [...line, '--write']);
  expect(stdout).toContain(
    'widthwise coord-check --python widthwise_model__Net.py:make --interpreter ./python',
  );
  expect(code).toBe(0);
  expect(await readFile(join(cwd, FACTORY), 'utf8')).toBe(TEXT);
  await writeFile(join(cwd, FACTORY), '# edited\n');
  const again = await widthwise(cwd, [...line, '--write']);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('is left as it is') });
  expect(await readFile(join(cwd, FACTORY), 'utf8')).toBe('# edited\n');
});

test('a class has a factory of its own beside one of its name in another module', async () => {
  const cwd = await folderOf();
  await mkdir(join(cwd, 'nets'));
  for (const file of ['__init__.py', 'gpt.py']) await writeFile(join(cwd, 'nets', file), '');
  const line = ['--interpreter', './python', '--write', '--json', '-'];
  for (const [file, target] of [
    ['model.py', FACTORY],
    ['nets/gpt.py', 'widthwise_nets__gpt__Net.py'],
  ]) {
    const { stdout } = await widthwise(cwd, ['factory', `${file}:Net`, ...line]);
    expect(JSON.parse(stdout)).toMatchObject({ written: true, file: join(cwd, `${target}`) });
  }
});

test('a draft that was edited is no longer called one that does not run', async () => {
  const cwd = await folderOf({ why: 'ValueError: no such backend' });
  const line = ['factory', 'model.py:Net', '--interpreter', './python', '--write', '--json', '-'];
  expect((await widthwise(cwd, line)).code).toBe(2);
  await writeFile(join(cwd, FACTORY), '# edited\n');
  const { code, stdout } = await widthwise(cwd, line);
  expect(JSON.parse(stdout)).toMatchObject({ written: false, why: null, text: '# edited\n' });
  expect(code).toBe(0);
});

test('the Python is started by what the caller names', async () => {
  const cwd = await folderOf();
  const launch = ['--launch', 'env WORD=said {}'];
  await writeFile(join(cwd, 'python.mjs'), 'process.exit(process.env.WORD === "said" ? 7 : 8);\n');
  const line = ['factory', 'model.py:Net', '--interpreter', join(cwd, 'python'), ...launch];
  expect((await widthwise(cwd, line)).stderr).toContain('ended with exit code 7');
  await writeFile(join(cwd, 'widthwise.json'), JSON.stringify({ launch: 'env WORD=said {}' }));
  const byProject = (await widthwise(cwd, line.slice(0, -2))).stderr;
  expect(byProject).toContain("the project's launch starts it: env WORD=said {}");
  expect(byProject).toContain('ended with exit code 7');
  const missing = await widthwise(cwd, [...line.slice(0, -1), 'no-such-launcher {}']);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/--launch.*no-such-launcher/) });
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
