import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

const MIXTURE = (code: string, { up = 'count, width, 4 * width', down = 'count, 4 * width, width' } = {}) => `
import torch
import torch.nn.functional as F
from grouped_gemm import ops
from torch import nn

class Mixture(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.norm = nn.RMSNorm(width, elementwise_affine=False)
        self.up = nn.Parameter(torch.randn(${up}))
        self.down = nn.Parameter(torch.randn(${down}))

    def forward(self, x, order, counts):
${code}

class Net(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.mix = Mixture(width, 8)
        self.head = nn.Linear(width, words)

    def forward(self, ids, order, counts):
        x = self.embed(ids).flatten(0, 1)
        return self.head(x + self.mix(x, order, counts))
`;

const GROUPED = `
        h = F.relu(F.grouped_mm(self.norm(x), self.up, offs=counts))
        return F.grouped_mm(h, self.down, offs=counts)`;

test.each([
  ['products of torch', MIXTURE(GROUPED)],
  [
    'products of torch under the name of earlier releases',
    MIXTURE(GROUPED.replaceAll('F.grouped', 'torch._grouped')),
  ],
  [
    'products of grouped_gemm',
    MIXTURE(`
        rows, back = ops.permute(self.norm(x), order)
        h = ops.gmm(F.relu(ops.gmm(rows, self.up, counts)), self.down, counts)
        return ops.unpermute(h, back, torch.ones_like(order))`),
  ],
  [
    'matrices the other way round',
    MIXTURE(
      `
        h = F.relu(ops.gmm(self.norm(x), self.up, counts, trans_b=True))
        return F.grouped_mm(h, self.down.transpose(-2, -1), offs=counts)`,
      { up: 'count, 4 * width, width', down: 'count, width, 4 * width' },
    ),
  ],
])('experts that rows go through by groups sum over their features: %s', async (_, code) => {
  const { weights } = onlyModel(code);
  expect(
    weights.filter(({ name }) => name.startsWith('mix.')).map(({ name, role }) => `${name} ${role}`),
  ).toEqual(['mix.up hidden', 'mix.down hidden']);
  expect(findingsOf('MUP101', code).map((one) => one.weights)).toEqual([['mix.up'], ['mix.down']]);
});

test('what a group adds is a bias', () => {
  const { weights } = onlyModel(
    MIXTURE(`
        h = F.grouped_mm(self.norm(x), self.up, offs=counts, bias=self.shift)
        return F.grouped_mm(F.relu(h), self.down, offs=counts)`).replace(
      '        self.down',
      '        self.shift = nn.Parameter(torch.zeros(count, 4 * width))\n        self.down',
    ),
  );
  expect(weights.find(({ name }) => name === 'mix.shift')?.role).toBe('input');
});

test.each([
  [
    'of matrices whose gradients are taken',
    MIXTURE(
      GROUPED.replaceAll(
        'F.grouped_mm(h, self.down, offs=counts)',
        'ops.gmm(h, self.down, counts, trans_a=True)',
      ),
    ),
  ],
  [
    'of matrices that may be of any rank',
    MIXTURE(GROUPED.replaceAll('self.down,', 'self.down.view(*order),')),
  ],
])('nothing is known of a product %s', (_, code) => {
  const { weights } = onlyModel(code);
  expect(weights.find(({ name }) => name === 'mix.down')?.role).not.toBe('hidden');
});
