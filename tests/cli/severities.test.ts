import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const MODEL = `import torch
from torch import nn

class Regressor(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh())

def optimizer_for(width):
    return torch.optim.Adam(Regressor(width).parameters(), lr=1e-3)
`;

async function project(rules: string): Promise<string> {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'model.py'), MODEL);
  await writeFile(join(cwd, 'pyproject.toml'), `[tool.widthwise]\nprofile = "advisory"\n${rules}\n`);
  return cwd;
}

function verdicts(json: string): readonly object[] {
  return JSON.parse(json).findings.filter(({ code }: { code: string }) => code === 'MUP501');
}

test('a project that gives a verdict a severity fails on it', async () => {
  const quiet = await widthwise(await project(''), ['lint', '.']);
  expect(quiet).toMatchObject({ code: 0, stdout: expect.not.stringContaining('MUP501') });

  const cwd = await project('rules = {MUP5 = "warning"}');
  const text = await widthwise(cwd, ['lint', '.', '--json', 'lint.json']);
  expect(text).toMatchObject({ code: 1, stderr: '' });
  expect(text.stdout).toMatch(/^model\.py:4:7: warning MUP501 unstable-parametrization$/m);
  const json = await widthwise(cwd, ['lint', '.', '--format', 'json']);
  expect(verdicts(json.stdout)).toMatchObject([{ code: 'MUP501', severity: 'warning', line: 4 }]);
});

test('rules that are off for a file are off there alone', async () => {
  const cwd = await project('rules = {MUP501 = "error"}\nper-file-ignores = {"old_*.py" = ["MUP5"]}');
  await writeFile(join(cwd, 'old_model.py'), MODEL);
  const { stdout } = await widthwise(cwd, ['lint', '.', '--format', 'json']);
  expect(verdicts(stdout)).toMatchObject([{ file: 'model.py', code: 'MUP501' }]);
});

test('a mistyped rule is named with what may be meant, and nothing else is lost', async () => {
  const cwd = await project('rules = {MUP511 = "error"}');
  const { code, stdout, stderr } = await widthwise(cwd, ['lint', '.']);
  expect(stderr).toMatch(
    /^widthwise: pyproject\.toml cannot be used: \[tool\.widthwise\]: rules: there is no rule 'MUP511' \(did you mean 'MUP501'\?\)/,
  );
  expect(stdout).toContain('1 model');
  expect(code).toBe(2);
});
