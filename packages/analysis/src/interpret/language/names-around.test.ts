import { test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

test('a function that a loop at the top of a module calls sees the names that the round has given values', () => {
  checkValues(`
for attempt in range(2):
    std = n ** -0.5
    def start(): return std
    begun = start()
    begun  # reveals: n^-½
for item in items:
    size = n
    def count(): return size
    count()  # reveals: n
`);
});

test('and one that a way of a condition calls those of that way alone', () => {
  checkValues(`
std = 0.02
def start(): return std
if flag:
    std = n ** -0.5
    start()  # reveals: n^-½
else:
    start()  # reveals: 0.02
start()  # reveals: n^-½ or 0.02
`);
});

test('what a comprehension goes through hides no name of the module from a function', () => {
  checkValues(`
size = n
def count(): return size
for item in items:
    sizes = [count() for size in (1, 2)]
    sizes[0]  # reveals: n
`);
});
