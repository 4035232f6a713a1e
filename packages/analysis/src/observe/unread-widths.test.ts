import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

/** How the hidden weights of a model start that a script makes of sizes which are not read. */
function startOf(made: string): number | 'zero' | null | undefined {
  const source = `
import math
import sys
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, std):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
        nn.init.normal_(self.b.weight, std=std)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

${made}
`;
  return onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.b;
}

test.each([
  'n = int(sys.argv[1])\nnet = Net(n, n ** -0.5)',
  'n = saved()\nstd = 1 / math.sqrt(n)\nnet = Net(n, std)',
  'n = saved()\nnet = Net(n, std=math.pow(n, -0.5))',
])('what is computed beside a width that is not read may be of that width: %s', (made) =>
  expect(startOf(made)).toBe(null),
);

test.each(['net = Net(256, 0.5 * saved())', 'n = int(sys.argv[1])\nnet = Net(n, 0.02)'])(
  'what is computed beside a width that is read, or written, is not: %s',
  (made) => expect(startOf(made)).toBe(0),
);

test('a size that is computed of what is not read is what the structure shows it to be', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, d, n, k):
        super().__init__()
        self.a = nn.Linear(d, n)
        self.b = nn.Linear(n, k)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))

features, labels = load()
net = Net(features.shape[1], 256, labels.max().item() + 1)
`;
  expect(onlyModel(source).weights.map(({ role }) => role)).toEqual(['input', 'input', 'output', 'finite']);
});
