import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../../options.ts';

const { analyse } = await loadTestAnalyser();

/** Each block calls the next one twice, so that a pass through the model goes through the last one 2^depth times. */
const nested = (depth: number) => `
import torch
import torch.nn as nn

class Block0(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)
${Array.from(
  { length: depth },
  (_, at) => `
class Block${at + 1}(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = Block${at}(width)

    def forward(self, x):
        return self.inner(x) + self.inner(x)
`,
).join('')}
model = Block${depth}(64)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
`;

const TRAINS = `
for step in range(1000):
    loss = model(torch.randn(4, 64)).sum()
    loss.backward()
    optimizer.step()
`;

test('a script goes once through what a forward pass goes through over and over', () => {
  const { models, unread } = analyse(`${nested(7)}${TRAINS.repeat(40)}`, DEFAULT_OPTIONS);
  expect(unread).toEqual([]);
  expect(models.flatMap(({ weights }) => weights.map(({ optimizer }) => optimizer))).toEqual(['sgd', 'sgd']);
});

test('what a forward pass does to its own weights counts each time', () => {
  const text = `${nested(0).replace(
    'return self.fc(x)',
    'self.fc.weight.data.mul_(0.5)\n        return self.fc(x)',
  )}${TRAINS}`;
  const [model] = analyse(text, DEFAULT_OPTIONS).models;
  expect(model?.weights.map(({ b }) => b)).not.toContain(0.5);
});
