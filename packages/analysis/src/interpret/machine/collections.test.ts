import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a list', () => {
  test('is what was put in', () => {
    checkValues(`
xs = [1]
xs.append(2)
xs.extend([3, 4])
xs  # reveals: [1, 2, 3, 4]
xs.insert(0, 5)
xs  # reveals: [5, 1, 2, 3, 4]
xs.reverse()
xs[0]  # reveals: 4
xs.clear()
xs  # reveals: []
(1, 2) + (3,)  # reveals: [1, 2, 3]
[1, 2] * 2  # reveals: [1, 2, 1, 2]
[0, *(1, 2)]  # reveals: [0, 1, 2]
list(reversed([1, 2]))  # reveals: [2, 1]
`);
  });

  test('is open where its length is not known', () => {
    checkValues(`
[1] * k  # reveals: [1, 1, …]
[1] * 20  # reveals: [1, 1, …]
[*xs, 1]  # reveals: [unknown, 1, …]
ys = [1]
ys.extend(xs)
ys  # reveals: [1, unknown, …]
len(ys)  # reveals: unknown
2 in ys  # reveals: unknown
1 in ys  # reveals: True
sorted([2, 1])[0]  # reveals: 2 or 1
[1, 2, 3][k:]  # reveals: [1, 2, 3, …]
`);
  });

  test('has lost the item that is taken out of a place', () => {
    checkValues(`
xs = [1, 2, 3]
y = xs.pop()
y  # reveals: 3
xs  # reveals: [1, 2]
xs.pop(0)  # reveals: 1
xs  # reveals: [2]
`);
  });

  test('may have lost any item that is taken out', () => {
    checkValues(`
xs = [1, 2]
y = xs.pop(k)
y  # reveals: 1 or 2 or unknown
xs  # reveals: [1, 2, …]
xs.pop()  # reveals: 1 or 2 or unknown
zs = [1, 2]
zs.remove(1)
zs[0]  # reveals: 1 or 2
`);
  });

  test('may be any of those that a condition gives', () => {
    checkValues(`
xs = [1] if flag else [n]
xs.append(3)
xs  # reveals: [1, 3] or [n, 3]
ys = [1]
if flag: ys.append(n)
ys.append(3)
ys  # reveals: [1, n, 3, …]
`);
  });

  test('is the same under each of its names', () => {
    checkValues(`
xs = ys = [1]
zs = list(xs)
xs.append(2)
ys  # reveals: [1, 2]
zs  # reveals: [1]
class Config: pass
c = Config()
c.sizes = xs
xs[0] = n
c.sizes  # reveals: [n, 2]
d = e = {'a': 1}
d['b'] = 2
e  # reveals: {a: 1, b: 2}
`);
  });

  test('that grows for ever is open', () => {
    checkValues(`
xs = [1]
for i in range(40): xs = xs + xs
len(xs)  # reveals: unknown
`);
  });
});

test('a list is repeated as often as is known', () => {
  checkValues(`
[1, n] * 2  # reveals: [1, n, 1, n]
[n] * 0  # reveals: []
[n] * -1  # reveals: []
[n] * 16  # reveals: [${Array(16).fill('n').join(', ')}]
[n] * 17  # reveals: [n, n, …]
[n] * k  # reveals: [n, n, …]
`);
});

describe('an item', () => {
  test('is known by its place, or may be any', () => {
    checkValues(`
xs = [1, n]
xs[0]  # reveals: 1
xs[-1]  # reveals: n
xs[k]  # reveals: 1 or n
xs[7]  # reveals: 1 or n
layers = nn.ModuleList([nn.Linear(4, n), nn.Linear(n, 2)])
layers[0]  # reveals: Linear(4, n)
layers[-1]  # reveals: Linear(n, 2)
layers[k]  # reveals: Linear(4, n) or Linear(n, 2) or unknown
`);
  });

  test('goes to each of several names', () => {
    checkValues(`
a, b = 1, n
b  # reveals: n
a, *c = 1, 2, 3
c  # reveals: [2, 3]
(a, b), c = (1, 2), n
b  # reveals: 2
a, b = 1, 2, 3
a  # reveals: unknown
a, b = [*xs]
a  # reveals: unknown
`);
  });
});

describe('what goes through lists', () => {
  test('takes as many items as the shortest has', () => {
    checkValues(`
zip([1, 2], [3, 4])  # reveals: [[1, 3], [2, 4]]
zip([1, 2, 3], [4])  # reveals: [[1, 4]]
zip([1, n], xs)  # reveals: [[1 or n or unknown, unknown], …]
zip([1, n], [2 for x in xs])  # reveals: [[1 or n or unknown, 2 or unknown], …]
enumerate([5, 6])  # reveals: [[0, 5], [1, 6]]
enumerate([*xs])  # reveals: [[1, unknown], …]
range(3)  # reveals: [0, 1, 2]
range(1, 6, 2)  # reveals: [1, 3, 5]
range(k)  # reveals: [0, 1, 1, …]
`);
  });
});

