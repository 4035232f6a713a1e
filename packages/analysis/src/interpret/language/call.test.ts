import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

/** f1 calls f0, f2 calls f1, and so on. */
function chainOf(length: number): string {
  const calls = Array.from({ length }, (_, index) => `def f${index + 1}(x): return f${index}(x)\n`);
  return `def f0(x): return x\n${calls.join('')}`;
}

describe('a call is followed', () => {
  test('as deep as models nest', () => {
    checkValues(`${chainOf(28)}
f4(n)  # reveals: n
f23(n)  # reveals: n
`);
    checkValues(`${chainOf(28)}
f24(n)  # reveals: unknown
`);
  });

  test('into itself once', () => {
    checkValues(`
def f(d):
    if d == 0: return n
    return f(d - 1)
f(0)  # reveals: n
f(1)  # reveals: n
f(3)  # reveals: unknown
def g(x): return g(x) * n
g(1)  # reveals: unknown
`);
  });

  test('with what it is given, its defaults, and what may be more', () => {
    checkValues(`
def f(a, b=2, *rest, c=3, **named): return [a, b, rest, c, named]
f(n)  # reveals: [n, 2, [], 3, {}]
f(1, n, 4, c=5, d=6)  # reveals: [1, n, [4], 5, {d: 6}]
f(*xs)  # reveals: [unknown, unknown, […], unknown, {…}]
f(1, **xs)  # reveals: [1, xs.b, […], xs.c, {…}]
g = lambda x, s=2: x * s
g(n)  # reveals: n
g(n, 1 / n)  # reveals: 1
`);
  });

  test('to each function that a name may stand for', () => {
    checkValues(`
def f(x): return x
def g(x): return x * n
h = f if flag else g
h(2)  # reveals: 2 or n
`);
  });

  test('to what changes its objects', () => {
    checkValues(`
class Config: pass
def f(c): c.a = n
c = d = Config()
c.a = 1
f(c)
d.a  # reveals: n
`);
  });
});

describe('a class', () => {
  test('is read with what it inherits', () => {
    checkValues(`
class Base:
    std = 0.02
    def __init__(self, s): self.s = s
    def twice(self): return self.s * 2
    @property
    def root(self): return self.s ** 0.5
class Own(Base):
    def __init__(self, s): super().__init__(s * n)
o = Own(3)
o.std  # reveals: 0.02
o.s  # reveals: n
o.twice()  # reveals: n
o.root  # reveals: n^½
`);
  });

  test('keeps its own value where an object may have none', () => {
    checkValues(`
class Config:
    std = 0.02
    def __init__(self):
        if flag: self.std = n
c = Config()
c.std  # reveals: n or 0.02
c.std = 1
c.std  # reveals: 1
`);
  });
});

describe('a default is what it was where the function was made:', () => {
  test('of a lambda, and of a function in another one', () => {
    checkValues(`
def made(k):
    f = lambda x=k: x
    def g(x=k): return x
    k = 2
    return [f(), g(), f(3)]
made(n)  # reveals: [n, n, 3]
`);
  });

  test('in a loop, that of each round', () => {
    checkValues(`
def made():
    all = []
    for i in [1, n]: all.append(lambda x=i: x)
    return [all[0](), all[1]()]
made()  # reveals: [1, n]
`);
  });
});

