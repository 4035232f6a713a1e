import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleText } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';
import { emptyFolder, startWidthwise, widthwise } from './widthwise-process.ts';

const MODEL = exampleText('pytorch-mlp');
const MENDED = MODEL.replaceAll('std=0.02', 'std=0.02 * (BASE_WIDTH / width) ** 0.5');

/** What trains hidden weights and readout at one rate, where the code has a name for the base width. */
const ONE_RATE = `
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)
        nn.init.zeros_(self.last.weight)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh())


def train(width, base_width):
    model = Net(width)
    return torch.optim.Adam(model.parameters(), lr=0.1)
`;

/** A folder with files, each with what it should become. */
async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const textOf = (folder: string, name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe('lint --fix', () => {
  test('writes what leaves the numbers at the base width as they are, and prints what is left', async () => {
    const folder = await folderWith({ 'model.py': MODEL });
    const { code, stdout, stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(await textOf(folder, 'model.py')).toBe(MENDED);
    expect(stdout).toContain('1 file, 1 model, 0 findings');
    expect(stderr).toBe('widthwise: mended 2 findings in 1 file\n');
    expect(code).toBe(0);
    const again = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(again.stderr).toBe('widthwise: no fix was written\n');
  });

  test('gives fixes of one place their turns: hidden weights and readouts have groups of their own in one run', async () => {
    const folder = await folderWith({ 'model.py': ONE_RATE });
    const { stdout, stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(stderr).toBe('widthwise: mended 2 findings in 1 file\n');
    expect(stdout).toContain('1 file, 1 model, 0 findings');
    expect((await textOf(folder, 'model.py')).match(/'lr': 0\.1 \* \(base_width \/ width\)/g)).toHaveLength(
      2,
    );
  });

  test('says which findings only other fixes would mend, and how to have them', async () => {
    const started = ONE_RATE.replace(
      'nn.init.zeros_(self.last.weight)',
      'nn.init.normal_(self.last.weight, std=1.0)',
    );
    const folder = await folderWith({ 'model.py': started.slice(0, started.indexOf('def train')) });
    const { stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(stderr.split('\n')).toEqual([
      'widthwise: no fix was written',
      'widthwise: 1 finding has a fix that somebody has to choose, as the width that numbers were chosen at, which --base-width says, or a start at zero: an editor offers it at the finding',
      '',
    ]);
  });

  test('says what a fix does not do where the code goes on with weights and states of before', async () => {
    const resumed = ONE_RATE.replace(
      '    return torch.optim.Adam(model.parameters(), lr=0.1)',
      "    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)\n    saved = torch.load('last.pt')\n    model.load_state_dict(saved['model'])\n    optimizer.load_state_dict(saved['optimizer'])\n    return optimizer",
    );
    const folder = await folderWith({ 'model.py': resumed });
    const { stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    const [mended, saved] = stderr.split('\n');
    expect(mended).toBe('widthwise: mended 2 findings in 1 file');
    expect(saved).toMatch(
      /^widthwise: that is for runs that start anew: .* refuses the state of one without them$/,
    );
  });

  test('mends the schedule of another file that writes over the rates of groups, in the same run', async () => {
    const schedule = `import torch
from model import Net, train

optimizer = train(Net(512))
for step in range(100):
    lr = 0.1 * (1 - step / 100)
    for group in optimizer.param_groups:
        group['lr'] = lr
    optimizer.step()
`;
    const model = ONE_RATE.replace('__init__()\n', '__init__()\n        self.width = width\n')
      .replace('(self, width)', '(self, width=128)')
      .replace('def train(width, base_width):\n    model = Net(width)', 'def train(model):');
    const folder = await folderWith({ 'model.py': model, 'run.py': schedule });
    const told = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--diff']);
    const { stdout, stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(stderr).toBe('widthwise: mended 3 findings in 2 files\n');
    expect(stdout).toContain('2 files, 1 model, 0 findings');
    const rate = "'lr': 0.1 * (512 / model.width), 'lr_scale': (512 / model.width)";
    const written = "group['lr'] = lr * group.get('lr_scale', 1.0)\n";
    expect((await textOf(folder, 'model.py')).replaceAll(/\s+/g, ' ')).toContain(rate);
    expect(await textOf(folder, 'run.py')).toContain(written);
    expect(told.stderr).toBe('widthwise: --fix would mend 3 findings in 2 files\n');
    expect(told.stdout.replaceAll(/\s+\+?\s*/g, ' ')).toContain(rate);
    expect(told.stdout).toContain(`+        ${written}`);
  });

  test('keeps CRLF, a byte order mark and permissions', async () => {
    const crlf = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const folder = await folderWith({ 'model.py': crlf(MODEL) });
    await chmod(join(folder, 'model.py'), 0o755);
    await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(await textOf(folder, 'model.py')).toBe(crlf(MENDED));
  });

  test('names what it leaves as it is: read-only and generated files, and other encodings', async () => {
    const latin = Buffer.from(`# -*- coding: latin-1 -*-\n# é\n${MODEL}`, 'latin1');
    const generated = `# @generated by a tool\n${MODEL}`;
    const files = { 'fixed.py': MODEL, 'generated.py': generated, 'latin.py': latin, 'locked.py': MODEL };
    const folder = await folderWith(files);
    await chmod(join(folder, 'locked.py'), 0o444);
    const { stderr, code } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    expect(stderr.split('\n')).toEqual([
      'widthwise: generated.py says that it is generated, so that it is left as it is',
      'widthwise: latin.py is not UTF-8, so that it is left as it is',
      'widthwise: locked.py is read-only, so that it is left as it is',
      'widthwise: mended 2 findings in 1 file',
      '',
    ]);
    expect(code).toBe(1);
    expect(await textOf(folder, 'generated.py')).toBe(generated);
    expect(await readFile(join(folder, 'latin.py'))).toEqual(latin);
    expect(await textOf(folder, 'locked.py')).toBe(MODEL);
    expect(await textOf(folder, 'fixed.py')).toBe(MENDED);
  });

  test('interrupted among many files leaves each as it was or mended, and nothing else', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `model${String(at).padStart(2, '0')}.py`);
    const folder = await folderWith(Object.fromEntries(names.map((name) => [name, MODEL])));
    const run = startWidthwise(folder, ['lint', '.', '--profile', 'mup', '--fix']);
    while ((await textOf(folder, 'model00.py')) === MODEL) await sleep(5);
    run.kill('SIGINT');
    const { code } = await run.ended;
    expect(code).toBe(130);
    expect((await readdir(folder)).sort()).toEqual(names);
    const texts = await Promise.all(names.map((name) => textOf(folder, name)));
    for (const text of texts) expect([MODEL, MENDED]).toContain(text);
    expect(texts).toContain(MODEL);
  });

  test('leaves the numbers as they are at the base width that a flag or the project says', async () => {
    const several = `${ONE_RATE.slice(0, ONE_RATE.indexOf('\ndef train'))}
for width in (64, 256):
    model = Net(width)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
`;
    const folder = await folderWith({ 'model.py': several });
    const lint = ['lint', '.', '--profile', 'mup'];
    const open = await widthwise(folder, [...lint, '--fix']);
    expect(open.stderr).toContain('widthwise: no fix was written\n');
    expect(open.stderr).toContain('which --base-width says');
    const { stdout } = await widthwise(folder, [...lint, '--base-width', '192']);
    expect(stdout).not.toContain('No edit');
    const { stderr } = await widthwise(folder, [...lint, '--fix', '--base-width', '192']);
    expect(stderr).toContain('mended 2 findings in 1 file\n');
    expect((await textOf(folder, 'model.py')).match(/'lr': 0\.1 \* \(192 \/ width\)/g)).toHaveLength(2);
    await writeFile(join(folder, 'model.py'), several);
    await writeFile(join(folder, 'widthwise.json'), '{ "base-width": 128 }');
    await widthwise(folder, [...lint, '--fix']);
    expect((await textOf(folder, 'model.py')).match(/'lr': 0\.1 \* \(128 \/ width\)/g)).toHaveLength(2);
    await writeFile(join(folder, 'model.py'), several);
    await writeFile(join(folder, 'widthwise.json'), '{ "base-width": "128" }');
    const refused = await widthwise(folder, [...lint, '--fix', '--base-width', '192']);
    expect(refused.stderr).toMatch(/widthwise\.json .*; the files that it is for are left as they are\n/);
    expect(refused.code).toBe(2);
    expect(await textOf(folder, 'model.py')).toBe(several);
    const wrong = await widthwise(folder, [...lint, '--base-width', '0']);
    expect(wrong.stderr).toMatch(
      /^widthwise: --base-width: expected a whole number from 1 to 1000000, got 0/,
    );
    expect(wrong.code).toBe(2);
  });

  test('is refused for standard input, and --unsafe-fixes alone', async () => {
    const folder = await folderWith({});
    const given = await widthwise(folder, ['lint', '-', '--fix']);
    expect(given.stderr).toMatch(/^widthwise: --fix: writes files, and - is none/);
    expect(given.code).toBe(2);
    const alone = await widthwise(folder, ['lint', '.', '--unsafe-fixes']);
    expect(alone.stderr).toMatch(/^widthwise: --unsafe-fixes: goes with --fix or --diff/);
    expect(alone.code).toBe(2);
  });
});

describe('lint --diff', () => {
  test('prints what --fix would write, and writes nothing', async () => {
    const folder = await folderWith({});
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src/model.py'), MODEL);
    const { code, stdout, stderr } = await widthwise(folder, ['lint', 'src', '--profile', 'mup', '--diff']);
    expect(stdout).toMatch(/^--- src\/model\.py\n\+\+\+ src\/model\.py\n@@ -\d+,8 \+\d+,8 @@\n/);
    expect(stdout).toContain(
      '+        nn.init.normal_(self.mix1.weight, std=0.02 * (BASE_WIDTH / width) ** 0.5)\n',
    );
    expect(stderr).toBe('widthwise: --fix would mend 2 findings in 1 file\n');
    expect(code).toBe(1);
    expect(await textOf(folder, 'src/model.py')).toBe(MODEL);
  });
});
