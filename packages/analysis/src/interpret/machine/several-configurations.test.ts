import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

const CONFIG =
  'from dataclasses import dataclass\n\n@dataclass\nclass Config:\n    dim: int = 64\n    heads: int = 4\n';

test('one field of two configurations has no ratio', () => {
  checkValues(`
${CONFIG}
made, other = Config(dim=k), Config()
made.dim / other.dim  # reveals: unknown
(made.dim * 2) ** 0.5 / (other.dim * 2) ** 0.5  # reveals: unknown
made.dim == other.dim  # reveals: unknown
made.dim * 4 / made.dim  # reveals: 1
made.heads / other.heads  # reveals: 1
`);
});

test('rates over the width of another configuration are not those over their own', () => {
  const source = (given: string, ratio: string) => `import torch
from torch import nn
${CONFIG}
class Net(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.inp = nn.Linear(8, c.dim)
        self.mid = nn.Linear(c.dim, c.dim)
        self.out = nn.Linear(c.dim, 4)

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.inp(x)))))

def fit(${given}, lr: float):
    model = Net(c)
    torch.optim.Adam(model.parameters(), lr=lr * ${ratio}).step()
`;
  const rates = (given: string, ratio: string) => [
    ...new Set(onlyModel(source(given, ratio)).weights.map(({ c }) => c)),
  ];
  expect(rates('c: Config, d: Config', 'd.dim / c.dim')).toEqual([null]);
  expect(rates('d: Config, c: Config', 'd.dim / c.dim')).toEqual([null]);
  expect(rates('c: Config', '64 / c.dim')).toEqual([1]);
});
