import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineIndex } from '@widthwise/analysis';
import { exampleText } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';
import { analyserInProcess } from '../../test/analyser-in-process.ts';
import { folderOf } from '../../test/folder-of.ts';
import { lintJson } from '../cli/render/lint-json.ts';
import { lintSarif } from '../cli/render/lint-sarif.ts';
import { lintText } from '../cli/render/lint-text.ts';
import type { Terminal } from '../cli/terminal/terminal.ts';
import { lintFiles } from './analyse-files.ts';
import type { FileAnalyser } from './analyser/file-analyser.ts';

const MODEL = exampleText('pytorch-mlp');
const PLAIN: Terminal = { columns: null, plain: (text) => text, toned: (_, text) => text };

async function project(
  files: Readonly<Record<string, string>>,
): Promise<{ cwd: string; signal: AbortSignal; analyser: FileAnalyser }> {
  return { cwd: await folderOf(files), signal: new AbortController().signal, analyser: analyserInProcess() };
}

test('a file is read with what it imports from its project', async () => {
  const at = await project({
    'pyproject.toml': '',
    'src/p/__init__.py': '',
    'src/p/base.py': 'from torch import nn\nclass Base(nn.Module):\n    pass\n',
    'src/p/net.py': MODEL.replace('nn.Module', 'Base').replace(/^/, 'from .base import Base\n'),
  });
  const { files } = await lintFiles(['src/p/net.py'], {}, at);
  expect(files.map(({ analysis }) => analysis.models.length)).toEqual([1]);
});

describe('the files of a folder', () => {
  test('are its Python files, without tests, hidden folders and installed packages', async () => {
    const at = await project({
      'src/model.py': MODEL,
      'src/b/other.py': '',
      'src/notes.txt': MODEL,
      'src/tests/model.py': MODEL,
      'src/test_model.py': MODEL,
      'src/.hidden/model.py': MODEL,
      'src/venv/pyvenv.cfg': '',
      'src/venv/model.py': MODEL,
      'src/lib/site-packages/model.py': MODEL,
    });
    const linted = await lintFiles(['src'], {}, at);
    expect(linted.files.map((file) => file.path)).toEqual([
      join('src', 'b', 'other.py'),
      join('src', 'model.py'),
    ]);
  });

  test('are read in the profile of the nearest configuration, unless a flag says otherwise', async () => {
    const at = await project({
      'a/model.py': MODEL,
      'b/model.py': MODEL,
      'b/widthwise.json': '{"profile": "mup"}',
    });
    const count = async (flags: object) =>
      (await lintFiles(['.'], flags, at)).files.map((file) => file.analysis.findings.length);
    expect(await count({})).toEqual([0, 2]);
    expect(await count({ profile: 'mup' })).toEqual([2, 2]);
    expect(await count({ profile: 'advisory' })).toEqual([0, 0]);
  });

  test('named one by one are linted even if they are excluded', async () => {
    const at = await project({
      'test_model.py': MODEL,
      'old.py': MODEL,
      'widthwise.json': '{"profile": "mup", "exclude": ["old.py"]}',
    });
    expect((await lintFiles(['.'], {}, at)).files).toEqual([]);
    const named = await lintFiles(['test_model.py', 'old.py'], {}, at);
    expect(named.files.map((file) => file.analysis.findings.length)).toEqual([2, 2]);
  });
});

test('a file that cannot be parsed is named with the line, and no finding stands on it', async () => {
  const at = await project({
    'half.py': `${MODEL.slice(0, MODEL.indexOf('    def forward'))}        self.x = nn.Linear(`,
    'words.py': 'import torch\nthat is a module',
    'empty.py': '',
  });
  const { files, unread } = await lintFiles(['.'], { profile: 'mup' }, at);
  expect(files.map((file) => [file.path, file.analysis.findings])).toEqual([
    ['empty.py', []],
    ['half.py', []],
    ['words.py', []],
  ]);
  expect(unread).toEqual([
    {
      file: 'half.py',
      why: expect.stringMatching(
        /^is not read whole: line \d+ cannot be parsed, and nothing is said of its models$/,
      ),
    },
    {
      file: 'words.py',
      why: 'is not read whole: line 2 cannot be parsed, and nothing is said of its models',
    },
  ]);
});

