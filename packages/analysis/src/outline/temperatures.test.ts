import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { onlyModel } from '../../test/check-findings.ts';

/** A transformer's block in μP, with a temperature that is learned. */
const attention = ({ start = 'torch.ones(4, 1, 1)', norm = 'lambda x: x', logits = '' }) => `
import torch
import torch.nn.functional as F
from torch import nn
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.e = n // 4
        self.a = nn.Linear(8, n, bias=False)
        self.q = nn.Linear(n, n, bias=False)
        self.k = nn.Linear(n, n, bias=False)
        self.v = nn.Linear(n, n, bias=False)
        self.o = nn.Linear(n, n, bias=False)
        self.c = nn.Linear(n, 1, bias=False)
        self.norm = nn.LayerNorm(n)
        self.t = nn.Parameter(${start})
        nn.init.zeros_(self.c.weight)
    def split(self, x):
        return x.view(x.shape[0], x.shape[1], 4, self.e).transpose(1, 2)
    def mix(self, h):
        B, T, C = h.shape
        norm = ${norm}
        q, k, v = norm(self.split(self.q(h))), norm(self.split(self.k(h))), self.split(self.v(h))
        s = ${logits}
        return self.o((s.softmax(-1) @ v).transpose(1, 2).reshape(B, T, C))
    def forward(self, x):
        h = self.a(x)
        return self.c(h + self.mix(self.norm(h)))
def train(n, base=64, lr=1e-3):
    m = n / base
    net = Net(n)
    matrices = [net.q.weight, net.k.weight, net.v.weight, net.o.weight, net.c.weight]
    opt = torch.optim.Adam([{'params': [net.a.weight, *net.norm.parameters(), net.t], 'lr': lr}, {'params': matrices, 'lr': lr / m}])
`;

describe('1/d attention is stable where a temperature is learned', () => {
  for (const logits of [
    'q @ k.transpose(-2, -1) * self.t / self.e',
    'q @ k.transpose(-2, -1) / self.e * self.t',
    'self.t * (q @ k.transpose(-2, -1)) / self.e',
    '(q * self.t) @ k.transpose(-2, -1) / self.e',
    '(q @ k.transpose(-2, -1) * self.t + 1) / self.e',
    'q @ k.transpose(-2, -1) * self.t * (1 / self.e)',
  ]) {
    test(logits, () => expect(onlyModel(attention({ logits })).verdict?.regime).toBe('feature-learning'));
  }

  test('of queries and keys that are normalized', () => {
    const norm = 'lambda x: F.rms_norm(x, (self.e,))';
    const logits = 'q @ k.transpose(-2, -1) * self.t / self.e';
    expect(onlyModel(attention({ norm, logits })).verdict?.regime).toBe('feature-learning');
  });
});

test('1/√d attention is unstable whatever temperature is learned', () => {
  const logits = 'q @ k.transpose(-2, -1) * self.t / self.e ** 0.5';
  expect(onlyModel(attention({ logits })).verdict?.regime).toBe('unstable');
});

test('a temperature of cosines that starts at √d should start at 1, and its rate is right', () => {
  const norm = 'lambda x: F.normalize(x, dim=-1)';
  const logits = 'q @ k.transpose(-2, -1) * self.t';
  const start = 'torch.full((4, 1, 1), self.e ** 0.5)';
  const { weights, verdict } = onlyModel(attention({ start, norm, logits }));
  expect(verdict?.regime).toBe('unstable');
  expect(weights.find(({ name }) => name === 't')?.wants).toMatchObject({ b: 0, c: 0 });
});

test('logits over the width are judged with what they are multiplied with, learned or held in a tensor', () => {
  const logits = (forward: string, init = '') =>
    onlyModel(
      chainModel({
        init: `nn.init.normal_(self.c.weight, std=1.0)\n${init}`,
        forward: `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn ${forward}`,
        optimizer:
          "torch.optim.Adam([{'params': [p for k, p in model.named_parameters() if k != 'b.weight']}, {'params': [model.b.weight], 'lr': lr / n}], lr=lr)",
      }),
    ).verdict?.regime;
  const gain = 'self.g = nn.Parameter(torch.ones(4))';
  expect(logits('self.c(h) / self.n')).toBe('feature-learning');
  expect(logits('self.c(h) / self.n * self.g', gain)).toBe('feature-learning');
  expect(logits('self.c(h) * self.g / self.n', gain)).toBe('feature-learning');
  expect(logits('self.c(h) * (torch.ones(4) / self.n)')).toBe('feature-learning');
  expect(logits('(self.c(h) @ torch.ones(4, 4)) @ (torch.eye(4) / self.n)')).toBe('feature-learning');
  expect(logits('self.c(h) / self.n * self.g.exp()', gain)).toBeUndefined();
  expect(logits('self.c(h) * self.g', gain)).toBe('unstable');
});

describe('what is divided by a learned temperature', () => {
  const readout = (start: string) => {
    const { weights, verdict } = onlyModel(
      chainModel({
        init: `nn.init.normal_(self.c.weight)\nself.t = nn.Parameter(${start})`,
        forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.t',
      }),
    );
    return [weights.find(({ name }) => name === 'c.weight')?.a, verdict?.whateverTheRest];
  };

  test('has no factor that is known where that starts at the width', () => {
    for (const start of ['torch.tensor(float(n))', 'torch.full((1,), n ** 0.5)', 'torch.ones(1) * n'])
      expect(readout(start)[0]).toBeNull();
  });

  test('has none where it starts at the same number', () => {
    for (const start of ['torch.tensor(0.07)', 'torch.ones(1)']) expect(readout(start)[0]).toBe(0);
  });
});
