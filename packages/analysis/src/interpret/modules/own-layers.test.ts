import { expect, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

test('an object of a class that inherits from a layer is that layer', () => {
  checkValues(`
class Linear(nn.Linear):
    def forward(self, x):
        return super().forward(x)
one = Linear(n, 4, bias=False)
one.weight  # reveals: ~n^-½
one.bias  # reveals: None
one.in_features  # reveals: n
one.out_features  # reveals: 4
isinstance(one, nn.Linear)  # reveals: True
isinstance(one, Linear)  # reveals: True
isinstance(one, nn.Module)  # reveals: True
isinstance(one, nn.Embedding)  # reveals: False
isinstance(nn.Linear(1, n), Linear)  # reveals: False
[name for name, weight in one.named_parameters()]  # reveals: ['weight']
nn.init.normal_(one.weight, std=0.02)
one.weight  # reveals: ~0.02
one.reset_parameters()
one.weight  # reveals: ~n^-½
`);
});

test('it is made by what its constructor hands up', () => {
  checkValues(`
class Scaled(nn.Linear):
    def __init__(self, size, *args, scale=1.0, **kwargs):
        super().__init__(size, 2 * size, *args, **kwargs)
        self.scale = scale
        nn.init.zeros_(self.weight)
class More(Scaled):
    def __init__(self, size):
        Scaled.__init__(self, size, bias=False, scale=n)
        self.low = nn.Linear(size, 2)
class ByName(nn.Linear):
    def __init__(self, size):
        nn.Linear.__init__(self, size, 3)
Scaled(n).weight  # reveals: ~0
Scaled(n).in_features  # reveals: n
Scaled(4, bias=False).bias  # reveals: None
More(n).scale  # reveals: n
More(n).bias  # reveals: None
More(n).low  # reveals: Linear(n, 2)
[name for name, _ in More(n).named_parameters()]  # reveals: ['weight', 'low.weight', 'low.bias']
ByName(n).weight  # reveals: ~n^-½
ByName(n).out_features  # reveals: 3
`);
});

test('its own methods come before those of the layer', () => {
  checkValues(`
class Small(nn.Linear):
    def reset_parameters(self):
        nn.init.normal_(self.weight, std=1 / self.in_features)
Small(n, 4).weight  # reveals: ~1/n
class Kept(nn.Linear):
    def __init__(self, size, std):
        self.std = std
        super().__init__(size, size, bias=False)
    def reset_parameters(self):
        super().reset_parameters()
        self.weight  # reveals: ~n^-½
        nn.init.trunc_normal_(self.weight, std=self.std)
Kept(n, 0.02).weight  # reveals: ~0.02
class Deeper(Kept):
    pass
Deeper(n, 0.5).weight  # reveals: ~0.5
class Wide(nn.Embedding):
    @property
    def weight(self):
        return 3
Wide(4, n).weight  # reveals: 3
Wide(4, n).num_embeddings  # reveals: 4
`);
});

test('a class that inherits from a container holds what it is given', () => {
  checkValues(`
class Block(nn.Sequential):
    def __init__(self, size):
        super().__init__(nn.Linear(size, 2), nn.ReLU())
        self.size = size
class Named(nn.Sequential):
    def __init__(self, size):
        super().__init__()
        self.add_module('c', nn.Linear(size, 2))
        self.add_module('bn', nn.LayerNorm(size))
class Many(nn.ModuleList):
    pass
[one for one in Many([nn.Linear(n, 2)])]  # reveals: [Linear(n, 2)]
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        Block(n)[0]  # reveals: Linear(n, 2)
        [one for one in Block(64)]  # reveals: [Linear(64, 2), ReLU()]
        Named(n).c  # reveals: Linear(n, 2)
        [name for name, _ in Named(n).named_parameters()]  # reveals: ['c.weight', 'c.bias', 'bn.weight', 'bn.bias']
Net(n)
`);
});

const analyser = await loadTestAnalyser();

test('is a row of its model and no model of its own', () => {
  const { models } = analyser.analyse(`
import torch
import torch.nn.functional as F
from torch import nn

class Linear(nn.Linear):
    def forward(self, x):
        return super().forward(x.to(self.weight.dtype))

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(8, width)
        self.mid = Linear(width, width, bias=False)
        self.out = nn.Linear(width, 3)
        nn.init.normal_(self.mid.weight, std=0.02)

    def forward(self, x):
        return self.out(torch.tanh(self.mid(torch.tanh(self.enter(x)))))
`);
  expect(models.map(({ name }) => name)).toEqual(['Net']);
  const mid = models[0]?.weights.find(({ name }) => name === 'mid.weight');
  expect(mid).toMatchObject({ role: 'hidden', b: 0 });
});