test('a file that is named is told to be unparsable, also where it has no word of PyTorch', async () => {
  const at = await project({
    'old.py': "import os\nprint 'hello'\n",
    'plain.py': 'import os\n',
    'net.py': MODEL,
  });
  const told = async (...paths: string[]) =>
    (await lintFiles(paths, {}, at)).unread.map(({ file, why }) => `${file} ${why}`);
  expect(await told('old.py', 'plain.py')).toEqual([
    'old.py is not read whole: line 2 cannot be parsed, and nothing is said of its models',
  ]);
  expect(await told('.')).toEqual([]);
});

test('a file that is not read is told with why, and the others are read', async () => {
  const at = await project({
    'a-binary.py': `torch\0${MODEL}`,
    'b-long.py': `import torch\n${'#'.repeat(4_000_000)}\n`,
    'c-notebook.ipynb': '{"cells": []}',
    'model.py': MODEL,
  });
  await writeFile(join(at.cwd, 'd-utf16.py'), Buffer.from(`\uFEFF${MODEL}`, 'utf16le'));
  const linted = await lintFiles(['.', 'c-notebook.ipynb'], { profile: 'mup' }, at);
  expect(linted.files.map((file) => [file.path, file.analysis.findings.length])).toEqual([['model.py', 2]]);
  const { unread } = lintJson(linted);
  expect(unread.map(({ file, why }) => `${file} ${why}`)).toEqual([
    'a-binary.py holds NUL bytes: it is binary, or UTF-16',
    'b-long.py is larger than 4 MB, the most that is read of model code',
    'd-utf16.py is UTF-16, which Python does not run either: save it as UTF-8',
    'c-notebook.ipynb is a notebook, and notebooks are not read: jupyter nbconvert --to script makes a .py of it',
  ]);
  expect(lintText(linted, 0.5, PLAIN).split('\n').at(-2)).toBe(
    '1 file, 4 not read, 1 model, 2 findings in 0.50 s',
  );
});

test('that a folder holds notebooks is told once, but for those that are named or left alone', async () => {
  const cells = '{"cells": []}';
  const at = await project({
    'model.py': MODEL,
    'nb/a.ipynb': cells,
    'nb/b.ipynb': cells,
    '.hidden/c.ipynb': cells,
    'tests/d.ipynb': cells,
    'old/e.ipynb': cells,
    'widthwise.json': '{"exclude": ["old/**"]}',
  });
  const told = async (...paths: string[]) => {
    const { unread, leftOut } = await lintFiles(paths, {}, at);
    return { refused: unread.length, told: leftOut.map(({ file, why }) => `${file} ${why}`) };
  };
  const [a, b] = [join('nb', 'a.ipynb'), join('nb', 'b.ipynb')];
  const rest = 'and notebooks are not read: jupyter nbconvert --to script makes a .py of one';
  expect(await told('.')).toEqual({ refused: 0, told: [`${a} is a notebook, as 2 files are, ${rest}`] });
  expect(await told('.', a)).toEqual({ refused: 1, told: [`${b} is a notebook, ${rest}`] });
  expect(await told('old', 'model.py')).toEqual({ refused: 0, told: [] });
});

