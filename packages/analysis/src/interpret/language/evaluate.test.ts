import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('an expression of which a part may not be evaluated', () => {
  test('is either side of a conditional', () => {
    checkValues(`
a = 0.02 if flag else n ** -0.5
a  # reveals: 0.02 or n^-½
1 if None else 2  # reveals: 2
1 if 3 > 2 else 2  # reveals: 1
(b := 3) if flag else (b := 4)
b  # reveals: 3 or 4
`);
  });

  test('is the side that decides, of a logical one', () => {
    checkValues(`
None or 3  # reveals: 3
0 or n  # reveals: n
2 and n  # reveals: n
0 and n  # reveals: 0
flag or 3  # reveals: unknown
flag and 3  # reveals: unknown
k or 3  # reveals: k
k or n  # reveals: k or n
flag and False  # reveals: False
flag or True  # reveals: True
`);
  });

  test('may have its effects', () => {
    checkValues(`
a = 1
flag and (a := 2)
a  # reveals: 2 or 1
b = nn.Linear(n, n)
nn.init.zeros_(b.weight) if flag else nn.init.ones_(b.bias)
b.weight  # reveals: ~0 or ~n^-½
`);
  });
});

describe('numbers', () => {
  test('are computed with', () => {
    checkValues(`
(n + 1) * n / 2  # reveals: n^2
n ** 0.5 * 3  # reveals: n^½
n ** -0.5  # reveals: n^-½
-n  # reveals: n
n // 2  # reveals: n
n % 2  # reveals: 1
7 % 2  # reveals: 1
k + n % k  # reveals: 1
2 % n  # reveals: unknown
n ** k  # reveals: unknown
max(n, 2)  # reveals: n
min(n, 2)  # reveals: 1
math.log(n)  # reveals: unknown
0 * n  # reveals: 0
n - n  # reveals: unknown
`);
  });

  test('may cancel where one is taken from another, whichever sign is written', () => {
    checkValues(`
n - n  # reveals: unknown
n + -n  # reveals: unknown
n - -n  # reveals: n
n + -(-n)  # reveals: n
n - -(-n)  # reveals: unknown
n + -1 * n  # reveals: unknown
n - n / -2  # reveals: n
2 - -(-2)  # reveals: 0
`);
  });

  test('that would be endless are unknown', () => {
    checkValues(`
d = n
for i in range(8): d = d + d
d  # reveals: n
for i in range(50): d = d + d
d  # reveals: unknown
`);
  });
});

describe('texts', () => {
  test('have what is looked for at a place, or at none', () => {
    checkValues(`
'BatchNorm2d'.find('Norm')  # reveals: 5
n if 'BatchNorm2d'.find('Norm') != -1 else 1  # reveals: n
n if 'BatchNorm2d'.find('Conv') != -1 else 1  # reveals: 1
n if 'BatchNorm2d'.find('Conv') == -1 else 1  # reveals: n
n if 'BatchNorm2d'.find('Conv') >= 0 else 1  # reveals: 1
n if word.find('Conv') != -1 else 1  # reveals: n or 1
`);
  });

  test('are known, but for those that are computed or endless', () => {
    checkValues(`
'a' + 'b'  # reveals: 'ab'
'Ab'.lower()  # reveals: 'ab'
'abc'.startswith('a')  # reveals: True
'abc'.endswith(('b', 'c'))  # reveals: True
'abc'.startswith(('b', 'c'))  # reveals: False
'a.b'.split('.')  # reveals: ['a', 'b']
f'{n}'  # reveals: unknown
t = 'ab'
for i in range(60): t = t + t
t  # reveals: unknown
`);
  });
});

describe('dicts', () => {
  test('have the last of several entries', () => {
    checkValues(`
e = dict(a=1, b=2)
{**e, 'a': 3}  # reveals: {a: 3, b: 2}
{'a': 3, **e}  # reveals: {a: 1, b: 2}
e['c'] = 4
e  # reveals: {a: 1, b: 2, c: 4}
e['d']  # reveals: unknown
e.get('d', 5)  # reveals: 5
`);
  });

  test('may have any entries of another one that is not known', () => {
    checkValues(`
d = {'a': 1, **other, 'b': 2}
d  # reveals: {a: 1 or unknown, b: 2, …}
d.get('a')  # reveals: 1 or unknown
d.get('b')  # reveals: 2
d.get('c', 3)  # reveals: unknown
for key in {**other}: pass
key  # reveals: key
`);
  });

  test('may have any entry replaced by one whose key is not known', () => {
    checkValues(`
d = {'a': 1}
d[key] = n
d  # reveals: {a: 1 or n, …}
{'a': 1, key: 2}  # reveals: {a: 1 or 2, …}
{'a': 1, 7: 2}['a']  # reveals: 1
`);
  });
});

describe('names', () => {
  test('that some function sets from afar may be out of date', () => {
    checkValues(`
std = 1
def f():
    global std
    std = n
f()
std  # reveals: 1 or unknown
`);
  });

  test('that nothing defines are unknown, and what they hold is a number of its own', () => {
    checkValues(`
missing  # reveals: unknown
missing.width  # reveals: missing.width
missing.width * n  # reveals: n^2
lib.f(3)  # reveals: unknown
math.pi * n  # reveals: n
`);
  });

  test('of a method that a value does not have give nothing', () => {
    checkValues(`
(1).real  # reveals: unknown
'a'.missing()  # reveals: unknown
[1].count(1)  # reveals: unknown
nn.Linear(n, n).missing  # reveals: unknown
class Config: pass
Config().missing  # reveals: unknown
`);
  });
});
