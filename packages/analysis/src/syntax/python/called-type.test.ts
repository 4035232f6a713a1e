import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const factor = (statement: string) => {
  const { weights } = onlyModel(`
from torch import nn

class Net(nn.Module):
    factor = 1.0

    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(8, n)
        self.c = nn.Linear(n, 1)

    def forward(self, x):
        return self.c(self.a(x).relu()) * self.factor

def train(n):
    net = Net(n)
    ${statement}
`);
  return weights.find(({ name }) => name === 'c.weight')?.a;
};

test.each(['type(net).factor = 1 / n', 'type(net).factor: float = 1 / n'])(
  'what is set on the type of an object is set on its class, as nothing is an alias that is called: %s',
  (statement) => {
    expect(factor(statement)).toBeNull();
  },
);

test.each([
  'type Other = int',
  'type Other[T] = list[T]',
  'type(net).other = 1 / n',
  'type(net).parts[0] = n',
])('other names, and aliases, leave the class as it is: %s', (statement) => {
  expect(factor(statement)).toBe(0);
});
