import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

const starts = (before: string, init: string) =>
  onlyModel(chainModel({ before, init, optimizer: 'None' })).weights.map(({ b }) => b);

describe('weights that a generator yields start as what goes through them has it', () => {
  const loop = 'for w, s in given(self, n):\n    nn.init.normal_(w, std=s)';
  const pairs = 'def given(net, n):\n    yield net.b.weight, 1 / n\n    yield net.c.weight, 1 / n ** 2';

  test('one after the other', () => expect(starts(pairs, loop).slice(1)).toEqual([1, 2]));

  test('where it hands on what another one yields', () => {
    const all = `${pairs.replace('given', 'some')}\n\ndef given(net, n):\n    yield from some(net, n)\n    yield net.a.weight, 1`;
    expect(starts(all, loop)).toEqual([0, 1, 2]);
  });

  test('or as they were, where it may leave them out', () => {
    const some = pairs.replace('    yield net.b', '    if torch.rand(()) < 0.5:\n        yield net.b');
    expect(starts(some, loop)[1]).toBeNull();
  });
});

test('what stands behind the yield of a context manager runs when it is left', () => {
  const manager = (last: string) =>
    `from contextlib import contextmanager\n@contextmanager\ndef around(net, n):\n    yield\n    ${last}`;
  const init = 'with around(self, n):\n    nn.init.normal_(self.b.weight)';
  expect(starts(manager('net.b.weight.data.div_(n)'), init)[1]).toBeNull();
  expect(starts(manager('print(n)'), init)[1]).toBe(0);
});

test('also where it finds nothing to change when it is entered, as layers are made within it', () => {
  const source = (factor: string) => `
from contextlib import contextmanager
import torch
from torch import nn

@contextmanager
def around(net, factor):
    yield
    with torch.no_grad():
        for p in net.parameters(): p.mul_(factor)

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        with around(self, ${factor}):
            self.a, self.b = nn.Linear(16, n), nn.Linear(n, n)
        self.c = nn.Linear(n, 4)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))
`;
  const hidden = (factor: string) =>
    onlyModel(source(factor)).weights.find(({ name }) => name === 'b.weight')?.b;
  expect(hidden('n ** -0.5')).toBeNull();
  expect(hidden('0.5')).toBe(0.5);
});

test('classes that inherit from one base are gone through before it', () => {
  const source = `
import torch
from torch import nn

class Start:
    def start(self, w):
        nn.init.normal_(w)

class Falling(Start):
    def start(self, w):
        super().start(w)
        w.data.div_(self.size)

class Rising(Start):
    def start(self, w):
        super().start(w)
        w.data.mul_(self.size ** 0.5)

class Net(Falling, Rising, nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.inp = nn.Linear(16, size)
        self.mid = nn.Linear(size, size)
        self.out = nn.Linear(size, 4)
        self.start(self.mid.weight)

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.inp(x)))))
`;
  expect(onlyModel(source).weights.find(({ name }) => name === 'mid.weight')?.b).toBe(0.5);
});

test('the dict of a model has the dicts that PyTorch keeps there', () => {
  const init = "nn.init.normal_(self.__dict__['_modules']['b'].weight, std=1 / n)";
  expect(starts('', init)[1]).toBe(1);
});

test('the places of what was sorted are not known', () => {
  const sorted = (of: string) =>
    starts('', `for i, w in enumerate(${of}):\n    nn.init.normal_(w, std=n ** -i)`);
  const weights = '[self.a.weight, self.b.weight, self.c.weight]';
  expect(sorted(weights)).toEqual([0, 1, 2]);
  expect(sorted(`sorted(${weights}, key=lambda w: w.numel())`)).not.toEqual([0, 1, 2]);
});

test('what a generator does behind its first yield it perhaps does, as whoever goes through it may leave it there', () => {
  const given = (last: string) => `def given(net):\n    ${last.replaceAll('\n', '\n    ')}`;
  const start = 'nn.init.normal_(net.b.weight, std=1.0)';
  for (const loop of ['for w in given(self): break', 'next(given(self))'])
    expect(starts(given(`yield net.b\n${start}`), loop)[1]).toBeNull();
  expect(starts(given(`${start}\nyield net.b\nprint(net)`), 'for w in given(self): break')[1]).toBe(0);
});