test('a slice of a list has the items between its bounds', () => {
  checkValues(`
dims = [16, n, 2 * n, 4]
dims[1:]  # reveals: [n, n, 4]
dims[:-1]  # reveals: [16, n, n]
dims[1:-1]  # reveals: [n, n]
dims[-2:]  # reveals: [n, 4]
dims[::2]  # reveals: [16, n]
dims[::-1]  # reveals: [4, n, n, 16]
dims[:]  # reveals: [16, n, n, 4]
dims[7:]  # reveals: []
dims[k:]  # reveals: [16, n, n, 4, …]
[*dims, *other][1:]  # reveals: [n, n, 4, unknown, …]
list(zip(dims[:-1], dims[1:]))  # reveals: [[16, n], [n, n], [n, 4]]
nn.Sequential(*[nn.Linear(a, b) for a, b in zip(dims, dims[1:])])[2]  # reveals: Linear(n, 4)
layers = nn.ModuleList([nn.Linear(8, n), nn.Linear(n, 2)])
layers[-1]  # reveals: Linear(n, 2)
layers[1:]  # reveals: [Linear(n, 2)]
`);
});

test('a list may be changed in place, a tuple may not', () => {
  checkValues(`
a = [1]
b = a
b += [n]
a  # reveals: [1, n]
t = (1,)
u = t
u += (n,)
t  # reveals: [1]
u  # reveals: [1, n]
v = tuple([1])
w = v
w += (n,)
v  # reveals: [1]
x = [1, 2, 3]
x[0:2] = [n]
x[0]  # reveals: 1 or 2 or 3 or n
y = [1, 2]
y[1] = n
y[-2] = 3
y  # reveals: [3, n]
y[k] = 5
y[0]  # reveals: 3 or n or 5
`);
});

test('a dict may have numbers, modules and parameters for its keys', () => {
  checkValues(`
sizes = {1: n, 2: 4}
sizes[1]  # reveals: n
sizes[k]  # reveals: n or 4
list(sizes)  # reveals: [1, 2]
one, two = nn.Linear(8, n), nn.Linear(n, 8)
stds = {one: 0.5, two: 1 / n}
stds[one]  # reveals: 0.5
for layer, std in stds.items():
    nn.init.normal_(layer.weight, std=std)
one.weight  # reveals: ~0.5
two.weight  # reveals: ~1/n
stds[nn.Linear(n, n)] = 3
len(stds)  # reveals: 3
for layer in stds: layer  # reveals: Linear(8, n) or Linear(n, 8) or Linear(n, n)
by = {p: s for p, s in [(one.weight, 2), (two.weight, 3)]}
by[two.weight]  # reveals: 3
None in {None: n}  # reveals: unknown
{None: n}[None]  # reveals: n
{str(i): n for i in range(2)}['1']  # reveals: n
`);
});

test('a dict of modules has those that the code puts in', () => {
  checkValues(`
some = nn.ModuleDict({str(i): nn.Linear(n, n) for i in range(4) if i % 2 == 0})
'2' in some  # reveals: True
'1' in some  # reveals: False
'1' not in some  # reveals: True
others = nn.ModuleDict({str(i): nn.Linear(n, n) for i in range(count)})
'1' in others  # reveals: unknown
if flag:
    some['1'] = nn.Linear(n, n)
'1' in some  # reveals: unknown
`);
});

describe('a dict that makes its entries', () => {
  test('has an empty one for a key that it is asked for', () => {
    checkValues(`
from collections import defaultdict
groups = defaultdict(list)
groups['a'].append(1)
groups['b'].append(2)
groups['a'].append(3)
groups['a']  # reveals: [1, 3]
groups['b']  # reveals: [2]
[k for k, v in groups.items()]  # reveals: ['a', 'b']
counts = defaultdict(lambda: 5)
counts['x']  # reveals: 5
counts['x'] = 6
counts['x']  # reveals: 6
`);
  });

  test('has what is not known for a key that is not known', () => {
    checkValues(`
from collections import defaultdict
groups = defaultdict(list)
groups['a'].append(1)
groups[k].append(2)
groups['b']  # reveals: unknown
`);
  });
});

describe('a dict with numbers for keys', () => {
  test('says of a number whether it is one of them', () => {
    checkValues(`
d = {1: 5, 'a': 6}
1 in d  # reveals: True
2 in d  # reveals: False
2 not in d  # reveals: True
k in d  # reveals: unknown
e = {1: other(), **more}
1 in e  # reveals: unknown
2 in e  # reveals: unknown
f = {k: 5}
1 in f  # reveals: unknown
`);
  });

  test('gives the numbers that it has where it is not known which is meant', () => {
    checkValues(`
d = {k: 5}
d[k]  # reveals: 5
d[j]  # reveals: 5
d[3]  # reveals: unknown
d[j] = 6
d[k]  # reveals: 5 or 6
d[k] = other()
d[k]  # reveals: unknown
{k: 5, **more}[k]  # reveals: unknown
{**more, k: 5}[k]  # reveals: unknown
`);
  });
});
