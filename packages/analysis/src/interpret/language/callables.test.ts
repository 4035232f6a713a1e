import { describe, expect, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

test('a parameter with a class for its default is that class', () => {
  checkValues(`
from typing import Callable, Type
class Block(nn.Module):
    expansion = 4
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)
class Net(nn.Module):
    def __init__(self, n, norm_layer: Type[nn.Module] = nn.LayerNorm, block=Block, act=None, layer: Callable = None):
        super().__init__()
        act = act or nn.GELU
        if layer is None: layer = nn.Linear
        self._layer = layer
        norm_layer(n)  # reveals: LayerNorm()
        block(n).fc  # reveals: Linear(n, n)
        block.expansion  # reveals: 4
        act()  # reveals: GELU()
        layer(n, 2)  # reveals: Linear(n, 2)
        self._layer(n, 3)  # reveals: Linear(n, 3)
Net(n)
`);
});

test('what a configuration from outside computes is called, by the name that its setting has', () => {
  checkValues(`
class Config:
    norm_name: str = 'LayerNorm'
    @property
    def norm_class(self): return getattr(nn, self.norm_name)
    @property
    def mlp_class(self): return nn.Linear
class Net(nn.Module):
    def __init__(self, n, config: Config):
        super().__init__()
        config.norm_class(n)  # reveals: LayerNorm()
        config.mlp_class(n, 2)  # reveals: Linear(n, 2)
Net(n, config)
`);
});

test('a class may stand in a dict, in a table of pairs, in a property', () => {
  checkValues(`
class Config:
    @property
    def mlp_class(self): return nn.Linear
ACT = {'relu': nn.ReLU, 'gelu': nn.GELU}
ACT['relu']()  # reveals: ReLU()
ACT[kind]()  # reveals: ReLU() or GELU()
getattr(nn, 'Linear')(n, 2)  # reveals: Linear(n, 2)
Config().mlp_class(n, 3)  # reveals: Linear(n, 3)
for make, size in [(nn.Linear, n), (nn.Linear, 2)]:
    make(size, 1)  # reveals: Linear(n, 1) or Linear(2, 1)
`);
});

test('a class makes objects of itself', () => {
  checkValues(`
class Config:
    def __init__(self, width): self.width = width
    @classmethod
    def small(cls, factor): return cls(factor * n)
    @staticmethod
    def half(width): return Config(width / 2)
    def again(self): return type(self)(self.width)
    def other(self): return self.__class__(2)
    def __call__(self, x): return self.width * x
Config.small(2).width  # reveals: n
Config(1).small(n).width  # reveals: n^2
Config.half(n).width  # reveals: n
Config(n).again().width  # reveals: n
Config(n).other().width  # reveals: 2
Config(n)(n)  # reveals: n^2
`);
});

test('modules are taken apart like lists', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.layers = nn.ModuleList([nn.ModuleList([nn.Linear(n, 2), nn.ReLU()]) for _ in range(6)])
        self.two = nn.Sequential(nn.Linear(n, 1), nn.Tanh())
        for fc, act in self.layers:
            fc  # reveals: Linear(n, 2)
            act  # reveals: ReLU()
        first, second = self.two
        second  # reveals: Tanh()
Net(n)
`);
});

test('an attribute may have a computed name', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        for i in range(2):
            setattr(self, f'layer{i}', nn.Linear(n, i + 1))
        self.layer1  # reveals: Linear(n, 2)
        getattr(self, f'layer{0}')  # reveals: Linear(n, 1)
        getattr(self, 'missing', 3)  # reveals: 3
        getattr(self, 'layer1', None)  # reveals: Linear(n, 2)
        getattr(other, 'width', 4)  # reveals: other.width or 4
Net(n)
f'{n}'  # reveals: unknown
f'{k:02d}'  # reveals: unknown
f'a{{b}}'  # reveals: unknown
name = 'fc'
f"{name}.{1 + 1}.weight"  # reveals: 'fc.2.weight'
'layer%d' % 2  # reveals: 'layer2'
'%s.%d' % (name, 1)  # reveals: 'fc.1'
'{}_{}'.format(name, 3)  # reveals: 'fc_3'
'{1}{part}'.format(1, 2, part='b')  # reveals: '2b'
'{}'.format(n)  # reveals: unknown
'%.2f' % 1  # reveals: unknown
'.'.join([name, 'weight'])  # reveals: 'fc.weight'
class Tree(nn.Module):
    def __init__(self, n):
        super().__init__()
        for i in range(1, 3):
            self.__setattr__('level_%d' % i, nn.Linear(n, i))
        self.level_2  # reveals: Linear(n, 2)
        self.__getattr__('level_%d' % 1)  # reveals: Linear(n, 1)
Tree(n)
`);
});