test('a file that takes more work than one file gets is told to be not read, and not counted among those that are', async () => {
  // each function calls the next two times, with other numbers
  const calls = Array.from(
    { length: 15 },
    (_, i) => `def f${i}(x):\n    return f${i + 1}(2 * x) + f${i + 1}(3 * x + 1)\n`,
  );
  const at = await project({
    'a-work.py': `${calls.join('')}def f15(x):\n    return x\n${MODEL}nn.init.zeros_(f0(1))\n`,
    'b-long.py': `import torch\n${'#'.repeat(2_500_000)}\n`,
    'model.py': MODEL,
  });
  const linted = await lintFiles(['.'], { profile: 'mup' }, at);
  const { files, unread } = lintJson(linted);
  expect(files).toEqual(['model.py']);
  expect(unread).toEqual([
    { file: 'a-work.py', why: expect.stringMatching(/^is not read further than line \d+: /) },
    { file: 'b-long.py', why: expect.stringMatching(/^is not read: 2\.5 MB, more than /) },
  ]);
  expect(lintText(linted, 0.5, PLAIN).split('\n').at(-2)).toBe(
    '1 file, 2 not read, 1 model, 2 findings in 0.50 s',
  );
});

test('a file that is read in part is one of the files, and said to be', async () => {
  const deep = Array.from({ length: 95 }, (_, i) => `${'    '.repeat(i + 2)}if width:\n`).join('');
  const model = `class Deep(nn.Module):\n    def __init__(self, width):\n${deep}${'    '.repeat(97)}pass\n`;
  const at = await project({ 'model.py': `${MODEL}\n${model}` });
  const linted = await lintFiles(['.'], { profile: 'mup' }, at);
  expect(linted.unread).toEqual([
    {
      file: 'model.py',
      why: expect.stringMatching(/^is not read whole: from line \d+ on blocks are nested/),
    },
  ]);
  expect(lintText(linted, 0.5, PLAIN).split('\n').at(-2)).toBe(
    '1 file, 1 in part, 1 model, 2 findings in 0.50 s',
  );
});

test('a file whose analyser dies is told with why, and the findings of all others stand in their order', async () => {
  const at = await project({ 'a.py': MODEL, 'b-hostile.py': MODEL, 'c.py': MODEL, 'd.py': MODEL });
  const told: string[] = [];
  const analyser: FileAnalyser = {
    analyse: async (job) =>
      job.file.endsWith('b-hostile.py')
        ? { kind: 'unread', why: 'takes longer than 10 s to read', detail: 'a long story' }
        : at.analyser.analyse(job),
  };
  const done = (path: string, count: { done: number; total: number }) =>
    told.push(`${path} ${count.done}/${count.total}`);
  const linted = await lintFiles(['.'], { profile: 'mup' }, { ...at, analyser, done });
  const { findings, unread } = lintJson(linted);
  expect(findings.map(({ file }) => file)).toEqual(['a.py', 'a.py', 'c.py', 'c.py', 'd.py', 'd.py']);
  expect(unread).toEqual([{ file: 'b-hostile.py', why: 'takes longer than 10 s to read' }]);
  expect(told).toEqual(['a.py 1/4', 'b-hostile.py 2/4', 'c.py 3/4', 'd.py 4/4']);
});

test.each([
  ['a declared encoding', '# coding: gbk\n', 'gbk'],
  ['carriage returns', '', 'CR'],
  ['a byte order mark', '', 'BOM'],
])('findings stand where the editor has them in a file with %s', async (_, head, form) => {
  const line = '        x, self.名 = 1, nn.init.normal_(self.mix1.weight, std=0.02)';
  const text = `${head}${MODEL.replace(/^.*self\.mix1\.weight, std.*$/m, line)}`;
  const at = await project({});
  // 名 is C3 FB in GBK, as Python's encoder has it.
  const [before, after] = text.split('名').map((part) => Buffer.from(part));
  const bytes: Readonly<Record<string, Uint8Array>> = {
    gbk: Buffer.concat([before!, Buffer.from([0xc3, 0xfb]), after!]),
    CR: Buffer.from(text.replaceAll('\n', '\r')),
    BOM: Buffer.from(`\uFEFF${text}`),
  };
  await writeFile(join(at.cwd, 'model.py'), bytes[form]!);
  const { findings } = lintJson(await lintFiles(['model.py'], { profile: 'mup' }, at));
  const lines = text.split('\n');
  expect(findings[0]).toMatchObject({
    code: 'MUP101',
    line: lines.indexOf(line) + 1,
    column: line.indexOf('nn.init') + 1,
    endLine: lines.indexOf(line) + 1,
  });
});

