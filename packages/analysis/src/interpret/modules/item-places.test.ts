import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The roles of a chain whose first layer takes the data in, gone through in some way. */
function rolesOf(loop: string): readonly (string | null)[] {
  return onlyModel(`
from torch import nn

class Chain(nn.Module):
    def __init__(self, depth, width, points, out):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(points, width)] + [nn.Linear(width, width) for _ in range(depth - 1)])
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.leave = nn.Linear(width, out)

    def forward(self, h, order):
        ${loop}
        return self.leave(h)
`)
    .weights.filter(({ name }) => name.endsWith('weight') && !name.startsWith('norms'))
    .map(({ role }) => role);
}

test.each([
  'for i, one in enumerate(self.layers):\n            h = self.layers[i](h).relu()',
  'for i, _ in enumerate(self.layers):\n            h = self.layers[i](h).relu() if i > 2 else self.layers[i](h)',
  'for i, one in enumerate(self.layers):\n            h = one(h).relu()',
])('a container gives by the place of an item that is gone through that item: %s', (loop) => {
  expect(rolesOf(loop)).toEqual(['input', 'hidden', 'output']);
});

test.each([
  'for i, one in enumerate(self.layers, 1):\n            h = self.layers[i - 1](h).relu()',
  'for i, norm in enumerate(self.norms):\n            h = norm(self.layers[i](h)).relu()',
  'for i, norm in enumerate(self.norms):\n            h = norm(self.layers[0](h) if i == 0 else self.layers[i](h)).relu()',
])('and beside another that is gone through the item of that round: %s', (loop) => {
  expect(rolesOf(loop)).toEqual(['input', 'hidden', 'output']);
});

test('no size of an item is that of what it meets where nothing says which item is meant', () => {
  expect(rolesOf('for i in order:\n            h = self.layers[i](h).relu()')[0]).not.toBe('hidden');
});
