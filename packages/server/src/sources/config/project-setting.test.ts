import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { edited } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { findConfiguration } from './find-configuration.ts';
import { projectSetting, ruleIsOff } from './project-setting.ts';
import { ToolTables } from './tool-tables.ts';

/** What a folder's configuration says of rules once MUP101 is switched off, and the text that says it. */
async function switchedOff(files: Record<string, string>): Promise<{ file: string; text: string } | null> {
  const folder = await folderOf(files);
  const before = await configured(folder);
  const off = await projectSetting(ruleIsOff('MUP101'), before, folder);
  if (off === null) return null;
  expect(off.text).toBe(await readFile(off.file, 'utf8').catch(() => null));
  const text = edited(off.text ?? '', [off.edit]);
  await writeFile(off.file, text);
  const { configuration, problems } = await configured(folder);
  expect(problems).toEqual([]);
  expect(configuration).toEqual({
    ...before.configuration,
    rules: { ...before.configuration.rules, MUP101: 'off' },
  });
  return { file: off.file.slice(folder.length + 1), text };
}

const configured = (folder: string) => findConfiguration(join(folder, 'model.py'), new ToolTables());

const CASES: readonly (readonly [what: string, file: string, before: string, after: string])[] = [
  [
    'a widthwise.json without rules',
    'widthwise.json',
    '{\n  "profile": "mup"\n}\n',
    '{\n  "rules": { "MUP101": "off" },\n  "profile": "mup"\n}\n',
  ],
  ['an empty widthwise.json', 'widthwise.json', '{}', '{\n  "rules": { "MUP101": "off" }\n}'],
  [
    'a widthwise.json with rules',
    'widthwise.json',
    '{"rules": {"MUP5": "warning"}}',
    '{"rules": { "MUP101": "off","MUP5": "warning"}}',
  ],
  [
    'a widthwise.json with another severity, which another table has, too',
    'widthwise.json',
    '{"per-file-ignores": {"a.py": ["MUP101"]}, "rules": {"MUP101": "error"}}',
    '{"per-file-ignores": {"a.py": ["MUP101"]}, "rules": {"MUP101": "off"}}',
  ],
  [
    'a pyproject.toml without a table, in its line ends',
    'pyproject.toml',
    '[project]\r\nname = "a"',
    '[project]\r\nname = "a"\r\n\r\n[tool.widthwise]\r\nrules = { MUP101 = "off" }\r\n',
  ],
  [
    'a pyproject.toml with a table',
    'pyproject.toml',
    '[tool.widthwise] # ours\nprofile = "mup"\n[tool.other]\nrules = {}\n',
    '[tool.widthwise] # ours\nrules = { MUP101 = "off" }\nprofile = "mup"\n[tool.other]\nrules = {}\n',
  ],
  [
    'a pyproject.toml with rules in a line',
    'pyproject.toml',
    '[tool.widthwise]\nrules = { MUP5 = "warning" }\n',
    '[tool.widthwise]\nrules = { MUP101 = "off", MUP5 = "warning" }\n',
  ],
  [
    'a pyproject.toml with rules as a table',
    'pyproject.toml',
    '[tool.widthwise.rules]\nMUP5 = "warning"\n',
    '[tool.widthwise.rules]\nMUP101 = "off"\nMUP5 = "warning"\n',
  ],
];

test.each(CASES)('is written into %s', async (_, file, before, after) => {
  expect(await switchedOff({ [file]: before })).toEqual({ file, text: after });
});

test('makes a widthwise.json where nothing is configured', async () => {
  expect(await switchedOff({ 'a.txt': '' })).toEqual({
    file: 'widthwise.json',
    text: '{\n  "rules": {\n    "MUP101": "off"\n  }\n}\n',
  });
});

test('stands where rules are said, if another file says other things', async () => {
  const files = {
    'widthwise.json': '{"profile": "mup"}',
    'pyproject.toml': '[tool.widthwise]\nrules = { MUP5 = "warning" }\n',
  };
  expect((await switchedOff(files))?.file).toBe('pyproject.toml');
});

test('is not offered where the configuration cannot be used, or what says it is no plain entry', async () => {
  expect(await switchedOff({ 'widthwise.json': '{' })).toBe(null);
  const dotted = '[tool]\nwidthwise = { rules = { MUP5 = "off" } }\n';
  expect(await switchedOff({ 'pyproject.toml': dotted })).toBe(null);
});

test.each([
  ['widthwise.json', '{"profile": "mup"}', '{\n  "head-scaling": "head-dim","profile": "mup"}'],
  ['widthwise.json', '{"head-scaling": "head-count"}', '{"head-scaling": "head-dim"}'],
  ['pyproject.toml', '', '[tool.widthwise]\nhead-scaling = "head-dim"\n'],
  [
    'pyproject.toml',
    '[tool.widthwise]\nprofile = "mup"\n',
    '[tool.widthwise]\nhead-scaling = "head-dim"\nprofile = "mup"\n',
  ],
  [
    'pyproject.toml',
    '[tool.widthwise]\nhead-scaling = "head-count"\n',
    '[tool.widthwise]\nhead-scaling = "head-dim"\n',
  ],
])('a setting that is no table is said in %s: %s', async (file, before, after) => {
  const folder = await folderOf({ [file]: before });
  const setting = { table: null, key: 'head-scaling', value: 'head-dim' };
  const said = await projectSetting(setting, await configured(folder), folder);
  expect(said?.file).toBe(join(folder, file));
  expect(edited(said?.text ?? '', said === null ? [] : [said.edit])).toBe(after);
});
