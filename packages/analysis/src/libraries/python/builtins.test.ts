import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('built-in functions over lists', () => {
  test('hand back what they are handed, in their order', () => {
    checkValues(`
list((1, n))  # reveals: [1, n]
tuple([1, n])  # reveals: [1, n]
list(reversed([1, n]))  # reveals: [n, 1]
sorted([1, n])  # reveals: [1, n, …]
list(reversed([1, *other]))  # reveals: [unknown, 1, …]
len([1, n])  # reveals: 2
len([1, *other])  # reveals: unknown
`);
  });

  test('give the first item of those that are known', () => {
    checkValues(`
next(iter([1, n]))  # reveals: 1
next(iter([1, *other]))  # reveals: 1
next(iter([]))  # reveals: unknown
`);
  });

  test('count', () => {
    checkValues(`
range(3)  # reveals: [0, 1, 2]
range(1, 3)  # reveals: [1, 2]
range(5, 0, -2)  # reveals: [5, 3, 1]
range(3, 1)  # reveals: []
range(n)[0]  # reveals: 0
range(k)  # reveals: [0, 1, 1, …]
range(1, k)  # reveals: [1, 1, 1, …]
range(0, 64)[-1]  # reveals: 63
range(0, 65)  # reveals: unknown
list(enumerate([n, n]))  # reveals: [[0, n], [1, n]]
list(enumerate([n], 1))  # reveals: [[1, n]]
list(enumerate([n], start=k))  # reveals: [[1, n]]
list(enumerate([n, *other]))  # reveals: [[0, n], [1, unknown], …]
list(enumerate([*other]))  # reveals: [[1, unknown], …]
enumerate(other)  # reveals: [[1, unknown], …]
`);
  });

  test('go through several side by side, or one after the other', () => {
    checkValues(`
import itertools
list(zip([1, 2], [n, n, n]))  # reveals: [[1, n], [2, n]]
list(zip([1], other))  # reveals: [[1 or unknown, unknown], …]
zip()  # reveals: unknown
list(itertools.chain([1], [n]))  # reveals: [1, n]
list(itertools.chain([1], other))  # reveals: [1, unknown, …]
`);
  });

  test('apply a function to each, or keep those for which it holds', () => {
    checkValues(`
list(map(lambda x: x * n, [1, 2]))  # reveals: [n, n]
list(map(lambda x: x, [1, *other]))  # reveals: [1, unknown, …]
list(filter(lambda x: x > 1, [1, 2, 3]))  # reveals: [2, 3]
list(filter(lambda x: x > k, [1, 2]))  # reveals: [1, 2, …]
list(filter(None, [1]))  # reveals: [1, …]
list(filter(f, [1]))  # reveals: [1, …]
found = filter(f, other)  # reveals: unknown
`);
  });
});

describe('a dict is made', () => {
  test('of names, of pairs, of another one', () => {
    checkValues(`
dict(a=1, b=n)  # reveals: {a: 1, b: n}
dict()  # reveals: {}
dict([('a', 1), ('b', n)])  # reveals: {a: 1, b: n}
dict({'a': 1}, a=2)  # reveals: {a: 2}
dict(other)  # reveals: {…}
`);
  });

  test('whose entries may not be there, or be others', () => {
    checkValues(`
dict([(key, n)]).get('a', 2)  # reveals: unknown
dict([('a', 1), (key, n)]).get('a', 2)  # reveals: 1 or n
dict([pair for pair in [('a', 1)] if flag]).get('a', 2)  # reveals: 1 or unknown
{key: value for key, value in [('a', 1)] if flag}.get('a', 2)  # reveals: 1 or unknown
{key: value for key, value in [('a', 1)]}.get('a', 2)  # reveals: 1
{key: value for key, value in [('a', 1), (other, 2)]}.get('a', 3)  # reveals: 1 or unknown
`);
  });
});

