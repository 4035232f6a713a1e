import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const net = (lists: readonly string[]) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, d_in, width, d_out, depth, last=None):
        super().__init__()
${lists.map((line) => `        ${line}`).join('\n')}
        self.body = nn.Sequential(*layers)
        self.optimizer = torch.optim.Adam(self.parameters(), lr=1e-3)

    def forward(self, x):
        return self.body(x)
`;

const LONG = [
  'layers = [nn.Linear(d_in, width), nn.ReLU()]',
  'for _ in range(depth - 1):',
  '    layers += [nn.Linear(width, width), nn.ReLU()]',
  'layers.append(nn.Linear(width, d_out))',
];

test('of a short and a long list of layers that one star hands over, each makes a chain', () => {
  const [model] = analyser.analyse(
    net([
      'if depth == 0:',
      '    layers = [nn.Linear(d_in, d_out)]',
      'else:',
      ...LONG.map((line) => `    ${line}`),
    ]),
  ).models;
  expect(model?.widths).toEqual(['width']);
  const roles = model?.weights.filter(({ name }) => name.endsWith('weight')).map(({ role }) => role);
  expect(roles).toEqual(['finite', 'input', 'hidden', 'output']);
});

test('a list that may be something that is not read keeps the chain unread', () => {
  const [model] = analyser.analyse(
    net(['layers = made_elsewhere()', 'if depth > 0:', ...LONG.map((line) => `    ${line}`)]),
  ).models;
  expect(model?.widths).toEqual([]);
  expect(model?.weights.map(({ role }) => role)).toEqual([null]);
});
