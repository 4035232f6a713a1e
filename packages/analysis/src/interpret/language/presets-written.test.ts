import { describe, expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../../test/check-findings.ts';

/** A model that is made of a configuration, or of the one of its class where it is given none. */
const configured = (parameter: string, taken: string, { base = '', made = 'Sizes()' } = {}) =>
  onlyModel(`from torch import nn

class Sizes${base}:
    def __init__(self, features=96, ids=50):
        self.features = features
        self.ids = ids
        self.spread = features ** -0.5

class Net(nn.Module):
    def __init__(self, ${parameter}):
        super().__init__()
        ${taken.replace('MADE', made)}
        self.table = nn.Embedding(sizes.ids, sizes.features)
        self.mix = nn.Linear(sizes.features, sizes.features)
        self.head = nn.Linear(sizes.features, sizes.ids)
        nn.init.normal_(self.head.weight, std=sizes.spread)

    def forward(self, ids):
        return self.head(self.mix(self.table(ids)).relu())
`);

describe('a configuration that a model makes where it is given none', () => {
  test.each([
    ['sizes=None', 'sizes = sizes or MADE'],
    ['sizes: Sizes = None', 'sizes = sizes or MADE'],
    ['sizes=None', 'sizes = MADE if sizes is None else sizes'],
    ['sizes=None', 'sizes = sizes if sizes is not None else MADE'],
    ['sizes: "Sizes | None" = None', 'if sizes is None:\n            sizes = MADE'],
    ['sizes=None', 'if not sizes:\n            sizes = MADE'],
  ])('goes by the names of its fields: %s, %s', (parameter, taken) => {
    for (const made of ['Sizes()', 'Sizes(features=64)']) {
      const model = configured(parameter, taken, { made });
      expect(model.widths).toEqual(['features']);
      expect(matricesOf(model).map(({ role, b }) => [role, b])).toEqual([
        ['input', 0],
        ['hidden', 0.5],
        ['output', 0.5],
      ]);
    }
  });

  test('goes by them where other settings are left at their defaults, as not all ways are followed', () => {
    const model = onlyModel(`from torch import nn

class Sizes:
    def __init__(self, features=96, ids=50):
        self.features = features
        self.ids = ids

class Net(nn.Module):
    def __init__(self, sizes: Sizes = None, inner=None):
        super().__init__()
        sizes = sizes or Sizes()
        inner = inner or sizes.features
        self.table = nn.Embedding(sizes.ids, sizes.features)
        self.up = nn.Linear(sizes.features, inner)
        self.head = nn.Linear(inner, sizes.ids)

    def forward(self, ids):
        return self.head(self.up(self.table(ids)).relu())
`);
    expect(model.widths).toEqual(['features']);
    expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
  });

  test('is not taken for the one that it is given where that is asked otherwise', () => {
    const model = configured('sizes, other', 'sizes = MADE if other else sizes');
    expect(matricesOf(model).every(({ role }) => role === null)).toBe(true);
  });

  test('is a part of the model where it is a module', () => {
    const model = onlyModel(`from torch import nn

class Head(nn.Module):
    def __init__(self, n=64):
        super().__init__()
        self.last = nn.Linear(n, 10)

    def forward(self, x):
        return self.last(x)

class Net(nn.Module):
    def __init__(self, head=None):
        super().__init__()
        self.first = nn.Linear(3, 64)
        if head is None:
            head = Head()
        self.head = head

    def forward(self, x):
        return self.head(self.first(x).relu())
`);
    expect(model.widths).not.toContain('n');
    expect(model.verdict).toBe(null);
  });

  test('is one of two where a model has two of its class, whose fields may differ', () => {
    const model = onlyModel(`from torch import nn

class Sizes:
    def __init__(self, features=96):
        self.features = features

class Net(nn.Module):
    def __init__(self, near: Sizes = None, far: Sizes = None):
        super().__init__()
        near = near or Sizes()
        far = far or Sizes()
        self.first = nn.Linear(3, near.features)
        self.mix = nn.Linear(near.features, far.features)
        self.last = nn.Linear(far.features, 10)
        nn.init.normal_(self.mix.weight, std=near.features / far.features)

    def forward(self, x):
        return self.last(self.mix(self.first(x).relu()).relu())
`);
    expect(model.weights.find(({ name }) => name === 'mix.weight')?.b ?? null).toBe(null);
  });
});

test('a part of a model that it makes where it is given none is that part', () => {
  const { weights } = onlyModel(`from torch import nn

class Head(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.out = nn.Linear(n, 10)
    def forward(self, x):
        return self.out(x)

class Net(nn.Module):
    def __init__(self, n, head=None):
        super().__init__()
        self.mix = nn.Linear(n, n)
        head = head or Head(n)
        self.head = head
    def forward(self, x):
        return self.head(self.mix(x))
`);
  expect(weights.map(({ name }) => name)).toContain('head.out.weight');
});