describe('an attribute by its name', () => {
  const OBJECT = `
class Config:
    std = 1
    def __init__(self):
        self.width = n
        if flag:
            self.bias = 1
config = Config()
`;

  test('is there where the object surely has it', () => {
    checkValues(`${OBJECT}
hasattr(config, 'width')  # reveals: True
hasattr(config, 'bias')  # reveals: unknown
hasattr(config, 'missing')  # reveals: unknown
hasattr(config, name)  # reveals: unknown
hasattr(nn.Linear(n, n), 'weight')  # reveals: True
hasattr(nn.ReLU(), 'weight')  # reveals: False
hasattr(nn.LayerNorm(n), 'elementwise_affine')  # reveals: unknown
`);
  });

  test("is there where the object's own class has it, or the layer that it inherits from", () => {
    checkValues(`
class Tokens(nn.Embedding):
    def __init__(self, rows, columns):
        super().__init__(rows, columns, padding_idx=1)
    def start(self):
        pass
class Act(nn.ReLU):
    pass
hasattr(Tokens(9, n), 'weight')  # reveals: True
hasattr(Tokens(9, n), 'start')  # reveals: True
hasattr(Tokens(9, n), 'scale')  # reveals: unknown
hasattr(Act(), 'weight')  # reveals: False
`);
  });

  test('is what stands under that name, or any module', () => {
    checkValues(`${OBJECT}
getattr(config, 'width')  # reveals: n
getattr(config, 'bias')  # reveals: 1
getattr(torch, 'nn').Linear(n, 2)  # reveals: Linear(n, 2)
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(n, 1)
        self.b = nn.Linear(1, n)
getattr(Net(n), 'a')  # reveals: Linear(n, 1)
getattr(Net(n), name)  # reveals: Linear(n, 1) or Linear(1, n) or unknown
getattr(config, name)  # reveals: unknown
getattr(1, name)  # reveals: unknown
`);
  });

  test('is set, under a name that is not known as under one of its own', () => {
    checkValues(`${OBJECT}
setattr(config, 'width', 2)  # reveals: None
config.width  # reveals: 2
setattr(config, name, n)
config.width  # reveals: 2
`);
  });
});

describe('what something is', () => {
  test('says whether it can be called', () => {
    checkValues(`
class Config: pass
class Scaled:
    def __call__(self, x): return 2 * x
callable(4)  # reveals: False
callable([n])  # reveals: False
callable(lambda: n)  # reveals: True
callable(nn.Linear)  # reveals: unknown
callable(nn.Linear(n, n))  # reveals: True
callable(Config)  # reveals: True
callable(Config())  # reveals: False
callable(Scaled())  # reveals: True
callable(n)  # reveals: unknown

class Net(nn.Module):
    def __init__(self, dim, act):
        callable(dim)  # reveals: False
        callable(act)  # reveals: unknown
        dim * 4

Net(n, n)
`);
  });

  test('is asked of its class and of all that it inherits from', () => {
    checkValues(`
import collections.abc
import itertools
class Base: pass
class Config(Base): pass
class Other: pass
isinstance(Config(), Config)  # reveals: True
isinstance(Config(), Base)  # reveals: True
isinstance(Config(), Other)  # reveals: False
isinstance(Config(), (Other, Base))  # reveals: True
isinstance(nn.Linear(n, n), Config)  # reveals: False
isinstance(nn.Linear(n, n), nn.Linear)  # reveals: True
isinstance(nn.Linear(n, n), (nn.ReLU, Config))  # reveals: False
isinstance(nn.Linear(n, n), nn.Module)  # reveals: True
sum([1, 2, n])  # reveals: n
isinstance(64, int)  # reveals: True
isinstance(2.0, int)  # reveals: False
isinstance(n, int)  # reveals: unknown
isinstance((64, 2), int)  # reveals: False
isinstance((64, 2), (list, tuple))  # reveals: True
isinstance('M', str)  # reveals: True
isinstance((64, 2), collections.abc.Sequence)  # reveals: True
isinstance(2 * n, collections.abc.Iterable)  # reveals: False
isinstance({'a': 1}, collections.abc.Sequence)  # reveals: False
isinstance(nn.Sequential(nn.Linear(n, n)), collections.abc.Iterable)  # reveals: unknown
isinstance(True, int)  # reveals: True
isinstance(64, (int, lib.Int))  # reveals: True
isinstance(64, (str, lib.Int))  # reveals: unknown
isinstance(2 * n, (int, float))  # reveals: True
list(itertools.repeat(n, 3))  # reveals: [n, n, n]
itertools.repeat(n)  # reveals: unknown
'M' == 64  # reveals: False
isinstance(None, (int, str))  # reveals: False
isinstance(nn.Linear(n, n), lib)  # reveals: unknown
isinstance(nn.Linear, str)  # reveals: False
isinstance(nn.Linear, (str, list))  # reveals: False
isinstance(nn.Linear, lib.Int)  # reveals: unknown
isinstance(lib.Int, str)  # reveals: unknown
'batch_norm_2d'.replace('_', '')  # reveals: 'batchnorm2d'
'batch_norm'.replace('_', other)  # reveals: unknown
'batch_norm_2d'.replace('_', '', 1)  # reveals: unknown
isinstance(other, Config)  # reveals: unknown
type(Config())  # reveals: Config
type(nn.Linear(n, n))  # reveals: torch.nn.Linear
type(other)  # reveals: unknown
`);
  });
});

