import { describe, expect, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';
import { placeIn } from '../../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

describe('code that is run as a text', () => {
  test('leaves what settings hold unknown, and what is defined as it is', () => {
    checkValues(`
flag = False
depth = 2
kind = 'adam'
def f(): return flag
exec(open('settings.py').read())
flag  # reveals: unknown
kind  # reveals: unknown
depth > 1  # reveals: unknown
f()  # reveals: unknown
nn.Linear  # reveals: torch.nn.Linear
depth = 3
depth > 1  # reveals: True
`);
  });

  test('may have been run', () => {
    checkValues(`
flag = False
if other: exec(code)
flag  # reveals: unknown or False
`);
  });

  test('sets nothing that a function sees, unless it is given the names of the module', () => {
    checkValues(`
flag = False
def f():
    mine = True
    exec(code)
    return mine
f()  # reveals: True
flag  # reveals: False
def g():
    exec(code, globals())
    return flag
g()  # reveals: unknown
`);
  });

  test('sets the names of a dict that it is given', () => {
    checkValues(`
flag = False
names = {'flag': False}
exec(code, names)
flag  # reveals: False
names['flag']  # reveals: unknown
`);
  });
});

describe('a file that is run as a text', () => {
  const script = (run: string) => `
import torch
from torch import nn
width = 256
rate = 1e-3
inner = 1e-3
${run}

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(8, width, bias=False)
        self.middle = nn.Linear(width, width, bias=False)
        self.leave = nn.Linear(width, 4, bias=False)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))

net = Net(width)
optimizer = torch.optim.Adam([
    {'params': [net.enter.weight], 'lr': rate},
    {'params': [net.middle.weight, net.leave.weight], 'lr': inner},
])
`;
  const rates = (run: string, settings: string) => {
    const files = { 'train.py': script(run), 'set/settings.py': settings };
    const { models } = analyser.analyse(files['train.py'], undefined, placeIn(files, 'train.py'));
    return models[0]?.weights.map(({ c }) => c);
  };
  const settings = 'import sys\nfor arg in sys.argv[1:]:\n    globals()[arg] = 1\n';

  test('leaves open what it computes, and settings at what they are', () => {
    const run = "exec(open('./set/settings.py').read())";
    expect(rates(run, settings)).toEqual([0, 0, 0]);
    expect(rates(run, `${settings}inner = rate * 256 / width\n`)).toEqual([0, null, null]);
  });
});
