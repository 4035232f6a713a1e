import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const INPUTS = join(import.meta.dirname, 'snapshots/inputs');

async function project(pyproject?: string): Promise<string> {
  const cwd = await emptyFolder();
  for (const name of ['blocks.py', 'attention.py']) await cp(join(INPUTS, name), join(cwd, name));
  if (pyproject !== undefined) await writeFile(join(cwd, 'pyproject.toml'), pyproject);
  return cwd;
}

test('init shows and then writes what is width, and the project is read by it', async () => {
  const cwd = await project();
  const shown = await widthwise(cwd, ['init', '--dry-run']);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^widthwise\.json would have\n/);
  expect(await readdir(cwd)).not.toContain('widthwise.json');

  const { code, stdout } = await widthwise(cwd, ['init', '--json', '-']);
  expect(code).toBe(0);
  const { widths } = JSON.parse(stdout);
  expect(new Set(widths)).toEqual(new Set(['dim', 'n_embd']));
  expect(JSON.parse(await readFile(join(cwd, 'widthwise.json'), 'utf8'))).toEqual({ profile: 'mup', widths });
  expect((await widthwise(cwd, ['config', 'blocks.py'])).stdout).toMatch(
    /^profile +"mup" {2}widthwise\.json$/m,
  );
  expect((await widthwise(cwd, ['lint', '.'])).code).toBe(1);
});

test.each([
  ['', '\n'],
  ['# mine\n[tool.ruff]\nline-length = 9  # short\n', '\n'],
  ['[project]\r\nname = "x"', '\r\n'],
])('init leaves what pyproject.toml holds as it is: %j', async (before, end) => {
  const cwd = await project(before);
  expect(await widthwise(cwd, ['init'])).toMatchObject({ code: 0, stderr: '' });
  const text = await readFile(join(cwd, 'pyproject.toml'), 'utf8');
  expect(text.startsWith(before)).toBe(true);
  expect(text.slice(before.length)).toMatch(/^\s*\[tool\.widthwise\]\r?\nprofile = "mup"\r?\nwidths = \[/);
  expect(text.split('\n').filter((line) => line !== '' && line.endsWith('\r'))).toHaveLength(
    end === '\r\n' ? text.split('\n').length - 1 : 0,
  );
  expect((await widthwise(cwd, ['config'])).stdout).toMatch(/^profile +"mup" {2}pyproject\.toml$/m);
});

test.each([
  ['configured', '[tool.widthwise]\n', /the folder is configured already, by its pyproject\.toml/],
  ['configured in a word', 'tool = { widthwise = {} }\n', /configured already/],
  ['closed to more tables', 'tool = { ruff = {} }\n', /cannot take a table \[tool\.widthwise\]/],
  ['torn', '[tool\n', /is not valid TOML/],
])('init writes nothing to a project that is %s', async (_, before, sentence) => {
  const cwd = await project(before);
  const { code, stderr } = await widthwise(cwd, ['init']);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(await readFile(join(cwd, 'pyproject.toml'), 'utf8')).toBe(before);
});

test('init says that there is no model', async () => {
  const { code, stderr } = await widthwise(await emptyFolder(), ['init']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/no model can be read in/) });
});
