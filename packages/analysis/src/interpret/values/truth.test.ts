import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a condition', () => {
  test('is known where all alternatives say the same', () => {
    checkValues(`
mode = 'a' if flag else 'b'
mode == 'a'  # reveals: unknown
mode == 'c'  # reveals: False
mode != 'c'  # reveals: True
not mode  # reveals: False
m = nn.Linear(n, n) if flag else nn.ReLU()
isinstance(m, nn.Linear)  # reveals: unknown
isinstance(m, nn.Embedding)  # reveals: False
m is None  # reveals: False
`);
  });

  test('is known of a dict by whether it has entries', () => {
    checkValues(`
def given(**named): return not named
given()  # reveals: True
given(a=1)  # reveals: False
given(**settings)  # reveals: unknown
full = {'a': 1} if flag else {}
not full  # reveals: unknown
`);
  });

  test('is known of numbers that the code spells out', () => {
    checkValues(`
1 < 2 < 3  # reveals: True
1 < 2 > 3  # reveals: False
n < 2  # reveals: unknown
1 < 2 < n  # reveals: unknown
(1 if flag else 5) < 3  # reveals: unknown
2 in (1, 2)  # reveals: True
3 in (1, 2)  # reveals: False
3 not in (1, n)  # reveals: unknown
'w' in 'aw'  # reveals: True
`);
  });

  test('is known of a number that is compared with itself under another name', () => {
    checkValues(`
def size_of(d, k=None):
    k = k if k is not None else d
    same = k == d
    return (same, k != d, k <= d, k < 2 * d)
size_of(n)[0]  # reveals: True
size_of(n)[1]  # reveals: False
size_of(n)[2]  # reveals: True
size_of(n)[3]  # reveals: unknown
size_of(n, m)[0]  # reveals: unknown
`);
  });

  test('is known of shapes: those of multiples of one size are not the same', () => {
    checkValues(`
(n, 2 * n) == (n, 2 * n)  # reveals: True
(n, n) == (n, 4 * n)  # reveals: False
(n, n) == (n,)  # reveals: False
(n, 2) == (2, n)  # reveals: unknown
(n, m) == (n, m)  # reveals: unknown
nn.Linear(n, 4 * n).weight.shape == nn.Linear(n, n).weight.shape  # reveals: False
`);
  });

  test('is known of layers, objects and parameters that are or are not one', () => {
    checkValues(`
one = nn.Linear(n, n)
other = nn.Linear(n, n)
one is one  # reveals: True
one is not other  # reveals: True
one in (other, one)  # reveals: True
one not in [other]  # reveals: True
one.weight is one.weight  # reveals: True
one.weight is other.weight  # reveals: False
one.weight[:2] is one.weight  # reveals: unknown
one.weight == other.weight  # reveals: unknown
`);
  });

  test('is known of what is computed, which is not None', () => {
    checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, n)
    def forward(self, x):
        x is None  # reveals: unknown
        self.fc(x) is None  # reveals: False
Net(n)(x)
`);
  });

  test('is known of what is something, or nothing', () => {
    checkValues(`
not None  # reveals: True
not []  # reveals: True
not [*xs]  # reveals: unknown
not flag  # reveals: unknown
n is None  # reveals: unknown
flag is None  # reveals: unknown
1 is not None  # reveals: True
`);
  });
});