test('a copy is another list, and of a model nothing that is known', () => {
  checkValues(`
import copy
a = [1, [2]]
b = copy.deepcopy(a)
c = b[1]
c.append(n)
a  # reveals: [1, [2]]
b  # reveals: [1, [2, n]]
d = {'x': [1]}
copy.deepcopy(d)['x'].append(2)
d  # reveals: {x: [1]}
copy.deepcopy(nn.Linear(n, n))  # reveals: Linear(n, n)
copy.copy(nn.Linear(n, n))  # reveals: unknown
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(n, n)
        self.b = copy.deepcopy(self.a)
Net(n).b  # reveals: Linear(n, n)
class Config: pass
class Other(nn.Module):
    def __init__(self, n):
        super().__init__()
        one = Config()
        one.std = 2
        other = copy.copy(one)
        other.std = 1
        self.std = one.std
Other(n).std  # reveals: 2
`);
});

describe('what is computed of a number', () => {
  test('goes by operators, however they are written', () => {
    checkValues(`
import operator, functools, fractions
import numpy as np
operator.truediv(1, n)  # reveals: 1/n
functools.reduce(operator.mul, [2, 1 / n, 1 / n])  # reveals: n^-2
functools.reduce(lambda a, b: a * b, [1 / n], 3)  # reveals: 1/n
math.prod([2, n, n])  # reveals: n^2
fractions.Fraction(256, n)  # reveals: 1/n
divmod(n, 4)[0]  # reveals: n
n >> 2  # reveals: n
1 / (n << 1)  # reveals: 1/n
np.float32(1 / n)  # reveals: 1/n
np.divide(1, np.cbrt(n))  # reveals: n^-1/3
`);
  });

  test('is a power where a logarithm is taken back, and unknown where a width is in an exponent', () => {
    checkValues(`
import numpy as np
math.exp(-0.5 * math.log(n))  # reveals: n^-½
2 ** (8 - int(math.log2(n)))  # reveals: 1/n
10 ** -np.log10(n)  # reveals: 1/n
1 << int(math.log(n, 2))  # reveals: n
math.log(n)  # reveals: unknown
math.log(1 + 1 / n)  # reveals: unknown
math.log(k)  # reveals: 1
math.exp(n)  # reveals: unknown
2 ** n  # reveals: unknown
math.exp(-k)  # reveals: 1
`);
  });
});

describe('functions of numbers', () => {
  test('take what they are given by name, or say nothing', () => {
    checkValues(`
import numpy as np
math.prod([n, n])  # reveals: n^2
math.prod([n], start=n)  # reveals: n^2
np.prod([1 / n], initial=n)  # reveals: 1
np.prod([n], where=mask)  # reveals: unknown
np.prod([n], 0)  # reveals: unknown
np.multiply(n, n)  # reveals: n^2
np.multiply(n, n, where=mask)  # reveals: unknown
np.log(2, n)  # reveals: unknown
np.sqrt(n, where=mask)  # reveals: unknown
np.min([1 / n, 2 / n])  # reveals: 1/n
np.max([n, 3 * n], axis=0)  # reveals: unknown
min([1 / n, 3 / n])  # reveals: 1/n
`);
  });
});
