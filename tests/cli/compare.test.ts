import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, startWidthwise, storedHashes, widthwise } from './widthwise-process.ts';

const SMALL = [
  'compare',
  '--parametrizations',
  'sp,mup',
  '--widths',
  '16,32,64',
  '--seeds',
  '3',
  '--steps',
  '4',
];

test('the same request gives the same bytes, however many threads compute it', async () => {
  const outputs = await Promise.all(
    ['1', '2', '4'].map(async (workers) =>
      widthwise(await emptyFolder(), [...SMALL, '--json', '-', '--workers', workers]),
    ),
  );
  for (const { code, stdout } of outputs)
    expect({ code, stdout }).toEqual({ code: 0, stdout: outputs[0].stdout });
});

test('with --json - nothing else goes to standard output, and no file is written', async () => {
  const cwd = await emptyFolder();
  const { stdout } = await widthwise(cwd, [...SMALL, '--json', '-']);
  const document = JSON.parse(stdout);
  expect(Object.keys(document).slice(0, 3)).toEqual(['schema', 'version', 'complete']);
  expect(document).toMatchObject({ schema: 'widthwise/compare', version: 1, rows: { length: 18 } });
  expect(await readdir(cwd)).toEqual(['.widthwise']);
});

test('the files are written, whole, also when nobody reads what goes to standard output', async () => {
  const cwd = await emptyFolder();
  const started = startWidthwise(cwd, [...SMALL, '--json', '-', '--out', 'results']);
  started.leave();
  expect(await started.ended).toMatchObject({ code: 0, stderr: '' });
  const files = await readdir(join(cwd, 'results'));
  expect(files.sort()).toEqual(['html', 'json', 'md'].map((ending) => `widthwise-digits.${ending}`));
});

test('a comparison writes its numbers, its text and its page where it is told', async () => {
  const cwd = await emptyFolder();
  const { stdout } = await widthwise(cwd, [...SMALL, '--out', 'results', '--json', 'numbers.json']);
  expect(await readdir(join(cwd, 'results'))).toEqual([
    'widthwise-digits.html',
    'widthwise-digits.json',
    'widthwise-digits.md',
  ]);
  const json = await readFile(join(cwd, 'numbers.json'), 'utf8');
  expect(await readFile(join(cwd, 'results/widthwise-digits.json'), 'utf8')).toBe(json);
  expect(stdout).toContain(join('results', 'widthwise-digits.html'));
});

test('the twin of a model is compared with μP, and every document says that it is not the model', async () => {
  const cwd = await emptyFolder();
  await writeFile(
    join(cwd, 'model.py'),
    `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(16, width)
        self.b = nn.Linear(width, 4)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


def build(width):
    model = Net(width)
    return model, torch.optim.Adam(model.parameters(), lr=0.01)
`,
  );
  const asked = ['compare', '--from', 'model.py', '--widths', '16,32,64', '--seeds', '3', '--steps', '4'];
  const { code, stdout } = await widthwise(cwd, [...asked, '--out', 'results']);
  expect(code).toBe(0);
  const document = JSON.parse(await readFile(join(cwd, 'results/widthwise-digits.json'), 'utf8'));
  expect(document.request).toMatchObject({
    activation: 'relu',
    depth: 1,
    optimizer: { kind: 'adam' },
    twin: { name: 'Net', shares: { length: 3 }, lacks: { 0: 'its biases' } },
    parametrizations: [{ name: 'Net', output: { a: 0, b: 0.5, c: 0 } }, { name: 'mup' }],
  });
  const files = await Promise.all(
    ['md', 'html'].map((end) => readFile(join(cwd, `results/widthwise-digits.${end}`), 'utf8')),
  );
  for (const text of [stdout, ...files]) expect(text).toContain('not Net itself');
});

