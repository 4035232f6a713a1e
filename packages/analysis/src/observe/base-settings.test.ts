import { expect, test } from 'vitest';
import { analyse, matricesOf } from '../../test/check-findings.ts';
import type { ModelOutline } from '../model-outline.ts';

const derived = (init: string, calls = '') => `
from torch import nn

class Base(nn.Module):
    def __init__(self, dim=64, depth=2, classes=10, norm=nn.LayerNorm):
        super().__init__()
        self.stem = nn.Linear(3, dim)
        self.blocks = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])
        self.norm = norm(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x).relu()
        return self.head(self.norm(x))

class Net(Base):
    def __init__(self, ${init}
        self.pool = pool

${calls}
`;

function derivedModel(source: string): ModelOutline {
  const model = analyse(source).models.find(({ name }) => name === 'Net');
  if (model === undefined) throw new Error('the derived class is not shown');
  return model;
}

test.each([
  'pool=False, **kwargs):\n        super().__init__(**kwargs)',
  'pool, *args, **kwargs):\n        super().__init__(*args, **kwargs)',
])('what a class hands to its base as a whole are settings of the base: %s', (init) => {
  const model = derivedModel(derived(init));
  expect(model.widths).toEqual(['dim']);
  expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
});

test('a part that it is given there is what it is made of', () => {
  const init = 'pool=False, **kwargs):\n        super().__init__(**kwargs)';
  const model = derivedModel(derived(init, 'net = Net(dim=128, norm=nn.BatchNorm1d)'));
  expect(model.weights.map(({ name }) => name)).toContain('norm.weight');
  const identity = derivedModel(derived(init, 'net = Net(dim=128, norm=lambda dim: nn.Identity())'));
  expect(identity.weights.map(({ name }) => name)).not.toContain('norm.weight');
});

const scaled = (init: string, before = '') => `
from torch import nn
${before}
class Base(nn.Module):
    def __init__(self, width=64, scale=1.0, depth=2):
        super().__init__()
        self.scale = scale
        self.fc1 = nn.Linear(784, width)
        self.fc2 = nn.Linear(width, 10)

    def forward(self, x):
        return self.fc2(self.scale * self.fc1(x).relu())

class Middle(Base):
    def __init__(self, **given):
        super().__init__(**given)

class Net(${init}
`;

const certain = (init: string) => {
  const { weights } = derivedModel(scaled(init, 'from settings import made, change'));
  return weights.map(({ a }) => a);
};

test.each([
  'Base):\n    def __init__(self, width=64, **given):\n        super().__init__(width=width, **made(width))',
  'Base):\n    def __init__(self, width=64, **given):\n        super().__init__(width=width, **{k: v * width for k, v in given.items()})',
  'Base):\n    def __init__(self, width=64, **given):\n        for k in given: given[k] *= width\n        super().__init__(width=width, **given)',
  'Base):\n    def __init__(self, width=64, **given):\n        change(given, width)\n        super().__init__(width=width, **given)',
  'Middle):\n    def __init__(self, width=64, **given):\n        super().__init__(width=width, **made(width))',
])('of what else it hands over nothing is known: class Net(%s', (init) => {
  expect(certain(init)).toContain(null);
});

test.each([
  'Base):\n    def __init__(self, width=64, **given):\n        super().__init__(width=width, **given)',
  'Middle):\n    def __init__(self, width=64, **given):\n        if "width" in given: given.pop("width")\n        super().__init__(width=width, **given)',
  'Base):\n    def __init__(self, width=64, **given):\n        given["scale"] *= width\n        super().__init__(width=width, **given)',
])('of what it hands over as it was given it is a setting: class Net(%s', (init) => {
  expect(certain(init)).not.toContain(null);
});
