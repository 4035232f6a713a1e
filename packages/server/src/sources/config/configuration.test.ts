import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { misfitSentence } from '../../input/schema.ts';
import { analysisOptions } from './analysis-options.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { Configurations } from './configurations.ts';
import { isExcluded } from './excluded.ts';
import { type FoundConfiguration, findConfiguration as find, NOTHING } from './find-configuration.ts';
import { ToolTables } from './tool-tables.ts';

const findConfiguration = (file: string): Promise<FoundConfiguration> => find(file, new ToolTables());

test('every setting of the design is read', () => {
  const settings = {
    profile: 'mup',
    widths: ['GPTConfig.n_embd'],
    finite: ['latent'],
    'head-scaling': 'head-dim',
    multipliers: ['m'],
    rules: { MUP101: 'error', MUP5: 'warning' },
    'per-file-ignores': { 'old/**': ['MUP', 'MUP101'] },
    exclude: ['old/**'],
    launch: 'srun --gpus=1 {}',
    'most-seeds': 7,
  };
  expect(readConfiguration(settings)).toEqual({ output: settings });
});

function sentenceOf(settings: unknown): string {
  const read = readConfiguration(settings);
  return 'misfits' in read ? read.misfits.map(misfitSentence).join('\n') : 'nothing';
}

