import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

/** A model in μP, but for numbers that it keeps and what it makes of its features with them. */
const regimeOf = (numbers: string, features: string, before = 'pass') =>
  onlyModel(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, 4, bias=False)
        self.register_buffer('numbers', ${numbers})
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        h = torch.relu(self.mid(torch.relu(self.first(x))))
        n = self.numbers
        ${before}
        return self.out(${features})
def train(width):
    net = Net(width)
    return torch.optim.Adam([{'params': net.first.weight, 'lr': 1e-3}, {'params': [net.mid.weight, net.out.weight], 'lr': 1 / width}])
`).verdict?.regime ?? null;

test('numbers that count up to the width are as large as that beside features', () => {
  expect(regimeOf('torch.arange(width).float()', 'h + self.numbers')).toBe('unstable');
  expect(regimeOf('torch.arange(1, width + 1) / 8', 'h + self.numbers')).not.toBe('feature-learning');
  expect(regimeOf('torch.linspace(0, width, width)', 'h * self.numbers')).toBe('unstable');
});

test('numbers that go up to the same at every width stay', () => {
  expect(regimeOf('torch.linspace(0, 1, width)', 'h * self.numbers')).toBe('feature-learning');
  expect(regimeOf('torch.arange(width) / width', 'h + self.numbers')).toBe('feature-learning');
  expect(regimeOf('torch.arange(1, width + 1) / width', 'h * self.numbers')).toBe('feature-learning');
  expect(regimeOf('torch.exp(-torch.arange(0, width, 2) * 9.2 / width)', 'h + self.numbers.repeat(2)')).toBe(
    'feature-learning',
  );
  expect(regimeOf('torch.arange(width)', 'h * torch.cos(self.numbers)')).toBe('feature-learning');
});

test('what is made of numbers that count is as large as they make it', () => {
  expect(regimeOf('torch.arange(width) ** 2 / width', 'h + self.numbers')).toBe('unstable');
  expect(regimeOf('torch.arange(width) + 1', 'h + self.numbers')).toBe('unstable');
  expect(regimeOf('torch.arange(width)', 'h + self.numbers * self.numbers / h.shape[-1]')).toBe('unstable');
  expect(regimeOf('torch.arange(width)', 'h + torch.relu(self.numbers - 3.0)')).toBe('unstable');
  expect(regimeOf('torch.arange(width)', 'h * self.numbers.max()')).not.toBe('feature-learning');
  expect(regimeOf('torch.arange(width)', 'h + h.argmax(-1, keepdim=True)')).not.toBe('feature-learning');
});

test('what goes up to the same at every width stays, however it is made', () => {
  expect(regimeOf('torch.arange(width) ** 2 / width ** 2', 'h + self.numbers')).toBe('feature-learning');
  expect(regimeOf('torch.arange(width)', 'h + self.numbers.clamp(max=3)')).toBe('feature-learning');
  expect(regimeOf('torch.arange(width)', 'h + torch.tanh(self.numbers)')).toBe('feature-learning');
});

test('what is made of them over and over is looked through once, however often it is in itself', () => {
  const times = (line: string) => Array.from({ length: 60 }, () => line).join('; ');
  const twice = times('n = n + n');
  expect(regimeOf('torch.arange(width)', 'h + n', twice)).toBe('unstable');
  expect(regimeOf('torch.arange(width) / width', 'h + n', twice)).toBe('feature-learning');
  expect(regimeOf('torch.arange(width)', 'h + n', times('n = n + n / 2'))).toBe('unstable');
});

test('nor is the stack too small for it, however long it is made', () => {
  const long = 'for i in range(64):\n            for j in range(64): n = n + x.mean()';
  expect(regimeOf('torch.arange(width)', 'h + n', long)).toBe('unstable');
});
