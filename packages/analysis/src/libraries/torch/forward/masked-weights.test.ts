import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

/** A model in μP, but for what it makes of its hidden matrix before it multiplies by that. */
const hiddenOf = (weight: string) => {
  const { weights, verdict } = onlyModel(`import torch
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, 4, bias=False)
        self.register_buffer('mask', torch.tril(torch.ones(width, width)))
        at = torch.arange(width)
        self.register_buffer('band', ((at[:, None] - at).abs() < 4).float())
        self.register_buffer('after', (at[:, None] >= at).float())
        self.register_buffer('noise', torch.randn(width, width))
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        h = F.linear(torch.relu(self.first(x)), ${weight})
        return self.out(torch.relu(h))
def train(width):
    net = Net(width)
    return torch.optim.Adam([{'params': net.first.weight, 'lr': 1e-3}, {'params': [net.mid.weight, net.out.weight], 'lr': 1 / width}])
`);
  const role = weights.find(({ name }) => name === 'mid.weight')?.role;
  return { role, regime: verdict?.regime };
};

const HIDDEN = { role: 'hidden', regime: 'feature-learning' };

test('a matrix of which a mask takes connections, or that noise is put on, sums over as many features', () => {
  expect(hiddenOf('self.mid.weight * self.mask')).toEqual(HIDDEN);
  expect(hiddenOf('self.mask * self.mid.weight')).toEqual(HIDDEN);
  expect(hiddenOf('self.mid.weight * self.after')).toEqual(HIDDEN);
  expect(hiddenOf('self.mid.weight + 0.1 * self.mid.weight * self.noise')).toEqual(HIDDEN);
});

test('and is as many times as large as numbers that grow beside it', () => {
  expect(hiddenOf('self.mid.weight * (self.mask * self.mid.in_features)').regime).toBe('unstable');
  expect(hiddenOf('self.mid.weight * (self.mask * self.mid.in_features)').role).toBe('hidden');
});

test('of an identity matrix only the diagonal is left, which sums over nothing', () => {
  expect(hiddenOf('self.mid.weight * torch.eye(self.mid.in_features)').regime).not.toBe('feature-learning');
});

test('what bounds or gates of parameters leave of it is no matrix whose entries add up', () => {
  const gated = 'self.mid.weight * torch.sigmoid(self.mid.weight.mean(1, keepdim=True))';
  const least = 'torch.minimum(torch.ones(1), self.mid.weight.abs().sum(1, keepdim=True))';
  for (const weight of [gated, `self.mid.weight * ${least}`, 'self.mid.weight.clamp(-1, 1)'])
    expect(hiddenOf(weight).regime ?? null).toBeNull();
  expect(hiddenOf('self.mid.weight.abs()').regime).toBe('unstable');
});

test('a mask that leaves as many connections however wide it is has not the matrix that it is put on', () => {
  expect(hiddenOf('self.mid.weight * self.band').regime ?? null).toBeNull();
});