test('what is not there is refused in one sentence', async () => {
  const at = await project({});
  await expect(lintFiles(['no.py'], {}, at)).rejects.toThrow('no such file or folder: no.py');
  await expect(lintFiles([''], {}, at)).rejects.toThrow("'' names no file or folder; . is this one");
});

test('a configuration that cannot be used is told once, and the code below it is read without it', async () => {
  const at = await project({
    'a/model.py': MODEL,
    'a/deep/model.py': MODEL,
    'a/widthwise.json': '{"profile": 3}',
    'b/model.py': MODEL,
    'b/pyproject.toml': 'x = \n',
    'c/model.py': MODEL,
  });
  const linted = await lintFiles(['.'], { profile: 'mup' }, at);
  expect(linted.files.map(({ analysis }) => analysis.findings.length)).toEqual([2, 2, 2, 2]);
  expect(linted.unread.map(({ file, why }) => `${file} ${why}`)).toEqual([
    `${join('a', 'widthwise.json')} cannot be used: profile: expected one of auto, advisory, mup, got 3`,
    `${join('b', 'pyproject.toml')} is not valid TOML (line 1, column 5)`,
  ]);
});

test('JSON has places from 1, finite numbers, and null for what is unknown', async () => {
  const at = await project({ 'model.py': MODEL.replace('torch.optim.Adam(', 'make_optimizer(') });
  const document = lintJson(await lintFiles(['model.py'], { profile: 'mup' }, at));
  expect(document).toMatchObject({ schema: 'widthwise/lint', version: 1, files: ['model.py'] });
  const [finding] = document.findings;
  const line = MODEL.split('\n').findIndex((text) => text.includes('self.mix1.weight, std')) + 1;
  expect(finding).toMatchObject({ code: 'MUP101', severity: 'warning', file: 'model.py', line, column: 9 });
  expect([finding?.endLine, finding?.endColumn]).toEqual([
    line,
    9 + 'nn.init.normal_(self.mix1.weight, std=0.02)'.length,
  ]);
  expect(document.models).toEqual([
    {
      file: 'model.py',
      line: MODEL.split('\n').findIndex((text) => text.startsWith('class')) + 1,
      name: 'Classifier',
      verdict: 'unstable',
      weights: [
        { name: 'embed.weight', role: 'input', shape: 'width × 64', a: 0, b: 0, c: null, optimizer: null },
        { name: 'mix1.weight', role: 'hidden', shape: 'width × width', a: 0, b: 0, c: null, optimizer: null },
        { name: 'mix2.weight', role: 'hidden', shape: 'width × width', a: 0, b: 0, c: null, optimizer: null },
        {
          name: 'readout.weight',
          role: 'output',
          shape: '10 × width',
          a: 0,
          b: 'zero',
          c: null,
          optimizer: null,
        },
      ],
    },
  ]);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

test('text says of models in a profile that warns of nothing how to have them looked at', async () => {
  const at = await project({ 'model.py': MODEL });
  const told = async (profile: 'advisory' | 'mup') =>
    lintText(await lintFiles(['model.py'], { profile }, at), 0.5, PLAIN);
  expect(await told('advisory')).toContain(
    'nothing shows that this model means μP, so no rule warns of it: --profile mup finds',
  );
  expect(await told('mup')).not.toContain('no rule warns');
});

test('text shows the place, the rule, the line with carets and how much was read', async () => {
  const at = await project({
    'model.py': MODEL.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4)),
  });
  const lines = lintText(await lintFiles(['model.py'], { profile: 'mup' }, at), 0.5, PLAIN).split('\n');
  const line = MODEL.split('\n').findIndex((text) => text.includes('self.mix1.weight, std')) + 1;
  const made = MODEL.split('\n').findIndex((text) => text.includes('self.mix1 =')) + 1;
  expect(lines.slice(0, 8)).toEqual([
    `model.py:${line}:3: warning MUP101 constant-hidden-init`,
    '  `mix1.weight` (width → width) is initialized with std 0.02, constant in width (n = `width`): preactivations grow like n^½.',
    '     |',
    `  ${line} |         nn.init.normal_(self.mix1.weight, std=0.02)`,
    `     |         ${'^'.repeat('nn.init.normal_(self.mix1.weight, std=0.02)'.length)}`,
    `  also: model.py:${made}:15: mix1.weight is made here`,
    '  Assumes `width` is what you scale.',
    '  Fix: Make it proportional to n^-½: a factor `(BASE_WIDTH / width) ** 0.5` leaves it as it is at `width = BASE_WIDTH`.',
  ]);
  expect(lines.at(-2)).toBe('1 file, 1 model, 2 findings in 0.50 s');
});