describe('what cannot be used is told in one sentence that names the place:', () => {
  const wrong: Record<string, [unknown, string]> = {
    'no table': [[], 'expected a table of settings'],
    'an unknown key': [
      { width: 3 },
      "there is no setting 'width' (did you mean 'widths'?); there are profile, widths",
    ],
    'an unknown profile': [{ profile: 'μp' }, 'profile: expected one of auto, advisory, mup, got "μp"'],
    'a launcher without a place for the Python': [
      { launch: 'srun' },
      'launch: expected a command with one {} in it, got "srun"',
    ],
    'half a seed': [{ 'most-seeds': 7.5 }, 'most-seeds: expected a whole number from 1 to 100, got 7.5'],
    'a text for a list': [{ widths: 'n' }, 'widths: expected a list of texts, got "n"'],
    'a number in a list': [{ widths: ['n', 3] }, 'widths[1]: expected a text, got 3'],
    'a list for a table': [
      { rules: ['MUP101'] },
      'rules: expected rules with their severities, got ["MUP101"]',
    ],
    'an unknown rule': [{ rules: { MUP9: 'off' } }, "rules: there is no rule 'MUP9'; there are MUP001"],
    'a mistyped rule': [
      { rules: { MUP110: 'off' } },
      "rules: there is no rule 'MUP110' (did you mean 'MUP101'?); there are MUP001",
    ],
    'a key of every object': [JSON.parse('{"rules": {"__proto__": "off"}}'), "there is no rule '__proto__'"],
    'a setting of every object': [{ constructor: 1 }, "there is no setting 'constructor'"],
    'a mistyped rule of a file': [
      { 'per-file-ignores': { '*.py': ['MPU101'] } },
      "per-file-ignores.*.py[0]: there is no rule 'MPU101' (did you mean 'MUP101'?); there are MUP001",
    ],
    'a glob of rules': [
      { 'per-file-ignores': { 'a/**': ['MUP'], '!b': ['MUP'] } },
      "per-file-ignores.!b: begins with '!'",
    ],
    'a name that grows and stays': [
      { widths: ['n', 'm'], finite: ['k', 'm'] },
      "finite[1]: stands in 'widths', too: a name grows with the model or stays as it is",
    ],
    'an unknown severity': [{ rules: { MUP101: 'loud' } }, 'rules.MUP101: expected one of off, hint'],
  };
  for (const [name, [settings, sentence]] of Object.entries(wrong)) {
    test(name, () => {
      expect(sentenceOf(settings)).toContain(sentence);
    });
  }

  test.each([
    ['widthwise.json', '{', /^is not valid JSON/, [0, 1, 2]],
    [
      'widthwise.json',
      '{\n  "widths": ["n"],\n  "profile": 3\n}',
      /^cannot be used: profile: expected/,
      [2, 2, 14],
    ],
    ['widthwise.json', '{\n  "widht": []\n}', /^cannot be used: there is no setting 'widht'/, [1, 2, 13]],
    ['pyproject.toml', '[tool\n', /^is not valid TOML \(line 1/, [0, 0, 5]],
    [
      'pyproject.toml',
      '[tool.other]\nprofile = 1\n[tool.widthwise]\nprofile = 2\n',
      /^cannot be used: \[tool\.widthwise\]: profile: /,
      [3, 0, 11],
    ],
  ])('a file %s of %j, with its line', async (name, text, why, [line, start, end]) => {
    const root = await folderOf({ [name]: text });
    expect(await findConfiguration(join(root, 'a.py'))).toEqual({
      ...NOTHING,
      problems: [{ file: join(root, name), why: expect.stringMatching(why), place: { line, start, end } }],
    });
  });

  test('everything of a file, each on its own line', async () => {
    const root = await folderOf({
      'widthwise.json':
        '{\n  "profile": 3,\n  "widths": ["n", 4],\n  "rules": {\n    "MUP9": "off",\n    "MUP101": "loud"\n  }\n}',
    });
    const { problems } = await findConfiguration(join(root, 'a.py'));
    expect(problems.map(({ why, place }) => [place.line, why.split(/[,;]/)[0]])).toEqual([
      [1, 'cannot be used: profile: expected one of auto'],
      [2, 'cannot be used: widths[1]: expected a text'],
      [4, "cannot be used: rules: there is no rule 'MUP9'"],
      [5, 'cannot be used: rules.MUP101: expected one of off'],
    ]);
  });

  test('everything of it once for all files that it would hold for', async () => {
    const root = await folderOf({ 'widthwise.json': '{"profile": 3, "widths": [4]}' });
    const configurations = new Configurations();
    for (const name of ['a.py', 'part/b.py']) await configurations.of(join(root, name));
    expect((await configurations.problems()).map(({ why }) => why.split(/[:,]/)[1])).toEqual([
      ' profile',
      ' widths[0]',
    ]);
  });

  test('a file that cannot be used, beside one that can', async () => {
    const root = await folderOf({
      'widthwise.json': '[]',
      'pyproject.toml': '[tool.widthwise]\nprofile = "mup"',
    });
    const { configuration, folder, problems } = await findConfiguration(join(root, 'a.py'));
    expect([configuration, folder]).toEqual([{ profile: 'mup' }, root]);
    expect(problems.map(({ file, why }) => [file, why])).toEqual([
      [join(root, 'widthwise.json'), 'cannot be used: expected a table of settings, got []'],
    ]);
  });
});

describe('a configuration that was made to hurt is told in one short sentence:', () => {
  const deep = (open: string, close: string): string => open.repeat(200_000) + close.repeat(200_000);
  test.each([
    ['depth', 'widthwise.json', () => `{"profile": ${deep('[', ']')}}`],
    [
      'depth of tables',
      'widthwise.json',
      () => `{"profile": ${`${'{"a":'.repeat(150_000)}0${'}'.repeat(150_000)}`}`,
    ],
    ['length', 'widthwise.json', () => `{"profile": "${'x'.repeat(900_000)}"}`],
    ['length of a name', 'widthwise.json', () => `{"${'x'.repeat(900_000)}": 1}`],
    ['count', 'widthwise.json', () => `{"widths": [${'1,'.repeat(400_000)}1]}`],
    ['size', 'widthwise.json', () => `{"widths": ["${'n'.repeat(1_000_000)}"]}`],
    ['depth', 'pyproject.toml', () => `[tool.widthwise]\nprofile = ${deep('[', ']')}`],
    ['depth of tables', 'pyproject.toml', () => `[tool.widthwise]\nprofile${'.a'.repeat(200_000)} = 1`],
    ['length', 'pyproject.toml', () => `[tool.widthwise]\nprofile = "${'x'.repeat(900_000)}"`],
  ])('by %s, in %s', async (_, name, text) => {
    const root = await folderOf({ [name]: text() });
    const { configuration, problems } = await findConfiguration(join(root, 'a.py'));
    expect(configuration).toEqual({});
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
    for (const { why } of problems) expect(why.length).toBeLessThan(300);
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
    const project = {
      configuration: { profile: 'mup', rules: { MUP101: 'off' } },
      folder: '/p',
      origins: new Map(),
      problems: [],
    } as const;
    const explicit = { profile: 'advisory', rules: { MUP501: 'off' } } as const;
    const options = analysisOptions({ file: '/p/a.py', explicit, project, root: '/p' });
    expect(options).toMatchObject({
      profile: 'advisory',
      configured: true,
      rules: { MUP101: 'off', MUP501: 'off' },
    });
    expect(analysisOptions({ file: '/p/a.py', explicit: {}, project: NOTHING, root: '/p' })).toMatchObject({
      profile: 'auto',
      configured: false,
    });
  });
});

describe('severities', () => {
  const rulesOf = (configuration: Configuration, explicit: Configuration = {}, file = '/p/old/a.py') =>
    analysisOptions({ file, explicit, project: { ...NOTHING, configuration, folder: '/p' }, root: '/' })
      .rules;

  test('of the longest beginning of a code hold, whatever order they are written in', () => {
    expect(rulesOf({ rules: { MUP501: 'error', MUP5: 'warning' } })).toMatchObject({
      MUP501: 'error',
      MUP502: 'warning',
    });
  });

  test('of a flag or the editor win over those of the project, however short', () => {
    const rules = rulesOf({ rules: { MUP501: 'error', MUP101: 'hint' } }, { rules: { MUP5: 'off' } });
    expect(rules).toMatchObject({ MUP101: 'hint', MUP501: 'off', MUP502: 'off' });
  });

  test('are off in the files that say so, relative to the configuration', () => {
    const configuration: Configuration = {
      rules: { MUP5: 'error' },
      'per-file-ignores': { 'old/**': ['MUP501'] },
    };
    expect(rulesOf(configuration)).toMatchObject({ MUP501: 'off', MUP502: 'error' });
    expect(rulesOf(configuration, {}, '/p/new/a.py')).toMatchObject({ MUP501: 'error', MUP502: 'error' });
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
