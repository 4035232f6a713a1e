import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a list or dict is one object, whoever changes it:', () => {
  test('in a list that holds it', () => {
    checkValues(`
groups = [{'lr': 1} for i in range(2)]
for g in groups: g['lr'] = 1 / n
groups[0]['lr']  # reveals: 1/n
`);
  });

  test('in a part of a list that holds it', () => {
    checkValues(`
groups = [{'lr': 1} for i in range(2)]
for g in groups[1:]: g['lr'] = 1 / n
groups[1]['lr']  # reveals: 1/n
`);
  });

  test('a function that was handed it', () => {
    checkValues(`
def fill(xs, c):
    xs.append(2)
    if flag: c['std'] = n
xs = [1]
c = {'std': 0.5}
fill(xs, c)
xs  # reveals: [1, 2]
c['std']  # reveals: n or 0.5
`);
  });

  test('a function in which it is known', () => {
    checkValues(`
def outer():
    c = {'std': 0.5}
    def set_it(): c['std'] = n
    set_it()
    return c['std']
outer()  # reveals: n
`);
  });

  test('but not a copy of it', () => {
    checkValues(`
c = {'std': 0.5}
d = dict(c)
d['std'] = n
c['std']  # reveals: 0.5
`);
  });
});

test('a dict is what its methods have made of it', () => {
  checkValues(`
c = {'std': 0.5}
c.update(std=n)
c['std']  # reveals: n
c.update({'std': 2})
c['std']  # reveals: 2
c.setdefault('std', 3)  # reveals: 2
c.pop('std')  # reveals: 2
c.get('std', 4)  # reveals: 4
`);
});

test('an item is inserted where the code says', () => {
  checkValues(`
xs = [1, 2]
xs.insert(1, 3)
xs[0]  # reveals: 1
xs[1]  # reveals: 3
`);
});

test('a class has what is assigned to it, an object of it what the class has and is not known', () => {
  checkValues(`
class C:
    std = 0.5
C.std = n
C.std  # reveals: n or 0.5
def f(w):
    class D:
        std = w
        def __init__(self):
            if flag: self.std = 0.02
    return D().std
f(n)  # reveals: 0.02 or unknown
`);
});

test('only the list that a condition chooses is added to', () => {
  checkValues(`
xs, ys = [], []
(xs if flag else ys).append(n)
len(xs)  # reveals: unknown
len(ys)  # reveals: unknown
zs = []
(zs if True else xs).append(2)
zs[0]  # reveals: 2
`);
});

test('a generator gives what is gone through, not what its body returns', () => {
  checkValues(`
def spread():
    for q in extras: yield 1 / n
    yield 2.0
std = 0.5
for std in spread(): pass
std  # reveals: 0.5 or unknown
`);
});

test('a key that is not known may be any key of a dict, or none', () => {
  checkValues(`
c = {'a': 1 / n, 'b': 2}
c.get(flag, 0.5)  # reveals: 1/n or 2 or 0.5
c.get('a', 0.5)  # reveals: 1/n
c.get('z', 0.5)  # reveals: 0.5
`);
});
