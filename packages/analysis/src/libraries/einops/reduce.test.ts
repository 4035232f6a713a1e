import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../test/graph-of.ts';

/** The nodes of a network that reduces what some learned queries read. */
function nodesWith(line: string): string {
  return graphOf(`import torch
from torch import nn
from einops import reduce
from einops.layers.torch import Reduce

class Net(nn.Module):
    def __init__(self, pixels, wide, slots, kinds):
        super().__init__()
        self.stem = nn.Linear(pixels, wide)
        self.asked = nn.Parameter(torch.randn(slots, wide))
        self.pool = Reduce('b s d -> b d', 'mean')
        self.last = nn.Linear(wide, kinds)

    def forward(self, x, slots=2):
        h = self.stem(x)
        h = (self.asked @ h.transpose(-1, -2)).softmax(-1) @ h
        ${line}
        return self.last(h)
`).join('\n');
}

describe('a mean over what may grow is one', () => {
  test.each([
    "h = reduce(h, 'b s d -> b d', 'mean')",
    "h = reduce(h, 'b s d -> b d', reduction='mean')",
    "h = reduce(h.transpose(-1, -2), 'b d s -> b d', 'mean')",
    'h = self.pool(h)',
  ])('%s', (line) => {
    const nodes = nodesWith(line);
    expect(nodes).toContain('scale (1 / slots)');
    expect(nodes).toContain('[data kinds]');
    expect(nodes).not.toContain('unread');
  });
});

describe('what is not read', () => {
  test.each([
    "h = reduce(h, 'b s d -> b d', 'sum')",
    "h = reduce(h, 'b s d -> b d', 'max')",
    "h = reduce(h.unfold(1, slots, 1), 'b s d t -> b d t', 'mean')",
    "h = reduce(h, 'b (s t) d -> b s d', 'mean', t=2)",
    "h = reduce(h, '... s d -> ... d', 'mean')",
  ])('%s', (line) => {
    expect(nodesWith(line)).toContain('einops.reduce over what may grow');
  });
});
