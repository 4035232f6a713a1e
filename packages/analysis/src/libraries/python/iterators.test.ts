import { test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

test('an iterator gives each item once, whoever asks', () => {
  checkValues(`
items = [1, 2, n]
one = iter(items)
first = next(one)
first  # reveals: 1
def take(source): return next(source)
second = take(one)
second  # reveals: 2
third = one.__next__()
third  # reveals: n
none = next(one, 4)
none  # reveals: 4
again = next(iter(items))
again  # reveals: 1
`);
});

test('what is gone through after an item was taken is what is left', () => {
  checkValues(`
a, b = nn.Linear(n, n), nn.Linear(n, n)
layers = iter([a, b])
next(layers)
for layer in layers: nn.init.normal_(layer.weight, std=1)
a.weight  # reveals: ~n^-½
b.weight  # reveals: ~1
`);
});

test('a model goes through an iterator until it has no more', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        self.a, self.b, self.c = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
        layers = iter([self.a, self.b])
        while (layer := next(layers, None)) is not None:
            nn.init.normal_(layer.weight, std=1)
        others = iter([self.c])
        while True:
            layer = next(others, None)
            if layer is None: break
            nn.init.normal_(layer.weight, std=2)
net = Net(n)
net.a.weight  # reveals: ~1
net.b.weight  # reveals: ~1
net.c.weight  # reveals: ~2
`);
});

test('of an iterator whose end an exception tells each item may come', () => {
  checkValues(`
a, b, c, d = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
layers = iter([a, b, c])
try:
    while True: nn.init.normal_(next(layers).weight, std=1)
except StopIteration: pass
c.weight  # reveals: ~n^-½ or ~unknown
d.weight  # reveals: ~n^-½
`);
});

test('what a key of sort does to the items is done', () => {
  checkValues(`
a = nn.Linear(n, n)
layers = [a]
layers.sort(key=lambda layer: nn.init.normal_(layer.weight, std=1).numel())
a.weight  # reveals: ~1
others = [3, 2]
others.sort()
a.weight  # reveals: ~1
`);
});

test('of an iterator from which the body of its loop takes items, any may have a round or be taken', () => {
  checkValues(`
a, b, c = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
layers = iter([a, b])
for layer in layers: nn.init.normal_(next(layers).weight, std=1)
b.weight  # reveals: ~n^-½ or ~1
c.weight  # reveals: ~n^-½
`);
});

test('an object that gives items by __next__ may give any part of a model that it holds', () => {
  checkValues(`
class Going:
    def __init__(self, items): self.items, self.at = items, 0
    def __iter__(self): return self
    def __next__(self):
        self.at += 1
        return self.items[self.at - 1]
a, b, c = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
for layer in Going([a, b]): nn.init.normal_(layer.weight, std=1)
b.weight  # reveals: ~n^-½ or ~1
c.weight  # reveals: ~n^-½
`);
});

test('what walks from one object to the next may come to any', () => {
  checkValues(`
class Link:
    def __init__(self, layer, behind): self.layer, self.behind = layer, behind
a, b, c, d = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
at = Link(a, Link(a, Link(a, Link(b, None))))
i = 0
while i < k:
    nn.init.normal_(at.layer.weight, std=1)
    at = at.behind or at
    i += 1
b.weight  # reveals: ~unknown
d.weight  # reveals: ~n^-½
`);
});

test('what is taken of any number of items is one of them', () => {
  checkValues(`
class Part(nn.Module):
    def __init__(self, n, deep=False):
        self.mix = nn.Linear(n if deep else 3, n)
class Net(nn.Module):
    def __init__(self, n, count):
        given = iter([{'deep': True} for _ in range(count)])
        self.parts = nn.ModuleList([])
        for _ in range(count):
            self.parts.append(Part(n, **next(given)))
net = Net(n, k)
net.parts[1].mix.weight  # reveals: ~n^-½
`);
});
