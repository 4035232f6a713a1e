import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../test/check-findings.ts';

/** A model whose constructor starts it, by a method that takes its initializers from one package or another. */
const started = (packaged: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.inp = nn.Linear(16, size)
        self.mid = nn.Linear(size, size)
        self.out = nn.Linear(size, 4)
        self.start_init()

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.inp(x)))))

    def start_init(self, scaled=False):
        if scaled:
            import ${packaged}.init as start
        else:
            import torch.nn.init as start
        start.normal_(self.mid.weight, std=0.02)
        nn.init.zeros_(self.out.weight)
`;

const startOf = (packaged: string, name: string) =>
  onlyModel(started(packaged)).weights.find((row) => row.name === name)?.b;

test('a method that has a way with mup.init, which nobody in sight takes, is called again once base shapes are set', () => {
  expect(startOf('mup', 'mid.weight')).toBeNull();
  expect(startOf('mup', 'out.weight')).toBe('zero');
  expect(findingsOf('MUP101', started('mup'))).toEqual([]);
  expect(findingsOf('MUP101', `${started('mup')}\ndef large():\n    return Net(1024)\n`)).toEqual([]);
});

test('another package says nothing of that', () => {
  expect(findingsOf('MUP101', started('torch.nn'))).toHaveLength(1);
  expect(findingsOf('MUP101', `${started('torch.nn')}\ndef large():\n    return Net(1024)\n`)).toHaveLength(
    1,
  );
});

test('whatever the module calls what it has from mup, and a name alone says nothing', () => {
  const named = (imported: string, call: string, flag = 'scaled') => `
import torch
from torch import nn
${imported}

class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.inp, self.mid, self.out = nn.Linear(16, size), nn.Linear(size, size), nn.Linear(size, 4)
        self.start_init()

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.inp(x)))))

    def start_init(self, ${flag}=False):
        nn.init.normal_(self.mid.weight, std=0.02)
        if ${flag}:
            ${call}
`;
  const imported = named('from mup.init import normal_ as draw', 'draw(self.mid.weight, std=0.02)');
  expect(findingsOf('MUP101', imported)).toEqual([]);
  const flag = named('', 'nn.init.normal_(self.mid.weight, std=0.04)', 'mup');
  expect(findingsOf('MUP101', flag)).toHaveLength(1);
});
