import { expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../test/check-findings.ts';

test('two classes of one name do not share their widths', () => {
  const source = `
import torch
from torch import nn

class Config:
    width = 28

Images = Config

class Config:
    width: int = 256

class Net(nn.Module):
    def __init__(self, config: Config, images: Images):
        super().__init__()
        self.a = nn.Linear(images.width, config.width)
        self.b = nn.Linear(config.width, config.width)
        self.c = nn.Linear(config.width, 10)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))
`;
  const model = onlyModel(source);
  expect(model.widths).toEqual(['width']);
  expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
});

test('a number that a model hands on to another of its kind is no width', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, scale):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
        nn.init.normal_(self.b.weight, std=scale)
        self.n, self.scale = n, scale

    def finer(self):
        return Net(self.n, self.scale / 2)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))

def build(n):
    return Net(n, 0.02).finer()
`;
  const { widths, weights } = onlyModel(source, { widths: ['n'] });
  expect(widths).toEqual(['n']);
  expect(weights.find(({ name }) => name === 'b.weight')?.b).toBe(0);
});

test('how many rows a table has is no width, also where the code computes that from what is not known', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, classes, d, dropout):
        super().__init__()
        self.table = nn.Embedding(classes + (dropout > 0), d)
        self.mix = nn.Linear(d, d)
        self.out = nn.Linear(d, 10)

    def forward(self, labels):
        return self.out(torch.tanh(self.mix(self.table(labels))))
`;
  const model = onlyModel(source);
  expect(model.widths).toEqual(['d']);
  expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
});