describe('a function sees the names around it as they are when it is called:', () => {
  test('in a loop, those of the last round', () => {
    checkValues(`
def one():
    made = []
    for i in [1, 2]: made.append(lambda: i)
    return made[0]()  # reveals: 2
one()
def any(times):
    std = 1
    made = []
    for i in range(times):
        std = 2
        made.append(lambda: std)
    std = n
    return made[0]()  # reveals: n
any(k)
made = []
for i in [1, 2]: made.append(lambda: i)
made[0]()  # reveals: 2
i = n
made[0]()  # reveals: n
`);
  });

  test('after a branch in which it was made', () => {
    checkValues(`
def outer():
    std = 1
    def late(): return scale
    if flag:
        f = lambda: std
    else:
        def f(): return std
    std = n
    scale = n
    return f(), late()  # reveals: [n, n]
outer()
`);
  });

  test('wherever that is, as far as is known', () => {
    checkValues(`
def call(f): return f()
def made(std):
    def f(): return std
    return f
made(n)()  # reveals: n
def outer():
    std = 1
    if flag: f = lambda: std
    else: f = lambda: std
    std = n
    return f
call(outer())  # reveals: 1 or n
def within():
    std = 1
    g = None
    def inner(): return lambda: std
    f = inner()
    std = n
    return call(f)
within()  # reveals: 1 or n
`);
  });

  test('but for those that a function between has as its own', () => {
    checkValues(`
def outer():
    def made(std):
        gain = 2
        def f(): return std, gain
        return f
    all = []
    for std in [1, n]: all.append(made(std))
    gain = n
    return all[0]()  # reveals: [1, 2]
outer()
def shared():
    def made(other):
        def f(): return std
        return f
    std = 1
    f = made(std)
    std = n
    return call(f)
def call(f): return f()
shared()  # reveals: 1 or n
`);
  });

  test('in a comprehension, those of its last item', () => {
    checkValues(`
def outer():
    made = [lambda: i for i in [1, 2]]
    i = n
    return made[0]()
outer()  # reveals: 2
`);
  });
});

test('a parameter has its default where the list that is handed over may end before it', () => {
  checkValues(`
def f(q, r=3): return r
f(*[1, n])  # reveals: n
f(*[1, n][:1])  # reveals: 3
f(*[1, n][:k])  # reveals: n or unknown
`);
});

test('a field that a class computes is what it is made of, not a setting', () => {
  checkValues(`
class Config:
    std = n ** -0.5
    scale = 2 * 0.5
    width = 64
Config().std  # reveals: n^-½
Config().scale  # reveals: Config.scale
Config().width  # reveals: Config.width
def f(width):
    class Local:
        std = width ** -0.5
    return Local().std  # reveals: n^-½
f(n)
`);
});

test('some arguments of a call may be there before the others', () => {
  checkValues(`
import functools
from functools import partial
Linear = partial(nn.Linear, bias=False)
Linear(n, 4)  # reveals: Linear(n, 4)
Linear(n, 4).bias  # reveals: None
partial(nn.Linear, n)(4)  # reveals: Linear(n, 4)
partial(Linear, n)(4).bias  # reveals: None
Linear(n, 4, bias=True).in_features  # reveals: n
def f(a, b, c=3): return [a, b, c]
functools.partial(f, 1, c=n)(2)  # reveals: [1, 2, n]
partial(f, 1, c=n)(2, c=4)  # reveals: [1, 2, 4]
class Config:
    def __init__(self, width): self.width = width
partial(Config, width=n)().width  # reveals: n
one = nn.Linear(n, 4)
partial(nn.init.normal_, std=0.02)(one.weight)
one.weight  # reveals: ~0.02
def init(module, std):
    if isinstance(module, nn.Linear): nn.init.normal_(module.weight, std=std)
one.apply(partial(init, std=3))
one.weight  # reveals: ~3
INITS = {'small': partial(nn.init.normal_, std=0.5), 'none': nn.init.zeros_}
INITS['small'](one.weight)
one.weight  # reveals: ~0.5
def block(size, layer=partial(nn.Linear, bias=False)): return layer(size, size)
block(n)  # reveals: Linear(n, n)
make = partial(nn.Linear, n) if flag else partial(nn.Linear, 2 * n)
make(4)  # reveals: Linear(n, 4)
make = partial(nn.Linear, n) if flag else partial(nn.Linear, 2)
make(4)  # reveals: Linear(n, 4) or Linear(2, 4)
partial(unread, one)
one.weight  # reveals: ~0.5
partial(unread, one)()
one.weight  # reveals: ~unknown
`);
});
