import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The shape of the first layer of a network that is made of a list of sizes whose length nobody says. */
const shapeOf = (layer: string, beside = '') =>
  onlyModel(`
import torch
from torch import nn

${beside}
class Net(nn.Module):
    def __init__(self, sizes, width):
        super().__init__()
        self.first = ${layer}
        self.last = nn.Linear(width, 1)

    def pair(self, into, out):
        return nn.Linear(into, out)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))
`).weights[0]?.shape;

describe('what stands behind a star of unknown length', () => {
  test('is the last of what a layer has to be given', () => {
    expect(shapeOf('nn.Linear(*sizes, width)')).toBe('width × sizes[0]');
    expect(shapeOf('nn.Linear(*sizes, width, bias=False)')).toBe('width × sizes[0]');
    expect(shapeOf('nn.Conv1d(*sizes, width, 3)')).toBe('width × sizes[0] × 3');
  });

  test('is the last of what a function or method takes that takes no more', () => {
    const two = 'def layer(into, out):\n    return nn.Linear(into, out)\n';
    expect(shapeOf('layer(*sizes, width)', two)).toBe('width × sizes[0]');
    expect(shapeOf('self.pair(*sizes, width)')).toBe('width × sizes[0]');
  });

  test('is not known to be anything where more may be given, or where nothing is left for the star', () => {
    const more = 'def layer(into, out=64, bias=True):\n    return nn.Linear(into, out)\n';
    expect(shapeOf('layer(*sizes, width)', more)).not.toContain('width');
    expect(shapeOf('nn.Linear(*sizes, width, False)')).not.toContain('width');
    expect(shapeOf('nn.Conv1d(*sizes, *sizes, width)')).not.toContain('sizes[0]');
  });

  test('stands where it is written behind a list that the code shows', () => {
    expect(shapeOf('nn.Linear(*[16], width)')).toBe('width × 16');
  });
});
