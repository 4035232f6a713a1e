import { describe, expect, test } from 'vitest';
import { analyse, onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

describe('what a weight starts with is changed by a function as by a method:', () => {
  for (const change of [
    "getattr(b.weight.data, 'mul_')(math.sqrt(n))",
    'f = b.weight.data.mul_\nf(math.sqrt(n))',
    'torch.Tensor.mul_(b.weight.data, math.sqrt(n))',
    "operator.methodcaller('mul_', math.sqrt(n))(b.weight.data)",
    'operator.imul(b.weight.data, math.sqrt(n))',
    'b.weight.data.__imul__(math.sqrt(n))',
    'a = b.weight.detach().numpy()\na *= math.sqrt(n)',
    'a = b.weight.detach().cpu().numpy()\na *= math.sqrt(n)',
    'torch.from_numpy(b.weight.detach().numpy()).mul_(math.sqrt(n))',
  ]) {
    test(change, () => {
      checkValues(`
import operator
b = nn.Linear(n, n)
nn.init.normal_(b.weight, std=1 / math.sqrt(n))
${change}
b.weight  # reveals: ~1
`);
    });
  }
});

describe('an entry of a dict is set by a function as by an assignment:', () => {
  for (const change of [
    "operator.setitem(d, 'x', 2)",
    "operator.setitem(holder[0], 'x', 2)",
    'dict.update(d, x=2)',
    "dict.update(holder[0], {'x': 2})",
    "dict.__setitem__(d, 'x', 2)",
    "d.__setitem__('x', 2)",
    'f = d.update\nf(x=2)',
    "operator.ior(d, {'x': 2})",
    "d |= {'x': 2}",
  ]) {
    test(change, () => {
      checkValues(`
import operator
d = {'x': n}
holder = [d]
${change}
d['x']  # reveals: 2
holder[0]['x']  # reveals: 2
`);
    });
  }
});

test('rates that functions write over groups are the rates', () => {
  const source = (change: string) => `
import operator
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(8, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 1)
    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))
def train(n, lr=1e-3):
    net = Net(n)
    opt = torch.optim.Adam([{'params': net.b.parameters(), 'lr': lr / n}, {'params': net.a.parameters(), 'lr': lr}])
    ${change}
    opt.step()
`;
  for (const change of [
    "operator.setitem(opt.param_groups[0], 'lr', lr)",
    'dict.update(opt.param_groups[0], lr=lr)',
    "opt.param_groups[0].__setitem__('lr', lr)",
    "for g in opt.param_groups: dict.__setitem__(g, 'lr', lr)",
  ]) {
    expect(onlyModel(source(change)).weights.find(({ name }) => name === 'b.weight')?.c, change).toBe(0);
  }
});

test('`map` calls nothing where nobody goes through what it gives', () => {
  checkValues(`
b = nn.Linear(n, n)
def start(m): nn.init.zeros_(m.weight)
map(start, [b])
b.weight  # reveals: ~n^-½
list(map(start, [b]))
b.weight  # reveals: ~0
`);
});

test('a generator runs nothing where nobody goes through it, a list of the same does', () => {
  checkValues(`
b = nn.Linear(n, n)
(nn.init.zeros_(w) for w in b.parameters())
b.weight  # reveals: ~n^-½
(nn.init.zeros_(w) for w in [nn.init.ones_(b.weight)])
b.weight  # reveals: ~1
[nn.init.zeros_(w) for w in b.parameters()]
b.weight  # reveals: ~0
`);
});

test('configurations that are merged are one, of which the later count', () => {
  checkValues(`
from omegaconf import OmegaConf
cfg = OmegaConf.create({'width': n, 'base': 64})
cfg = OmegaConf.merge(cfg, {'base': n})
cfg.width  # reveals: n
cfg.base  # reveals: n
`);
});

test('what is gone through later, if it is, may not have run where it has a name', () => {
  for (const later of [
    '(nn.init.ones_(p) for p in net.parameters())',
    'map(nn.init.ones_, net.parameters())',
    'filter(nn.init.ones_, net.parameters())',
    'each(net)',
  ]) {
    checkValues(`
def each(model):
    for p in model.parameters():
        nn.init.ones_(p)
        yield p
net = nn.Linear(n, n)
later = ${later}
net.weight  # reveals: ~n^-½ or ~1
`);
  }
});

test('a call of what is not read, of which nobody has what it gives, may change the tensors that it is given', () => {
  checkValues(`
import lib
net = nn.Linear(n, n)
h = net(torch.randn(2, n))
lib.print_norm(h)
h  # reveals: (input·Linear.weight + Linear.bias)
lib.rescale(h, n)
h  # reveals: unread 'lib.rescale'(input·Linear.weight + Linear.bias)
`);
});

test('an operator in place that is called by its name changes the tensor for all that hold it', () => {
  const multipliers = (change: string) =>
    analyse(`
import operator
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n, bias=False)
        self.out = nn.Linear(n, 3, bias=False)

    def forward(self, x):
        h = self.up(x)
        ${change}
        return self.out(h)
`).models[0]?.weights.map(({ a }) => a);
  const scaled = multipliers('h = h * h.shape[-1]');
  expect(scaled).not.toEqual(multipliers('pass'));
  expect(multipliers('h.__imul__(h.shape[-1])')).toEqual(scaled);
  expect(multipliers('operator.imul(h, h.shape[-1])')).toEqual(scaled);
  expect(multipliers('h.__mul__(h.shape[-1])')).toEqual(multipliers('pass'));
  expect(multipliers('h.__imul__(2)')).toEqual(multipliers('h = h * 2'));
});
