import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('if joins its branches', () => {
  test('unless its condition is known', () => {
    checkValues(`
std = 1
if flag: std = n
std  # reveals: n or 1
if 3 > 4: a = 2
else: a = 5
a  # reveals: 5
if flag: pass
elif k: a = 6
else: a = 7
a  # reveals: 5 or 6 or 7
`);
  });

  test('and has in each what holds there', () => {
    checkValues(`
if flag:
    a = 1
    a  # reveals: 1
else:
    a = 2
    a  # reveals: 2
if 1 > 2:
    a  # reveals: not reached
`);
  });

  test('however many there are', () => {
    const more = Array.from({ length: 80 }, (_, at) => `elif mode == ${at}: std = 1\n`).join('');
    checkValues(`
if flag: std = 1
${more}else: std = 2
std  # reveals: 1 or 2
`);
  });

  test('of which one that returns or raises is left out', () => {
    checkValues(`
def f(x):
    std = 0.02
    if x: raise ValueError
    else: std = n
    return std
f(flag)  # reveals: n
def g(x):
    if x: return 2
    return 3
g(flag)  # reveals: 2 or 3
def h(x):
    if x: return 2
h(flag)  # reveals: 2 or None
`);
  });
});

describe('match joins its cases', () => {
  test('and what was before, unless the last takes everything', () => {
    checkValues(`
std = 0
match mode:
    case 'a': std = 1
    case 'b': std = 2
std  # reveals: 1 or 2 or 0
match mode:
    case 'a': std = 3
    case _: std = 4
std  # reveals: 3 or 4
match mode:
    case 'a': std = 5
    case _ if flag: std = 6
std  # reveals: 5 or 6 or 3 or 4
`);
  });

  test('of which each may give names', () => {
    checkValues(`
other = 2
match mode:
    case 'a': std = 1
    case other: std = other
std  # reveals: 1 or unknown
match mode:
    case {'std': other, **rest}: std = other
    case [other, *rest]: std = rest
    case nn.Linear(bias=other) as layer: std = layer
    case _: std = 3
std  # reveals: unknown or 3
nn.Linear  # reveals: torch.nn.Linear
`);
  });
});

describe('try', () => {
  test('runs its body once', () => {
    checkValues(`
b = nn.Linear(n, n)
try: b.weight.data.mul_(n)
except ValueError: pass
b.weight  # reveals: ~n^½ or ~n^-½
xs = []
try: xs.append(1)
except ValueError: xs.append(2)
xs  # reveals: [1, 2, …]
`);
  });

  test('lets a handler have any state that the body may have left', () => {
    checkValues(`
std = 1
try:
    std = 2
    load()
    std = 3
    if flag:
        std = 4
        load()
        std = 5
except ValueError:
    std  # reveals: 1 or 2 or 3 or 4 or 5
std  # reveals: 5 or 3 or 1 or 2 or 4
`);
  });

  test('joins its body and its handlers, of which some do not go on', () => {
    checkValues(`
try: a = 1
except KeyError: a = 2
except ValueError: a = 3
a  # reveals: 1 or 2 or 3
def f():
    try:
        return load()
    except OSError:
        return 2
    return 3
f()  # reveals: unknown or 2
def g():
    try: a = 1
    except OSError: raise
    return a
g()  # reveals: 1
`);
  });

  test('has an else for its body alone, and a finally for all', () => {
    checkValues(`
try:
    import lib
    std = 2
except ImportError:
    std = 3
else:
    std  # reveals: 2
    std = 4
finally:
    other = 5
std  # reveals: 4 or 3
other  # reveals: 5
`);
  });

  test('within another one may fail into that one, too', () => {
    checkValues(`
try:
    try:
        a = 1
        load()
        a = 2
    except KeyError: pass
    a = 3
except ValueError:
    a  # reveals: 1 or 2 or 3
`);
  });
});

describe('with', () => {
  test('runs its body', () => {
    checkValues(`
with torch.no_grad() as guard, open(path):
    a = 2
a  # reveals: 2
`);
  });
});

describe('an augmented assignment', () => {
  test('computes from what was there', () => {
    checkValues(`
a = 2
a *= n
a  # reveals: n
a **= 0.5
a  # reveals: n^½
a += 1
a  # reveals: n^½
b = n if flag else 1
b /= n
b  # reveals: 1 or 1/n
xs = [1]
xs += [2]
xs  # reveals: [1, 2]
`);
  });

  test('scales a weight, or leaves it unknown', () => {
    checkValues(`
b = nn.Linear(n, n)
with torch.no_grad(): b.weight *= n
b.weight  # reveals: ~n^½
b.weight.data /= n
b.weight  # reveals: ~n^-½
b.weight += 1
b.weight  # reveals: ~unknown
`);
  });
});

describe('del', () => {
  test('leaves nothing that is known', () => {
    checkValues(`
a = b = 2
del a
a  # reveals: unknown
b  # reveals: 2
d = {'a': 1, 'b': 2}
del d['a']
d.get('a', 3)  # reveals: unknown
d['b']  # reveals: 2
`);
  });
});

describe('a file that takes too many steps', () => {
  test('says nothing more from there on', () => {
    checkValues(`
a = 1
a  # reveals: 1
def spin(d):
    for i in range(60):
        for j in range(60):
            for l in range(60):
                if i == j == l: pass
    return d
spin(1)
b = 2
b  # reveals: not reached
`);
  });
});

test('what a star takes of a tuple leaves the others in their places, however long it is', () => {
  checkValues(`
def give(x):
    if asked:
        return x, [1]
    return x,
first, *rest = give(nn.Linear(n, 4))
first  # reveals: Linear(n, 4)
*most, last = (1, n, 'end')
last  # reveals: 'end'
most  # reveals: [1, n]
head, *between, tail = [nn.Linear(n, n), nn.ReLU(), nn.Linear(n, 4)]
between  # reveals: [ReLU()]
tail  # reveals: Linear(n, 4)
a, *others, b = (n,)
b  # reveals: unknown
`);
});
