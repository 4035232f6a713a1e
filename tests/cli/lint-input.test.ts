import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bash, emptyFolder, widthwise } from './widthwise-process.ts';

const BASE = `from torch import nn

class Base(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(64, width), nn.Linear(width, width), nn.Linear(width, 10)
        nn.init.normal_(self.b.weight, std=0.02)

    def forward(self, x):
        return self.c(self.b(self.a(x).relu()).relu())
`;

const inheriting = (name: string): string =>
  `import torch\nfrom base import Base\n\nclass ${name}(Base):\n    pass\n`;

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await emptyFolder();
  await mkdir(join(cwd, 'src'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  return cwd;
}

function placesIn(json: string): readonly string[] {
  const { findings } = JSON.parse(json) as { findings: { file: string; line: number; code: string }[] };
  return findings.flatMap(({ file, line, code }) => (code === 'MUP101' ? [`${file}:${line}`] : []));
}

test('standard input is read as the file that it is named after, with its imports and configuration', async () => {
  const cwd = await project({
    'src/base.py': BASE,
    'src/widthwise.json': '{"profile": "mup"}',
    'given.py': inheriting('Own'),
  });
  const named = await bash(cwd, 'widthwise lint - --stdin-filepath src/own.py --format json < given.py');
  expect(named).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(named.stdout).files).toEqual(['src/own.py']);
  expect(placesIn(named.stdout)).toEqual(['src/own.py:4']);
  const alone = await bash(cwd, 'widthwise lint - --format json < given.py');
  expect(JSON.parse(alone.stdout)).toMatchObject({ files: ['-'], findings: [] });
});

test('of standard input no more is read than of a file, and nothing that is no text', async () => {
  const cwd = await emptyFolder();
  const endless = await bash(cwd, 'yes x | widthwise lint - --stdin-filepath m.py');
  expect(endless.stderr).toMatch(/widthwise: m\.py is larger than 4 MB/);
  const binary = await bash(cwd, "printf '\\0\\1' | widthwise lint -");
  expect(binary).toMatchObject({ code: 2, stderr: expect.stringMatching(/- holds NUL bytes/) });
});

test.each([
  [['-', 'model.py'], /- is standard input, and is read alone/],
  [['model.py', '--stdin-filepath', 'x.py'], /--stdin-filepath: names what stands on standard input/],
  [['-', '--stdin-filepath', 'x.ipynb'], /--stdin-filepath: names a notebook/],
])('lint %j is refused in a sentence', async (args, sentence) => {
  const { code, stderr } = await widthwise(await project({ 'model.py': BASE }), ['lint', ...args]);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
});

test('what several models inherit is one finding, where its cause stands', async () => {
  const cwd = await project({
    'src/base.py': BASE,
    'src/all.py': `${inheriting('One')}\nclass Two(Base):\n    pass\n`,
    'src/zoo.py': inheriting('Three'),
  });
  const found = async (...paths: string[]) =>
    placesIn((await widthwise(cwd, ['lint', ...paths, '--profile', 'mup', '--format', 'json'])).stdout);
  expect(await found('src')).toEqual(['src/base.py:7']);
  expect(await found('src/zoo.py', 'src/all.py')).toEqual(['src/zoo.py:4']);
});

test('config shows each setting with the file that says it', async () => {
  const cwd = await project({
    'src/widthwise.json': '{"profile": "mup"}',
    'src/pyproject.toml': '[tool.widthwise]\nprofile = "auto"\nwidths = ["n"]\n',
  });
  const { code, stdout } = await widthwise(cwd, ['config', 'src', '--json', '-']);
  const { settings } = JSON.parse(stdout);
  expect(settings.filter(({ from }: { from: string | null }) => from !== null)).toEqual([
    { key: 'profile', value: 'mup', from: join('src', 'widthwise.json') },
    { key: 'widths', value: ['n'], from: join('src', 'pyproject.toml') },
  ]);
  // What of attention is scaled stays open where nobody says it.
  expect(settings).toContainEqual({ key: 'head-scaling', value: null, from: null });
  expect(code).toBe(0);
  await writeFile(join(cwd, 'src/widthwise.json'), '{"profile": 3}');
  const broken = await widthwise(cwd, ['config', 'src/model.py']);
  expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('no such file or folder') });
  const folder = await widthwise(cwd, ['config', 'src']);
  expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining('profile: expected one of') });
  expect(folder.stdout).toMatch(/^profile +"auto" {2}src\/pyproject\.toml$/m);
});
