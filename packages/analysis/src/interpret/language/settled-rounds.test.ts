import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a loop that counts and only shows the count', () => {
  test('ends as its last round would where its rounds leave all alike', () => {
    checkValues(`
class State: pass
s = State()
for i in range(9):
    std = 1 / math.sqrt(n)
    s.last = [std, {'std': std}]
    print(i, f'{i}: {std}')
std  # reveals: n^-½
s.last[0]  # reveals: n^-½
i  # reveals: 8
`);
  });

  test('takes no more work for more rounds', () => {
    checkValues(`
for i in range(300):
    for j in range(300):
        for k in range(300): std = 1 / math.sqrt(n)
std  # reveals: n^-½
`);
  });

  test('goes through all rounds where one moves something', () => {
    checkValues(`
c, kept, w = 1, [], torch.ones(n)
shared = nn.Linear(n, n)
parts = nn.ModuleList()
for i in range(9):
    c = c * 2
    print(i)
for i in range(9): kept.append(0.5)
for i in range(9): parts.append(shared)
for i in range(2): w = w * 0.5
for i in range(9): w = w * 0.5
p = nn.Parameter(w)
c  # reveals: 512
len(kept)  # reveals: 9
len(parts)  # reveals: 9
p  # reveals: ~0.00048828125
`);
  });

  test('goes through all rounds where the count picks what is done, also by a text or in a function', () => {
    checkValues(`
class State: pass
s = State()
for i in range(9):
    if f'a{i}' == 'a7': s.a = 7
def chosen(count):
    if count == 7: s.b = 7
for j in range(9): print(f'{chosen(j)}')
def late():
    if m == 7: s.c = 7
for m in range(9): late()
def outer():
    def inner():
        if q == 7: s.d = 7
    for q in range(9): inner()
outer()
s.a  # reveals: 7
s.b  # reveals: 7
s.c  # reveals: 7
s.d  # reveals: 7
`);
  });

  test('goes through all rounds where print is a function of its own', () => {
    checkValues(`
class State: pass
s = State()
def print(i):
    if i == 7: s.a = 7
for i in range(9): print(i)
s.a  # reveals: 7
`);
  });
});