test('a line index counts characters, and lines as Python does', () => {
  const index = lineIndex('a\r\nbé🙂c\n\nd');
  expect(index.placeOf(0)).toEqual({ line: 1, column: 1 });
  expect(index.placeOf(3)).toEqual({ line: 2, column: 1 });
  expect(index.placeOf(7)).toEqual({ line: 2, column: 4 });
  expect(index.startOf(2)).toBe(3);
  expect(index.placeOf(10)).toEqual({ line: 4, column: 1 });
  expect([1, 2, 3, 4].map(index.textOf)).toEqual(['a', 'bé🙂c', '', 'd']);
  const old = lineIndex('a\rb\r\rc\r\nd');
  expect(old.placeOf(5)).toEqual({ line: 4, column: 1 });
  expect([1, 2, 3, 4, 5].map(old.textOf)).toEqual(['a', 'b', '', 'c', 'd']);
});

describe('what a script does wrong with a model of another file', () => {
  const TRAIN =
    'import torch\nfrom model import Net\nopt = torch.optim.Adam(Net(256).parameters(), lr=1e-3)\n';
  const NET = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(10, width)
        self.b = nn.Linear(width, width)
        self.c = nn.Linear(width, 1)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))
`;
  const told = async (paths: readonly string[]) => {
    const at = await project({ 'pyproject.toml': '', 'model.py': NET, 'train.py': TRAIN });
    const linted = await lintFiles(paths, { profile: 'mup' }, at);
    const rates = linted.files.flatMap(({ path, analysis: { findings } }) =>
      findings.filter(({ code }) => code === 'MUP301').map(({ severity }) => `${path} ${severity}`),
    );
    return { linted, rates, at };
  };

  test('is told once of a folder, at the optimizer', async () => {
    expect((await told(['.'])).rates).toEqual(['train.py warning']);
  });

  test('is told at the optimizer of the script, and as a hint at the model', async () => {
    expect((await told(['train.py'])).rates).toEqual(['train.py warning']);
    expect((await told(['model.py'])).rates).toEqual(['model.py hint']);
  });

  test('leads to the weights in SARIF', async () => {
    const { linted, at } = await told(['train.py']);
    const { cwd } = at;
    const sarif = await lintSarif({ linted, known: null, seconds: 0, terminal: PLAIN, cwd, root: cwd });
    const [location] = JSON.parse(sarif).runs[0].results[0].relatedLocations;
    expect(location.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'model.py' },
      region: { startLine: 9, startColumn: 18 },
    });
  });

  test('leads to the weights in text and JSON, by paths as those of findings', async () => {
    const { linted } = await told(['train.py']);
    const message = 'b.weight is made here in `model`, line 9';
    expect(lintJson(linted).findings[0]!.related[0]).toEqual({
      file: 'model.py',
      line: 9,
      column: 18,
      message,
    });
    expect(lintText(linted, 0, PLAIN).split('\n')).toContain(`  also: model.py:9:18: ${message}`);
  });
});
