import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';
import { checkParameters } from '../../../test/check-parameters.ts';

const holding = (added: string) => `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.parts = nn.ModuleDict({'up': nn.Linear(5, n, bias=False)})
        ${added}
        self.parts['up'].reset_parameters()

    def forward(self, x):
        return self.parts['out'](self.parts['up'](x))
`;

test('a dict of modules has what it is updated with', () => {
  const made = "self.parts.update({'out': nn.Linear(n, 3, bias=False)})";
  checkParameters(holding(made), 'parts.up.weight: n × 5, random 5^-½\nparts.out.weight: 3 × n, random n^-½');
  const [model] = analyse(`from torch import nn\n${holding(made)}`).models;
  expect(model?.weights.map(({ role }) => role)).toEqual(['input', 'output']);
});

test('what it is updated with may be anything where that is not read', () => {
  const [model] = analyse(
    `from torch import nn\nfrom there import made\n${holding('self.parts.update(made(n))')}`,
  ).models;
  expect(model?.weights.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^parts\.(?!up\.)/));
});

test('what is applied to all its tensors may make any others of them', () => {
  const source = holding("self.parts.update({'out': nn.Linear(n, 3, bias=False)})").replace(
    "self.parts['up'].reset_parameters()",
    'self._apply(lambda tensor: tensor / n)',
  );
  const [model] = analyse(`from torch import nn\n${source}`).models;
  expect(model?.weights.map(({ b }) => b)).toEqual([null, null]);
});

test('has each module that is added in a round under a name which the code puts together', () => {
  const [model] = analyse(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, depth):
        super().__init__()
        self.depth = depth
        self.first = nn.Linear(8, n)
        for i in range(depth):
            for part, std in (('up', 0.02), ('down', n ** -0.5)):
                layer = nn.Linear(n, n, bias=False)
                nn.init.normal_(layer.weight, std=std)
                self.add_module(f'{part}{i}', layer)
        self.last = nn.Linear(n, 3)

    def forward(self, x):
        h = self.first(x)
        for i in range(self.depth):
            h = h + getattr(self, f'up{i}')(torch.relu(getattr(self, f'down{i}')(h)))
        return self.last(h)
`).models;
  expect(model?.weights.filter(({ role }) => role === 'hidden').map(({ b }) => b)).not.toContain(0.5);
});

const started = (more: string) => `
import operator
import torch
from torch import nn

class Loud(nn.Linear):
    def reset_parameters(self):
        nn.init.normal_(self.weight, std=1.0)

def shout(part):
    nn.init.normal_(part.weight, std=1.0)
    return 1

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n, bias=False)
        self.mid = nn.Sequential(nn.Linear(n, n, bias=False))
        self.out = nn.Linear(n, 3, bias=False)
        ${more}

    def forward(self, x):
        return self.out(self.mid(self.up(x)))
`;

test('a part that is set by its path stands in the place of the one before', () => {
  const start = (more: string) =>
    analyse(started(more)).models.find(({ name }) => name === 'Net')?.weights[1]?.b;
  expect(start("self.set_submodule('mid.0', Loud(n, n, bias=False))")).toEqual(
    start('nn.init.normal_(self.mid[0].weight, std=1.0)'),
  );
  expect(start("self.set_submodule('mid.0', nn.Linear(n, n, bias=False))")).toEqual(start('pass'));
  expect(start('self.set_submodule(chosen, Loud(n, n, bias=False))')).toBeNull();
});

test('a key runs on each item that it orders', () => {
  const start = (more: string) =>
    analyse(started(more)).models.find(({ name }) => name === 'Net')?.weights[1]?.b;
  const loud = start('nn.init.normal_(self.mid[0].weight, std=1.0)');
  expect(start('sorted([self.up, self.mid[0]], key=shout)')).toEqual(loud);
  expect(start('max(self.up, self.mid[0], key=lambda part: shout(part))')).toEqual(loud);
  expect(start('min([self.up, self.mid[0]], key=lambda part: part.in_features)')).toEqual(start('pass'));
});
