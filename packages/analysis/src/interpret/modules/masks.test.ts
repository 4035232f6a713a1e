import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** a of the hidden layer, of which every output is multiplied by `mask`. */
function multiplierBy(mask: string): number | null | undefined {
  const forward = `h = self.b(torch.tanh(self.a(x)))\nm = ${mask}\nreturn self.c(h * m)`;
  return onlyModel(chainModel({ forward })).weights[1]?.a;
}

describe('what tensors are compared to is a mask of zeros and ones', () => {
  for (const mask of [
    'x[..., :1] > 0',
    'h > 0',
    '(x[..., :1] != 0).float()',
    '~(h == 0) & (h < 3)',
    'torch.where(h > 0, 1.0, 0.5)',
    'torch.where(h > 0, torch.tensor(2.0), 1)',
  ])
    test(mask, () => expect(multiplierBy(mask)).toBe(0));

  test('times a number it is that number', () => {
    expect(multiplierBy('(h > 0) / self.n')).toBe(1);
    expect(multiplierBy('(1 / self.n) * (x[..., :1] > 0)')).toBe(1);
    expect(multiplierBy('torch.tensor([1 / self.n]).to(x).float()')).toBe(1);
  });

  test('decides nothing', () => {
    const forward =
      'h = self.b(torch.tanh(self.a(x)))\nif (x > 0).all():\n    h = h / self.n\nreturn self.c(h)';
    expect(onlyModel(chainModel({ forward })).weights[1]?.a).toBeNull();
  });
});

describe('numbers that grow are not lost', () => {
  for (const mask of [
    'torch.where(h > 0, 1 / self.n, 1 / self.n)',
    'torch.where(x > 0, 1 / self.n, 0)',
    '(h > 0).sum(-1, keepdim=True)',
    'torch.tensor([1 / self.n]).masked_fill(x, 0.0)',
    'torch.tensor(1 / self.n).expand_as(x)',
    'torch.tensor([1 / self.n, 2.0]).to(x).float()',
  ])
    test(mask, () => expect(multiplierBy(mask)).toBeNull());
});

test('a mask on scores of tokens is none on parameters, also where their numbers were put in another shape first', () => {
  const model = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, tokens=512):
        super().__init__()
        self.register_buffer('before', torch.tril(torch.ones(tokens, tokens)))
        self.table = nn.Embedding(1000, width)
        self.query = nn.Linear(width, width)
        self.up = nn.Linear(width, width)
        self.head = nn.Linear(width, 10)

    def forward(self, ids):
        h = self.table(ids.view(-1, ids.size(-1)))
        scores = self.query(h) @ h.transpose(1, 2)
        left = self.before[: scores.size(-2), : scores.size(-1)]
        scores = scores * left - 1e9 * (1 - left)
        h = h + torch.softmax(scores, dim=-1) @ h
        return self.head(self.up(h).relu())
`);
  expect(model.missing.filter(({ kind }) => kind !== 'weights')).toEqual([]);
});