test('a copy of a module has parameters of its own', () => {
  checkValues(`
import copy
class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, n)
        nn.init.zeros_(self.fc.weight)
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        one = Block(n)
        self.layers = nn.ModuleList([copy.deepcopy(one) for _ in range(2)])
        nn.init.normal_(self.layers[0].fc.weight, std=3)
        self.layers[0].fc.weight  # reveals: ~3
        self.layers[1].fc.weight  # reveals: ~0
        one.fc.weight  # reveals: ~0
        [name for name, _ in self.named_parameters()]  # reveals: ['layers.0.fc.weight', 'layers.0.fc.bias', 'layers.1.fc.weight', 'layers.1.fc.bias']
Net(n)
`);
});

test('a dataclass has what it is given and what it computes after that', () => {
  checkValues(`
from dataclasses import dataclass, field
@dataclass
class Inner:
    width: int = 64
@dataclass
class Config:
    width: int = 64
    std: float = 0.02
    act: type = nn.ReLU
    inner: Inner = field(default_factory=Inner)
    other: Inner = None
    def __post_init__(self):
        self.std = self.width ** -0.5
Config().std  # reveals: n^-½
Config(width=n).act()  # reveals: ReLU()
Config().inner  # reveals: Inner
Config().inner.width  # reveals: Inner.width
Config(other=Inner()).other.width  # reveals: Inner.width
def f(config: Config):
    config.std  # reveals: n^-½
    config.inner.width  # reveals: Inner.width
f(Config())
def g(size):
    @dataclass
    class Local:
        size: int = 4
        std: float = 0.5
        def __post_init__(self): self.std = self.size ** -0.5
    Local(size=size).std  # reveals: n^-½
g(n)
`);
});

const analyser = await loadTestAnalyser();

test('a model is built of the class that it is first called with', () => {
  const { models } = analyser.analyse(`
from torch import nn

class Block(nn.Module):
    expansion = 1
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size * self.expansion)

class Net(nn.Module):
    def __init__(self, block, blocks, width):
        super().__init__()
        self.layer = self._make_layer(block, blocks, width)
        self.out = nn.Linear(width * block.expansion, 10)

    def _make_layer(self, block, blocks, width):
        layers = []
        for _ in range(blocks):
            layers.append(block(width))
        return nn.Sequential(*layers)

    def forward(self, x):
        return self.out(self.layer(x))

def Net18():
    return Net(Block, 2, 64)
`);
  expect(models.map(({ name }) => name)).toEqual(['Net']);
  expect(models[0]?.weights.map(({ name }) => name)).toContain('layer.*.fc.weight');
});

test('what is done to a copy of a model, or to a copy of its layer, is done to the model', () => {
  const initialized = (after: string) =>
    analyser
      .analyse(`
import copy
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(8, width)
        self.b = nn.Linear(width, width)
        self.c = nn.Linear(width, 3)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))

model = Net(64)
${after}
`)
      .models[0]?.weights.find(({ name }) => name === 'b.weight')?.b;
  expect(initialized('')).toBe(0.5);
  expect(initialized('model.b = copy.deepcopy(model.b)\nnn.init.normal_(model.b.weight, std=0.1)')).toBe(0);
  expect(initialized('model = copy.deepcopy(model)\nnn.init.normal_(model.b.weight, std=0.1)')).toBeNull();
});

describe('what a record is given that grows is what its field holds:', () => {
  for (const [what, head, made] of [
    ['a dataclass', '@dataclass\nclass Steps:\n    slow: float\n    fast: float', 'Steps(k, k / n)'],
    [
      'a NamedTuple',
      'class Steps(NamedTuple):\n    slow: float\n    fast: float',
      'Steps(slow=k, fast=k / n)',
    ],
    [
      'a class on a base that is not read',
      'class Steps(Base):\n    slow: float\n    fast: float',
      'Steps(slow=k, fast=k / n)',
    ],
    ['a namedtuple', "Steps = namedtuple('Steps', 'slow fast')", 'Steps(k, k / n)'],
    ['a namedtuple of a list', "Steps = namedtuple('Steps', ['slow', 'fast'])", 'Steps(k, fast=k / n)'],
    [
      'a changed copy, of which other fields are made anew',
      '@dataclass\nclass Steps:\n    slow: float\n    fast: float = None\n    def __post_init__(self):\n        self.fast = self.slow / n',
      'replace(Steps(k / n), slow=k)',
    ],
    [
      'a changed copy',
      'class Steps(NamedTuple):\n    slow: float\n    fast: float',
      'Steps(k, k)._replace(fast=k / n)',
    ],
  ] as const) {
    test(what, () => {
      checkValues(`
from collections import namedtuple
from dataclasses import dataclass, replace
from typing import NamedTuple
from elsewhere import Base
${head}

made = ${made}
made.fast  # reveals: 1/n
made.slow * made.fast  # reveals: 1/n
`);
    });
  }
});
