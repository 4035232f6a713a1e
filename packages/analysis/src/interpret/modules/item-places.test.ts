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
        self.leave = nn.Linear(width, out)

    def forward(self, h):
        ${loop}
        return self.leave(h)
`)
    .weights.filter(({ name }) => name.endsWith('weight'))
    .map(({ role }) => role);
}

test.each([
  'for i, one in enumerate(self.layers):\n            h = self.layers[i](h).relu()',
  'for i, _ in enumerate(self.layers):\n            h = self.layers[i](h).relu() if i > 2 else self.layers[i](h)',
  'for i, one in enumerate(self.layers):\n            h = one(h).relu()',
])('a container gives by the place of an item that is gone through that item: %s', (loop) => {
  expect(rolesOf(loop)).toEqual(['input', 'hidden', 'output']);
});

test('and by a place that is counted from elsewhere any of them', () => {
  const loop = 'for i, one in enumerate(self.layers, 1):\n            h = self.layers[i - 1](h).relu()';
  expect(rolesOf(loop)).not.toEqual(['input', 'hidden', 'output']);
});
