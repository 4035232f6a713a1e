import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const NET = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(10, width, bias=False)
        self.mix = nn.Linear(width, width, bias=False)
        self.head = nn.Linear(width, 10, bias=False)
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(self, x):
        return self.head(torch.relu(self.mix(torch.relu(self.first(x)))))
`;

const parameter = (name: string, role: string, b: number) => ({ name, role, b, c: null });

/** What `explain --python --json` would say of it, with so large a start of its hidden matrix. */
const built = (file: string, b: number): string =>
  JSON.stringify({
    schema: 'widthwise/explain-python',
    model: 'Net',
    source: { file, line: 4 },
    widths: [64, 128, 256],
    measured: [],
    parameters: [
      parameter('first.weight', 'input', 0),
      parameter('mix.weight', 'hidden', b),
      parameter('head.weight', 'output', 1 / 2),
    ],
  });

const lintBuilt = async (b: number) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'net.py'), NET);
  await writeFile(join(folder, 'built.json'), built(join(folder, 'net.py'), b));
  const flags = ['--profile', 'mup', '--built', 'built.json', '--json', '-'];
  const { stdout, stderr } = await widthwise(folder, ['lint', 'net.py', ...flags]);
  const found: readonly { readonly code: string; readonly assumptions: readonly string[] }[] =
    JSON.parse(stdout).findings;
  return { stderr, start: found.find(({ code }) => code === 'MUP101') };
};

test('a finding that the built model contradicts is withdrawn, and one that it shows says so', async () => {
  const contradicted = await lintBuilt(1 / 2);
  expect(contradicted.start).toBeUndefined();
  expect(contradicted.stderr).toContain(
    'MUP101 is withdrawn: the init std of mix.weight is read as n^0 and built as n^-0.5',
  );
  const shown = await lintBuilt(0);
  expect(shown.start?.assumptions).toContain('So it is built at widths 64, 128, 256.');
  expect(shown.stderr).toBe('');
});

test.each([
  ['{}', [], "--built: 'built.json' is not what explain --python --json wrote"],
  [built('elsewhere.py', 0), [], '--built: Net is from elsewhere.py, in which nothing is linted here'],
  [built('net.py', 0), ['--fix'], '--built: goes with files as they are'],
])('%s is refused in a sentence', async (text, flags, sentence) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'net.py'), NET);
  await writeFile(join(folder, 'built.json'), text);
  const { code, stderr } = await widthwise(folder, ['lint', 'net.py', '--built', 'built.json', ...flags]);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});
