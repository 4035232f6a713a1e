import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { analysisOptions } from './analysis-options.ts';
import { parseConfiguration } from './configuration.ts';
import { isExcluded } from './excluded.ts';
import { findConfiguration } from './find-configuration.ts';

test('every setting of the design is read', () => {
  const settings = {
    profile: 'mup',
    widths: ['GPTConfig.n_embd'],
    finite: ['latent'],
    'head-scaling': 'head-dim',
    multipliers: ['m'],
    rules: { MUP101: 'error' },
    exclude: ['old/**'],
  };
  expect(parseConfiguration(settings, 'x')).toEqual(settings);
});

describe('what cannot be used is told in one sentence that names the place:', () => {
  const wrong: Record<string, [unknown, string]> = {
    'no table': [[], 'f: expected a table of settings'],
    'an unknown key': [
      { width: 3 },
      "f: there is no setting 'width' (did you mean 'widths'?); there are profile, widths",
    ],
    'an unknown profile': [{ profile: 'μp' }, 'f: profile: expected one of auto, advisory, mup, got "μp"'],
    'a text for a list': [{ widths: 'n' }, 'f: widths: expected a list of texts, got "n"'],
    'a number in a list': [{ widths: ['n', 3] }, 'f: widths[1]: expected a text, got 3'],
    'a list for a table': [
      { rules: ['MUP101'] },
      'f: rules: expected rules with their severities, got ["MUP101"]',
    ],
    'an unknown rule': [{ rules: { MUP9: 'off' } }, "f: rules: there is no rule 'MUP9'; there are MUP001"],
    'an unknown severity': [{ rules: { MUP101: 'loud' } }, 'f: rules.MUP101: expected one of off, hint'],
  };
  for (const [name, [settings, sentence]] of Object.entries(wrong)) {
    test(name, () => {
      expect(() => parseConfiguration(settings, 'f')).toThrow(sentence);
    });
  }

  test('a file that does not parse', async () => {
    const json = await folderOf({ 'widthwise.json': '{' });
    await expect(findConfiguration(join(json, 'a.py'))).rejects.toThrow(/widthwise\.json: not valid JSON/);
    const toml = await folderOf({ 'pyproject.toml': '[tool\n' });
    await expect(findConfiguration(join(toml, 'a.py'))).rejects.toThrow(
      /pyproject\.toml: not valid TOML \(line 1/,
    );
  });
});

describe('the configuration of a file', () => {
  test('is that of the nearest folder above it, widthwise.json before pyproject.toml', async () => {
    const root = await folderOf({
      'pyproject.toml': '[tool.widthwise]\nprofile = "advisory"\n',
      'inner/pyproject.toml': '[tool.widthwise]\nprofile = "advisory"\nwidths = ["n"]\n',
      'inner/widthwise.json': '{"profile": "mup"}',
      'inner/deep/pyproject.toml': '[tool.other]\nx = 1\n',
    });
    const { configuration, folder } = await findConfiguration(join(root, 'inner/deep/model.py'));
    expect(configuration).toEqual({ profile: 'mup', widths: ['n'] });
    expect(folder).toBe(join(root, 'inner'));
    expect((await findConfiguration(join(root, 'model.py'))).configuration).toEqual({ profile: 'advisory' });
  });

  test('may name the schema that editors check it by', async () => {
    const root = await folderOf({
      'widthwise.json': '{"$schema": "./widthwise.schema.json", "profile": "mup"}',
    });
    expect((await findConfiguration(join(root, 'model.py'))).configuration).toEqual({ profile: 'mup' });
  });

  test('yields to flags and explicit settings, rule by rule', () => {
    const project = { configuration: { profile: 'mup', rules: { MUP101: 'off' } }, folder: '/p' } as const;
    const options = analysisOptions({ profile: 'advisory', rules: { MUP501: 'off' } }, project);
    expect(options).toMatchObject({
      profile: 'advisory',
      configured: true,
      rules: { MUP101: 'off', MUP501: 'off' },
    });
    expect(analysisOptions({}, { configuration: {}, folder: null })).toMatchObject({
      profile: 'auto',
      configured: false,
    });
  });
});

test('tests and excluded files are left alone', () => {
  const excluded = (path: string, globs: readonly string[] = []) => isExcluded(join('/p', path), '/p', globs);
  expect(
    ['test_a.py', 'a_test.py', 'conftest.py', 'tests/a.py', 'x/test/a.py'].map((p) => excluded(p)),
  ).toEqual(Array(5).fill(true));
  expect(['a.py', 'contest.py', 'latest/a.py', 'attest.py'].map((p) => excluded(p))).toEqual(
    Array(4).fill(false),
  );
  expect(excluded('old/deep/a.py', ['old/**'])).toBe(true);
  expect(excluded('new/a.py', ['old/**'])).toBe(false);
});
