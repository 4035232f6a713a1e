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

/** A network that takes windows of an image of features, of k × k places, and mixes what each has. */
const windowed = (places: string, kernel: string) => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, n, k=3):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 3)
        self.windows = nn.Unfold(kernel_size=${kernel}, stride=2)
        self.mix = nn.Linear(n * ${places}, n)
        self.readout = nn.Linear(n, 10)
        nn.init.normal_(self.mix.weight, std=0.02)
    def forward(self, x):
        x = self.windows(torch.relu(self.stem(x)))
        x = torch.relu(self.mix(x.transpose(1, 2)))
        return self.readout(x.mean(1))
`;

test.each([
  ['k ** 2', 'k'],
  ['6', '(2, 3)'],
])('what windows of an image have stands in one dimension: %s', (places, kernel) => {
  const model = onlyModel(windowed(places, kernel));
  expect(missingIn(model).filter((line) => line.startsWith('forward'))).toEqual([]);
  expect(model.weights.find(({ name }) => name === 'mix.weight')).toMatchObject({ role: 'hidden', b: 0 });
});

test('windows along one dimension are not those of an image', () => {
  const source = windowed('k ** 2', 'k').replace(
    'self.windows(torch.relu(self.stem(x)))',
    'torch.relu(self.stem(x)).unfold(self.size, 3, 2)',
  );
  expect(missingIn(onlyModel(source)).filter((line) => line.startsWith('forward'))).not.toEqual([]);
});
