import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

/** Learned points that attention reads data into, and what reads from them. */
const points = ({ made = 'torch.randn(1, m, n)', read = 'self.down(asked, x)', head = 'n' } = {}) => `
import torch
from torch import nn

class Read(nn.Module):
    def __init__(self, d, n):
        super().__init__()
        self.n = n
        self.q = nn.Linear(n, n)
        self.k = nn.Linear(d, n)
        self.v = nn.Linear(d, n)
    def forward(self, asked, x):
        logits = self.q(asked) @ self.k(x).transpose(1, 2) / self.n
        return asked + torch.softmax(logits, 2) @ self.v(x)

class Net(nn.Module):
    def __init__(self, d, n, m):
        super().__init__()
        self.points = nn.Parameter(${made})
        self.down = Read(d, n)
        self.over = Read(n, n)
        self.readout = nn.Linear(${head}, 10)
    def forward(self, x):
        asked = self.points.repeat(x.size(0), 1, 1)
        y = ${read}
        return self.readout(self.over(y, y).${head === 'n' ? 'mean(1)' : 'flatten(1)'})
`;

const roleIn = (source: string, name = 'points') =>
  onlyModel(source).weights.find((one) => one.name === name)?.role;

describe('as many as learned points', () => {
  test('are tokens where layers only ever do the same along them', () => {
    expect(roleIn(points())).toBe('input');
  });

  test('so a start of the points that falls with the width is told', () => {
    const started = points().replace(
      'self.down =',
      'nn.init.normal_(self.points, std=n ** -0.5); self.down =',
    );
    expect(findingsOf('MUP103', started).map(({ message }) => message)).toEqual([
      expect.stringContaining('`points`'),
    ]);
    expect(findingsOf('MUP103', points())).toEqual([]);
    expect(onlyModel(started).weights.find(({ name }) => name === 'down.q.weight')?.wants?.b).toBe(0.5);
  });

  test('are not known to be where a layer sums over them, too', () => {
    expect(roleIn(points({ head: 'm * n' }))).toBeNull();
  });

  test('are not where what is read has other numbers of the same name', () => {
    const wider = points().replace(
      'self.over = Read(n, n)',
      'self.over = Read(n, n); self.more = nn.Linear(m, m)',
    );
    expect(roleIn(wider)).toBeNull();
  });
});

/** Learned tokens that stand beside those of the data. */
const beside = (joined: string, read = 'x.mean(1)') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, m, flat):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.registers = nn.Parameter(torch.randn(m, n))
        self.up = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)
        self.whole = nn.Linear(flat, 10)
    def forward(self, x):
        batch, tokens, size = x.shape
        x = self.stem(x)
        r = self.registers.expand(batch, -1, -1)
        x = ${joined}
        x = x + torch.relu(self.up(x))
        return self.readout(${read})
`;

test('learned tokens beside those of the data are as many at every width', () => {
  expect(roleIn(beside('torch.cat((r, x), dim=1)'), 'registers')).toBe('input');
  expect(roleIn(beside('x @ torch.cat((r, r), dim=1).transpose(1, 2) @ r'), 'registers')).toBeNull();
});

test('those that a layer reads all together may be a width', () => {
  const flat = beside('r').replace('self.readout(x.mean(1))', 'self.whole(x.flatten(1))');
  expect(roleIn(flat, 'registers')).toBeNull();
});

/** Positions in rows and columns, of which the data has some. */
const places = (cut: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, rows, cols):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.places = nn.Parameter(torch.randn(1, rows // 2, cols // 2, n))
        self.up = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)
    def forward(self, x):
        batch, height, width, size = x.shape
        x = self.stem(x)
        x = x + self.places${cut}
        x = x + torch.relu(self.up(x))
        return self.readout(x)
`;

test('positions are cut to the data along several dimensions', () => {
  expect(roleIn(places('[:, :height, :width]'), 'places')).toBe('input');
  expect(roleIn(places('[:, size, :width]'), 'places')).toBeNull();
});

/** Queries whose size is another one than that of the features. */
const matched = (score: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, e, m):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.mix = nn.Linear(n, n)
        self.k = nn.Linear(n, e)
        self.asked = nn.Parameter(torch.randn(m, n))
        self.q = nn.Linear(n, e)
        self.readout = nn.Linear(n, 10)
    def forward(self, x):
        batch, tokens, size = x.shape
        x = self.stem(x)
        x = x + self.mix(x)
        logits = ${score}
        return self.readout((torch.softmax(logits, -1) @ x).mean(-2))
`;

test('what queries and keys are made of is no number of tokens', () => {
  const source = matched('self.q(self.asked) @ self.k(x).transpose(-1, -2)');
  expect(roleIn(source, 'k.weight')).toBeNull();
  expect(roleIn(source, 'q.weight')).toBeNull();
  expect(roleIn(source, 'asked')).toBe('input');
});

test('what a layer is applied to may make a weight of it where it grows both ways', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = nn.Linear(16, n)
        self.seed = nn.Parameter(torch.randn(n, n))
        self.make = nn.Linear(n, n)
        self.readout = nn.Linear(n, 10)
    def forward(self, x):
        return self.readout(torch.relu(self.stem(x) @ self.make(self.seed)))
`;
  expect(roleIn(source, 'seed')).toBeNull();
});

test('what a model gives of a shape that is not known may have the dimensions of what it is made of', () => {
  const source = (given: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, k, early=False):
        super().__init__()
        self.early = early
        self.stem = nn.Linear(16, n)
        self.mix = nn.Linear(n, n)
        self.readout = nn.Linear(n, k)
    def forward(self, x, early=False):
        x = self.mix(torch.relu(self.stem(x)))
        y = ${given}
        return 2 * y
`;
  expect(roleIn(source('x.unsqueeze(1) if early else self.readout(x)'), 'readout.weight')).toBe('output');
});

test('what a mixer of tokens sums over is the number of tokens, and no width beside what it makes of them', () => {
  const { widths, weights } = onlyModel(`
from torch import nn

class Mixer(nn.Module):
    def __init__(self, vocab, tokens, hidden, d):
        super().__init__()
        self.table, self.head = nn.Embedding(vocab, d), nn.Linear(d, vocab)
        self.up, self.down = nn.Linear(tokens, hidden), nn.Linear(hidden, tokens)
    def forward(self, ids):
        x = self.table(ids)
        x = x + self.down(self.up(x.mT).relu()).mT
        return self.head(x.relu())
`);
  expect(widths).toEqual(['d', 'hidden']);
  const mixing = weights.filter(({ name }) => /^(?:up|down)\.weight$/.test(name));
  expect(mixing.map(({ role }) => role)).toEqual(['input', 'output']);
});
