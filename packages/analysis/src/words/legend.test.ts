import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { legendOf } from './legend.ts';

/** Attention on tokens, with a norm in front of it or with features that grow. */
function legends(ahead: string): readonly string[] {
  const source = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, width, heads):
        super().__init__()
        self.width = width
        self.embed = nn.Embedding(vocab, width)
        self.attention = nn.MultiheadAttention(width, heads)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocab)

    def forward(self, ids):
        h = ${ahead}
        return self.head(self.norm(h + self.attention(h, h, h)[0]))

net = Net(100, 64, 4)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`;
  return analyse(source).models.map(legendOf);
}

const WAITS = 'what is right shows once what breaks ahead of them is mended.';

test('behind features that grow it is said why of known exponents it is not known what is right', () => {
  expect(legends('self.embed(ids) * self.width ** 0.5')).toEqual([expect.stringContaining(WAITS)]);
  expect(legends('self.norm(self.embed(ids))')).toEqual([expect.not.stringContaining(WAITS)]);
});
