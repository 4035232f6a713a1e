import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a comprehension', () => {
  test('has what is known, or twice what stands for all', () => {
    checkValues(`
[x * n for x in (1, 2)]  # reveals: [n, n]
[2 for x in xs]  # reveals: [2, 2, …]
[x for x in (1, 2) if x > 1]  # reveals: [2]
[x for x in (1, 2) if flag]  # reveals: [1, 2, …]
[nn.Linear(n, x) for x in (1, 2) if flag]  # reveals: [Linear(n, 1) or unknown, Linear(n, 2) or unknown, …]
{a: 2 for a in ('x', 'y')}  # reveals: {x: 2, y: 2}
{x * 2 for x in (n, 1, n, 1)}  # reveals: [n, 2]
{layer.weight.shape for layer in (nn.Linear(n, 2), nn.Linear(2, n), nn.Linear(n, 2))}  # reveals: [[2, n], [n, 2]]
[a * b for a in (1, n) for b in (n, 1)]  # reveals: [n, 1, n^2, n]
`);
  });

  test('may have no effect where it may have no item', () => {
    checkValues(`
b = nn.Linear(n, n)
[(nn.init.zeros_(b.weight), 1)[1] for e in extras]
b.weight  # reveals: ~n^-½ or ~0
[nn.init.zeros_(b.weight) for e in (1, 2)]
b.weight  # reveals: ~0
`);
  });

  test('keeps its names to itself, but for those that a walrus gives', () => {
    checkValues(`
x = s = 1
[s := 0.02 for x in xs]
s  # reveals: 1 or 0.02
x  # reveals: 1
`);
  });
});
