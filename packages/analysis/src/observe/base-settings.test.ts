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
