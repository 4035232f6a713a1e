import { expect, test } from 'vitest';
import { graphOf } from '../../test/graph-of.ts';

/** The operations of a model that weighs its values by this. */
function operations(written: string): string {
  const lines = graphOf(`import torch
from torch import nn

def shares(x, dim):
    ${written.replaceAll('\n', '\n    ')}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.q = nn.Linear(n, n, bias=False)
        self.k = nn.Linear(n, n, bias=False)

    def forward(self, x):
        b, t, n = x.shape
        return shares(self.q(x) @ self.k(x).transpose(1, 2), -1) @ x
`);
  return lines.flatMap((line) => /softmax|unread.*|\bact \w+/.exec(line)?.[0] ?? []).join(', ');
}

test.each([
  'e = torch.exp(x)\nreturn e / e.sum(dim=dim, keepdim=True)',
  'e = torch.exp(x - x.max(dim=dim, keepdim=True).values)\nreturn e / e.sum(dim, keepdim=True)',
  'e = (x - x.amax(dim, keepdim=True)).exp()\nreturn e / torch.sum(e, dim=dim, keepdim=True)',
  'most, _ = torch.max(x, dim, keepdim=True)\ne = torch.exp(x - most)\nreturn e.div(e.sum(dim, True))',
])('exponentials over their sum are a softmax: %s', (written) => {
  expect(operations(written)).toBe('softmax');
});

test.each([
  'e = torch.exp(x)\nreturn e / torch.exp(2 * x).sum(dim, keepdim=True)',
  'e = torch.relu(x)\nreturn e / e.sum(dim, keepdim=True)',
])('what is divided by another sum, or is no exponential, is none: %s', (written) => {
  expect(operations(written)).not.toContain('softmax');
});
