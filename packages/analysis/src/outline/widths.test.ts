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

/** A model whose readout is its embedding if it is told so. */
const PERHAPS_TIED = `
import torch
from torch import nn

class Shared(nn.Linear):
    def __init__(self, weight):
        super().__init__(weight.shape[0], weight.shape[1], bias=BIAS)
        self.weight = weight

class Net(nn.Module):
    def __init__(self, tokens, n, inner, tied):
        super().__init__()
        self.embed = nn.Embedding(tokens, n)
        self.up = nn.Linear(n, inner, bias=False)
        self.down = nn.Linear(inner, n, bias=False)
        self.readout = Shared(self.embed.weight) if tied else nn.Linear(n, tokens, bias=False)

    def forward(self, x):
        h = self.embed(x)
        h = h + self.down(torch.relu(self.up(h)))
        return self.readout(h)
`;

test('a layer that is made on a condition has the parameter that it is given, and no other', () => {
  const { weights } = onlyModel(PERHAPS_TIED.replace('BIAS', 'False'));
  expect(weights.map(({ name, aliases, role }) => [name, ...aliases, role].join(' '))).toEqual([
    'embed.weight readout.weight input',
    'up.weight hidden',
    'down.weight hidden',
    'readout.weight output',
  ]);
});

test('a vocabulary is no width, though a readout that may be chosen gives features', () => {
  const { widths, weights } = onlyModel(PERHAPS_TIED.replace('BIAS', 'True'));
  expect(widths).toEqual(['n', 'inner']);
  expect(weights.slice(0, 3).map(({ role }) => role)).toEqual(['input', 'hidden', 'hidden']);
});

test('a kernel or a stretch of positions is no width, however the code comes by how long it is', () => {
  const { weights, missing } = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, patch, n, positions, classes):
        super().__init__()
        patch = patch if isinstance(patch, (list, tuple)) else (patch, patch)
        self.patches = nn.Conv2d(3, n, kernel_size=patch, stride=patch)
        self.position = nn.Embedding(positions, n)
        self.register_buffer('ids', torch.arange(positions).expand((1, -1)))
        self.mid = nn.Linear(n, n)
        self.readout = nn.Linear(n, classes)

    def forward(self, x, start):
        h = self.patches(x).flatten(2).transpose(1, 2)
        length = h.shape[1]
        h = h + self.position(self.ids[:, 0 : length + 0]) + self.position(self.ids[:, start : length + start])
        return self.readout(torch.relu(self.mid(h)).mean(1))
`);
  const [patches, , position] = weights;
  expect([patches, position].map((row) => `${row?.role} ${row?.b}`)).toEqual(['input 0', 'input 0']);
  expect(missing.filter(({ kind }) => kind === 'open-dimensions')).toEqual([]);
});

test('labels come after the features that they are made of among what may be declared a width, and tokens are none', () => {
  const { candidates } = onlyModel(`
import torch
from torch import nn
from lib import body

class Net(nn.Module):
    def __init__(self, tokens, labels, features):
        super().__init__()
        self.embed = nn.Embedding(tokens, 8)
        self.score = nn.Linear(features, labels, bias=False)

    def forward(self, x):
        return self.score(body(self.embed(x)))
`);
  expect(candidates).toEqual(['features', 'labels']);
});

test('what is a factor of others alone comes last among what may be declared a width', () => {
  const { candidates } = onlyModel(`
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, spread, features):
        super().__init__()
        self.norm = nn.LayerNorm(features)
        self.up = nn.Linear(features, spread * features)
        self.down = nn.Linear(spread * features, features)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(self.norm(x))))
`);
  expect(candidates).toEqual(['features', 'spread']);
});

test('what stands for something else in each round is none that may be declared a width', () => {
  const { candidates } = onlyModel(`
import torch
from torch import nn
from lib import body

class Net(nn.Module):
    def __init__(self, features, sizes):
        super().__init__()
        self.embed = nn.Linear(8, features)
        self.stages = nn.ModuleList([nn.Linear(size, size) for size in sizes])

    def forward(self, x):
        return body(self.stages, self.embed(x))
`);
  expect(candidates).toContain('features');
  expect(candidates).not.toContain('size');
});