test('the page loads nothing from anywhere', async () => {
  const cwd = await emptyFolder();
  await widthwise(cwd, SMALL);
  const html = await readFile(join(cwd, 'widthwise-digits.html'), 'utf8');
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|@import|url\((?!#)/);
});

test('a second call computes nothing, --fresh everything', async () => {
  const cwd = await emptyFolder();
  expect((await widthwise(cwd, SMALL)).stdout).toContain('18 runs computed');
  const again = await widthwise(cwd, SMALL);
  expect(again.stdout).toContain('18 runs, all of them in the store');
  expect(again.stdout).not.toContain('computed');
  expect((await widthwise(cwd, [...SMALL, '--fresh'])).stdout).toContain('18 runs computed');
});

test('more seeds compute only the new ones', async () => {
  const cwd = await emptyFolder();
  await widthwise(cwd, SMALL);
  const { stdout } = await widthwise(cwd, [...SMALL, '--seeds', '4']);
  expect(stdout).toContain('6 runs computed');
  expect(stdout).toContain('18 runs from the store');
});

test('a torn result is noted and computed again', async () => {
  const cwd = await emptyFolder();
  await widthwise(cwd, SMALL);
  const [hash] = await storedHashes(cwd);
  const path = join(cwd, '.widthwise/store', `${hash}.json`);
  const whole = await readFile(path, 'utf8');
  await writeFile(path, whole.slice(0, whole.length / 2));
  const { code, stdout, stderr } = await widthwise(cwd, SMALL);
  expect(stderr).toBe(
    `note: ${hash}.json is not a whole result of that run: it is computed again, as is any other that cannot be used\n`,
  );
  expect(stdout).toContain('1 run computed');
  expect(code).toBe(0);
  expect(await readFile(path, 'utf8')).toBe(whole);
});

test("exponents of the user's own are judged by what they do and not by their name", async () => {
  const cwd = await emptyFolder();
  const sp = { a: 0, b: '1/2', c: 1 };
  await writeFile(
    join(cwd, 'mine.json'),
    JSON.stringify({ name: 'mup', input: { a: 0, b: 0, c: 1 }, hidden: sp, output: sp }),
  );
  const settings = ['--widths', '64,128,256,512', '--seeds', '4', '--json', '-'];
  const verdicts = async (parametrization: string): Promise<{ mup?: unknown; sp?: unknown }> => {
    const { stdout } = await widthwise(cwd, ['compare', '--parametrizations', parametrization, ...settings]);
    return JSON.parse(stdout).verdicts;
  };
  const [named, sp0] = [await verdicts('abc:mine.json'), await verdicts('sp')];
  expect(named.mup).toEqual(sp0.sp);
  expect(named.mup).toMatchObject({ featureLearning: false, richness: 'rich' });
});

test.each([['--help'], ['compare', '--help']])(
  'where the locale is not UTF-8 %s is plain ASCII',
  async (...args) => {
    const { stdout } = await widthwise(await emptyFolder(), args, { LC_ALL: 'C' });
    expect(stdout).toMatch(/^[\n\x20-\x7e]+$/);
  },
);

test('where the locale is not UTF-8 the table is plain ASCII', async () => {
  const { stdout } = await widthwise(await emptyFolder(), SMALL, { LC_ALL: 'C' });
  expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  expect(stdout).toContain('muP');
});

test('forged results change no verdict, are computed again and noted once', async () => {
  const cwd = await emptyFolder();
  const verdicts = async (): Promise<unknown> => {
    const { stdout } = await widthwise(cwd, [...SMALL, '--json', '-']);
    return JSON.parse(stdout).verdicts;
  };
  const honest = await verdicts();
  const hashes = await storedHashes(cwd);
  for (const hash of hashes) {
    const path = join(cwd, '.widthwise/store', `${hash}.json`);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.replaceAll(/"movement":[\d.e-]+/g, '"movement":0.5'));
  }
  const { stdout, stderr } = await widthwise(cwd, [...SMALL, '--json', '-']);
  expect(JSON.parse(stdout).verdicts).toEqual(honest);
  expect(stderr).toMatch(
    /^note: \w{64}\.json was changed after it was written: it is computed again[^\n]*\n$/,
  );
  expect((await widthwise(cwd, [...SMALL, '--json', '-'])).stderr).toBe('');
});

test('another request writes beside a report and not over it', async () => {
  const cwd = await emptyFolder();
  await widthwise(cwd, SMALL);
  const first = await readFile(join(cwd, 'widthwise-digits.json'), 'utf8');
  const { stdout, stderr } = await widthwise(cwd, [...SMALL, '--seeds', '2']);
  const [, name] = /report\s+(widthwise-digits-[0-9a-f]{8})\.html/.exec(stdout)!;
  expect(stderr).toBe(
    `note: 'widthwise-digits.json' is of other settings and stays: this report is '${name}.json'\n`,
  );
  expect(await readFile(join(cwd, 'widthwise-digits.json'), 'utf8')).toBe(first);
  expect(JSON.parse(await readFile(join(cwd, `${name}.json`), 'utf8'))).toMatchObject({
    request: { seeds: 2 },
  });
  expect((await widthwise(cwd, SMALL)).stderr).toBe('');
  expect(await readFile(join(cwd, 'widthwise-digits.json'), 'utf8')).toBe(first);
});
