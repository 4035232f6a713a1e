import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const MODEL = join(import.meta.dirname, '../../examples/pytorch-mlp/model.py');

test('explain prints its tables also where the configuration cannot be used, and names it', async () => {
  const folder = await emptyFolder();
  await copyFile(MODEL, join(folder, 'model.py'));
  await writeFile(join(folder, 'widthwise.json'), '{"profil": "mup"}');
  const { code, stdout, stderr } = await widthwise(folder, ['explain', 'model.py']);
  expect(stdout).toContain('mix1.weight');
  expect(stderr).toMatch(/^widthwise: widthwise\.json cannot be used: there is no setting 'profil'/);
  expect(code).toBe(2);
});

test('explain prints the models that are read of a file with one that is not', async () => {
  const deep = Array.from({ length: 95 }, (_, i) => `${'    '.repeat(i + 2)}if width:\n`).join('');
  const model = `class Deep(nn.Module):\n    def __init__(self, width):\n${deep}${'    '.repeat(97)}pass\n`;
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), `${await readFile(MODEL, 'utf8')}\n${model}`);
  const { code, stdout, stderr } = await widthwise(folder, ['explain', 'model.py']);
  expect(stdout).toContain('mix1.weight');
  expect(stderr).toMatch(/^widthwise: model\.py is not read whole: from line \d+ on /);
  expect(code).toBe(2);
});

test('explain tells in numbers what widths do, and names widths that are none', async () => {
  const folder = await emptyFolder();
  await copyFile(MODEL, join(folder, 'model.py'));
  const at = (widths: string) => widthwise(folder, ['explain', 'model.py', '--at', widths, '--json', '-']);
  const { stdout } = await at('256,1024,4096');
  const [model] = JSON.parse(stdout).models;
  const hidden = model.weights.find(({ name }: { name: string }) => name === 'mix1.weight');
  const same = { yours: 1, wants: 1 };
  expect(hidden.at).toEqual([
    {
      from: 256,
      to: 1024,
      init: { yours: 1, wants: 0.5 },
      multiplier: same,
      rate: { yours: 0.25, wants: 0.25 },
    },
    {
      from: 256,
      to: 4096,
      init: { yours: 1, wants: 0.25 },
      multiplier: same,
      rate: { yours: 0.0625, wants: 0.0625 },
    },
  ]);
  for (const [widths, why] of [
    ['256', 'expected two widths or more'],
    ['256,0', "expected whole numbers above 0, got '0'"],
    ['256,wide', "expected a number, got 'wide'"],
  ] as const) {
    const { code, stderr } = await at(widths);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`--at: ${why}`) });
  }
});

test('explain says in its JSON of a weight that nothing trains that it is fixed, and of no other', async () => {
  const folder = await emptyFolder();
  const model = await readFile(MODEL, 'utf8');
  const frozen = model.replace(/^( +)self\.mix1 = .*$/m, '$&\n$1self.mix1.weight.requires_grad = False');
  await writeFile(join(folder, 'model.py'), frozen);
  const { stdout } = await widthwise(folder, ['explain', 'model.py', '--json', '-']);
  const [{ weights }] = JSON.parse(stdout).models;
  const fixed = weights.filter((one: { fixed?: true }) => one.fixed);
  expect(fixed).toMatchObject([{ name: 'mix1.weight', c: null, missing: [] }]);
});

test('explain takes the one model of a folder; of more, and of a script that imports one, it says where they are', async () => {
  const folder = await emptyFolder();
  await copyFile(MODEL, join(folder, 'model.py'));
  const { name } = /class (?<name>\w+)\(nn\.Module\)/.exec(await readFile(MODEL, 'utf8'))!.groups!;
  await writeFile(
    join(folder, 'train.py'),
    `import torch\nfrom model import ${name}\n\nnet = ${name}(64)\nopt = torch.optim.Adam(net.parameters(), lr=1e-3)\n`,
  );
  const one = await widthwise(folder, ['explain', '.']);
  expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining(name!) });
  await copyFile(MODEL, join(folder, 'other.py'));
  for (const operand of ['.', 'train.py']) {
    const { code, stderr } = await widthwise(folder, ['explain', operand]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`; there are models in model\\.py \\(${name}`)),
    });
  }
});
