import { expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';

const rowsOf = (source: string) => onlyModel(source).weights.map(({ name, b }) => [name, b]);

test('biases of layers that one line makes are rows of their own where they start by what these sum over', () => {
  const model = onlyModel(`from torch import nn

class Net(nn.Module):
    def __init__(self, features, outputs, sizes=[64, 64, 64]):
        super().__init__()
        layers = []
        for size in sizes:
            layers += [nn.Linear(features, size), nn.ReLU()]
            features = size
        self.body = nn.Sequential(*layers, nn.Linear(features, outputs))

    def forward(self, x):
        return self.body(x)
`);
  expect(model.weights.map(({ name, role, b }) => [name, role, b])).toEqual([
    ['body.0.weight', 'input', 0],
    ['body.0.bias', 'input', 0],
    ['body.2.weight', 'hidden', 0.5],
    ['body.2.bias', 'input', 0.5],
    ['body.4.weight', 'output', 0.5],
    ['body.4.bias', 'finite', 0.5],
  ]);
  expect(model.read).toBe(model.total);
});

const body = (more: string) => `from torch import nn

class Net(nn.Module):
    def __init__(self, features, n, outputs, depth):
        super().__init__()
        self.body = nn.ModuleList([nn.Linear(features if i == 0 else n, n) for i in range(depth)])
        self.head = nn.Linear(n, outputs)
        ${more}

    def forward(self, x):
        for layer in self.body:
            x = layer(x).relu()
        return self.head(x)
`;

test('those that start alike are one row', () => {
  const rows = rowsOf(body('for layer in self.body:\n            nn.init.zeros_(layer.bias)'));
  expect(rows.filter(([name]) => String(name).endsWith('bias'))).toEqual([
    ['body.*.bias', 'zero'],
    ['head.bias', 0.5],
  ]);
});

test('a row whose members differ though their layers have the same sizes stays one', () => {
  const rows = rowsOf(body('nn.init.zeros_(self.body[3].weight)'));
  expect(rows.some(([name, b]) => name === 'body.*.weight' && b === null)).toBe(true);
});
