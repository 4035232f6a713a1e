import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const INPUTS = join(import.meta.dirname, 'snapshots/inputs');

/** A project with two files that have findings, and a baseline of them. */
async function projectWithBaseline(): Promise<string> {
  const cwd = await emptyFolder();
  await mkdir(join(cwd, 'src'));
  for (const name of ['blocks.py', 'branches.py']) await cp(join(INPUTS, name), join(cwd, 'src', name));
  expect(await lint(cwd, 'src', '--write-baseline', 'baseline.json')).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^widthwise: the baseline holds \d+ findings\n$/),
  });
  return cwd;
}

function lint(cwd: string, ...args: string[]) {
  return widthwise(cwd, ['lint', '--profile', 'mup', ...args]);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

test('what a baseline knows is not told, wherever its lines have moved and whoever asks from where', async () => {
  const cwd = await projectWithBaseline();
  await edit(join(cwd, 'src/blocks.py'), (text) => `# moved\n\n\n${text}`);
  const { code, stdout, stderr } = await lint(join(cwd, 'src'), '.', '--baseline', '../baseline.json');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/, 0 findings in/) });
  expect(stderr).toMatch(/^widthwise: \d+ findings of the baseline are here and not told\n$/);
});

test('what is new fails, and what is gone is named', async () => {
  const cwd = await projectWithBaseline();
  await edit(join(cwd, 'src/branches.py'), () => 'import torch\n');
  await edit(join(cwd, 'src/blocks.py'), (text) => text.replace('std=0.02)', 'std=0.03)'));
  const { code, stdout, stderr } = await lint(cwd, 'src', '--baseline', 'baseline.json', '--json', '-');
  const { findings, baseline } = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(findings).toMatchObject([{ file: 'src/blocks.py', code: 'MUP101' }]);
  expect(baseline.known).toBeGreaterThan(0);
  const gone = baseline.gone.map(({ file }: { file: string }) => file);
  expect(new Set(gone)).toEqual(new Set(['src/blocks.py', 'src/branches.py']));
  expect(stderr).toContain('gone: src/branches.py MUP101 ');
});

test('findings of files that a run leaves out are neither gone nor lost', async () => {
  const cwd = await projectWithBaseline();
  const before = await readFile(join(cwd, 'baseline.json'), 'utf8');
  const { stderr } = await lint(cwd, 'src/blocks.py', '--baseline', 'baseline.json');
  expect(stderr).not.toContain('gone');
  await lint(cwd, 'src/blocks.py', '--write-baseline', 'baseline.json');
  expect(await readFile(join(cwd, 'baseline.json'), 'utf8')).toBe(before);
  await rm(join(cwd, 'src/branches.py'));
  expect((await lint(cwd, 'src', '--baseline', 'baseline.json')).stderr).toContain('gone: src/branches.py');
});

test.each([
  ['of another version', '{"schema": "widthwise/baseline", "version": 7, "findings": []}', /version '7'/],
  ['that is something else', '{"schema": "other"}', /is no baseline of widthwise lint/],
  ['that is torn', '{"schema": "widthwise/base', /not JSON/],
  ['that is damaged', '{"schema": "widthwise/baseline", "version": 1, "findings": [3]}', /is damaged/],
])('a baseline %s is refused, and not written over', async (_, text, sentence) => {
  const cwd = await projectWithBaseline();
  await writeFile(join(cwd, 'baseline.json'), text);
  for (const option of ['--baseline', '--write-baseline']) {
    const { code, stdout, stderr } = await lint(cwd, 'src', option, 'baseline.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toContain(`${option} baseline.json: `);
  }
  expect(await readFile(join(cwd, 'baseline.json'), 'utf8')).toBe(text);
});

test('a baseline that is not there is refused with what writes one, and both options together are', async () => {
  const cwd = await projectWithBaseline();
  const missing = await lint(cwd, 'src', '--baseline', 'nowhere.json');
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('--write-baseline writes one') });
  const both = await lint(cwd, 'src', '--baseline', 'baseline.json', '--write-baseline', 'baseline.json');
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('one of them') });
});
