import { describe, expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../test/check-findings.ts';
import { problemsOf, problemsOfModel } from '../words/row-judgement.ts';

const attention = (heads: string, factor = '(C // self.heads) ** -0.5') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, n_head):
        super().__init__()
        self.heads = ${heads}
        self.embed = nn.Embedding(50, width)
        self.q = nn.Linear(width, width, bias=False)
        self.k = nn.Linear(width, width, bias=False)
        self.v = nn.Linear(width, width, bias=False)
        self.head = nn.Linear(width, 50, bias=False)
        nn.init.zeros_(self.head.weight)
        self.width = width

    def forward(self, ids):
        x = self.embed(ids)
        B, T, C = x.shape
        split = lambda y: y.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        a = ((q @ k.transpose(-2, -1)) * ${factor}).softmax(dim=-1)
        return self.head((a @ v).transpose(1, 2).reshape(B, T, C))

def build(width, n_head, lr):
    net = Net(width, n_head)
    matrices = [net.q.weight, net.k.weight, net.v.weight, net.head.weight]
    return torch.optim.Adam([{'params': matrices, 'lr': lr / width}, {'params': [net.embed.weight]}], lr=lr)
`;

describe('attention scaled by 1/√d, everything else as in μP,', () => {
  test('has no verdict where a name decides whether heads get longer or more', () => {
    const outline = onlyModel(attention('n_head'));
    expect(outline.verdict).toBeNull();
    expect(missingIn(outline)).toContainEqual(expect.stringContaining('if the heads get longer'));
    // Nor is it taken for granted which of the two is so.
    expect(outline.assumptions.join(' ')).not.toContain('`n_head`');
  });

  test('is unstable where the number of heads is fixed, and learns features where their length is', () => {
    expect(onlyModel(attention('4')).verdict?.regime).toBe('unstable');
    expect(onlyModel(attention('width // 16')).verdict?.regime).toBe('feature-learning');
  });

  test('says what grows, and where, as no weight is to blame', () => {
    const source = attention('4');
    const outline = onlyModel(source);
    expect(problemsOf(outline.weights)).toEqual([]);
    const line = source.split('\n').findIndex((text) => text.includes('q @ k')) + 1;
    expect(problemsOfModel(outline)).toEqual([
      expect.stringMatching(
        new RegExp(`^features times features \\(line ${line}\\) .* 1/d in place of 1/√d$`),
      ),
    ]);
    expect(problemsOfModel(onlyModel(attention('width // 16')))).toEqual([]);
  });

  test('is right with 1/d, however the heads grow', () => {
    const outline = onlyModel(attention('n_head', '1 / (C // self.heads)'));
    expect(outline.verdict?.regime).toBe('feature-learning');
  });
});
