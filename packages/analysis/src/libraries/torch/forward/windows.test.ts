import { expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../../../test/check-findings.ts';

/** A network that does something with its features before it reads them out. */
const net = (code: string) => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, n, rows):
        super().__init__()
        self.rows = rows
        self.stem = nn.Linear(16, n)
        self.mix = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)
        nn.init.normal_(self.readout.weight, std=0.02)
    def forward(self, x):
        batch, tokens, size = x.shape
        x = torch.relu(self.stem(x))
        ${code}
        return self.readout(self.mix(y))
`;

const wanted = (code: string) =>
  onlyModel(net(code)).weights.find(({ name }) => name === 'readout.weight')?.wants?.b;

test.each([
  'y = F.pad(x, [0, 0, 1, 2])',
  "y = F.pad(x, (0, 0, self.rows, 0), 'constant', 0)",
  'y = F.pad(x.view(batch, self.rows, self.rows, -1), (0, 0, 0, 2, 0, self.rows)).mean((1, 2))',
  'y = F.adaptive_avg_pool1d(x.view(batch, self.rows, -1).transpose(1, 2), 1).flatten(1)',
])('is followed through %s', (code) => {
  expect(wanted(code)).toBe(1);
});

test.each([
  'y = F.pad(x, (0, 0, 1, 2), value=self.rows)',
  'y = F.pad(x, self.rows)',
  'y = F.adaptive_max_pool1d(x.view(batch, self.rows, -1).transpose(1, 2), 1).flatten(1)',
])('is not through %s', (code) => {
  expect(missingIn(onlyModel(net(code))).join()).toContain('is not followed');
});

test('windows of what is given are as long as they are cut', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, size, step):
        super().__init__()
        self.size, self.step = size, step
        self.stem = nn.Linear(size, n)
        self.mix = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)
    def forward(self, x):
        x = x.unfold(-1, self.size, self.step)
        return self.readout(self.mix(torch.relu(self.stem(x))).mean(1))
`;
  const model = onlyModel(source);
  expect(model.weights.map(({ role }) => role)).toEqual([
    'input',
    'input',
    'hidden',
    'input',
    'output',
    'finite',
  ]);
  expect(missingIn(model).join()).not.toContain('unfold');
});
