import { describe, expect, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';
import { Budget } from '../../budget.ts';
import { list } from './containers.ts';
import { Heap } from './heap.ts';
import type { Value } from './value.ts';

describe('the initial values of a weight', () => {
  test('are what was written last, or may have been', () => {
    checkValues(`
b = nn.Linear(n, n)
b.weight  # reveals: ~n^-½
nn.init.normal_(b.weight, std=0.02)
b.weight  # reveals: ~0.02
if flag: nn.init.zeros_(b.weight)
b.weight  # reveals: ~0 or ~0.02
b.reset_parameters()
b.weight  # reveals: ~n^-½
`);
  });

  test('are not known where a parameter is reset that a layer was given', () => {
    checkValues(`
b = nn.Linear(n, n)
b.weight = nn.Parameter(torch.randn(n, n))
b.weight  # reveals: ~1
if flag: b.reset_parameters()
b.weight  # reveals: ~unknown or ~1
`);
    checkValues(`
a, b = nn.Linear(n, n), nn.Linear(n, n)
nn.init.zeros_(a.weight)
if flag: b.weight = a.weight
b.reset_parameters()
a.weight  # reveals: ~0 or ~unknown
`);
  });

  test('stand beside those before where only a part, or one of several weights, is written', () => {
    checkValues(`
b, c = nn.Linear(n, n), nn.Linear(n, n)
nn.init.zeros_(b.weight[:4])
b.weight  # reveals: ~n^-½ or ~0
w = b.weight if flag else c.weight
nn.init.normal_(w)
c.weight  # reveals: ~n^-½ or ~1
`);
  });

  test('are those of the branch that made the layer', () => {
    checkValues(`
layers = nn.ModuleDict()
if flag:
    b = nn.Linear(n, n)
    nn.init.zeros_(b.weight)
b.weight  # reveals: ~0
`);
  });

  test('of two weights that are one are the same', () => {
    checkValues(`
b, c = nn.Linear(n, n), nn.Linear(n, n)
c.weight = b.weight
nn.init.zeros_(c.weight)
b.weight  # reveals: ~0
`);
  });

  test('of two weights that are one only perhaps are those of either', () => {
    checkValues(`
b, c = nn.Linear(n, n), nn.Linear(n, n)
if flag: c.weight = b.weight
nn.init.zeros_(c.weight)
b.weight  # reveals: ~n^-½ or ~0
c.weight  # reveals: ~0
`);
  });

  test('may not be trained where one branch keeps them from it', () => {
    checkValues(`
b = nn.Linear(n, n)
b.weight.requires_grad  # reveals: True
if flag: b.weight.requires_grad = False
b.weight.requires_grad  # reveals: unknown
b.weight.requires_grad = True
b.weight.requires_grad  # reveals: True
`);
  });
});

describe('an object', () => {
  test('may have what one branch alone gave it, whichever', () => {
    checkValues(`
class Config: pass
a = Config()
if flag: a.std = n
a.std  # reveals: n
hasattr(a, 'std')  # reveals: unknown
b = Config()
if flag: pass
else: b.std = n
hasattr(b, 'std')  # reveals: unknown
if flag:
    c = Config()
    c.std = n
hasattr(c, 'std')  # reveals: True
if flag: pass
else:
    d = Config()
    d.std = n
hasattr(d, 'std')  # reveals: True
`);
  });

  test('is the same under each of its names, and has what any branch gave it', () => {
    checkValues(`
class Config: pass
c = Config()
c.a = 1
d = c
d.a = 2
c.a  # reveals: 2
if flag: d.a = n
c.a  # reveals: n or 2
`);
  });
});

test('a heap of which nothing has become anything during a call is the same as before', () => {
  const heap = new Heap(new Budget());
  heap.replace(new Map([[list([]), list([list([])])]]));
  const before = new Heap(heap);
  heap.addChanges(heap.takeChanges());
  expect(heap.isSameAs(before)).toBe(true);
});

test('what a list has become is looked for where an object has held it on some way, and costs nothing else', () => {
  const budget = new Budget();
  const heap = new Heap(budget);
  const [held, nested, after] = [list([]), list([]), list([list([])])];
  const own: Value = { kind: 'dict', entries: new Map(), keys: new Map(), open: true };
  for (let id = 1; id <= 100; id++)
    heap.setAttribute(id, 'items', {
      value: id === 7 ? held : id === 8 ? list([nested]) : list([]),
      span: null,
    });
  const before = budget.spent;
  heap.replace(new Map([[own, after]]));
  expect(budget.spent).toBe(before);
  const fork = new Heap(heap);
  fork.setAttribute(9, 'items', { value: own, span: null });
  heap.join([new Heap(heap), fork]);
  for (const one of [held, nested, own]) heap.replace(new Map([[one, after]]));
  expect(heap.attributes(7).get('items')?.value).toBe(after);
  expect(heap.attributes(8).get('items')?.value).toMatchObject({ items: [after] });
  expect(heap.attributes(9).get('items')?.value).toMatchObject({
    items: [{ kind: 'list', items: [] }],
    open: true,
  });
});
