import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** A model of one head over the whole width that computes `a` so. */
function sourceOf(attends: string): string {
  return `
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.attention.flex_attention import flex_attention
fast = torch.compile(flex_attention)

class Net(nn.Module):
    def __init__(self, dim, vocab):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, vocab)

    def forward(self, tokens, mask=None):
        h = self.embed(tokens)
        q, k, v = self.q(h).unsqueeze(1), self.k(h).unsqueeze(1), self.v(h).unsqueeze(1)
        ${attends}
        return self.out(a.squeeze(1))
`;
}

const FUSED = 'a = F.scaled_dot_product_attention(q, k, v)';

/** What is found, and what is said of each weight. */
function judged(attends: string) {
  const { models, findings } = analyse(sourceOf(attends));
  return {
    findings: findings.map(({ code }) => code),
    weights: models.flatMap(({ weights }) =>
      weights.map(({ name, wants, effects }) => [name, wants, effects]),
    ),
  };
}

describe('flex_attention', () => {
  test('is attention, whatever its mask is', () => {
    for (const attends of [
      'a = flex_attention(q, k, v, block_mask=mask)',
      'a = fast(q, k, v, None, mask, enable_gqa=True)',
      'a, lse = fast(q, k, v, block_mask=mask, return_lse=True)',
      'a, more = fast(q, k, v, score_mod=None, return_aux=request(lse=True))',
      'a = fast(q, k, v, return_aux=None)',
    ])
      expect(judged(attends), attends).toEqual(judged(FUSED));
    expect(judged(FUSED).findings).toContain('MUP202');
  });

  test('has the scale that it is given', () => {
    const scaled = judged('a = fast(q, k, v, scale=1 / q.size(-1))');
    expect(scaled).toEqual(judged(FUSED.replace('v)', 'v, scale=1 / q.size(-1))')));
    expect(scaled.findings).not.toContain('MUP202');
  });

  test('is not read with a function of its scores', () => {
    const changed = judged('a = fast(q, k, v, score_mod=lambda score, b, h, i, j: score / 8)');
    expect(changed.findings).not.toContain('MUP202');
  });
});
