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

/** A mask that the hidden matrix is multiplied with. */
const maskedBy = (mask: string) => hiddenOf(`self.mid.weight * (${mask})`).regime ?? null;
const n = 'self.mid.in_features';
const ones = `torch.ones(${n}, ${n})`;

test('a mask of which code shows that a share of it is left at every width takes nothing from what is summed', () => {
  for (const mask of [
    `torch.tril(${ones}).bool()`,
    `~torch.tril(${ones}, 3).bool()`,
    `1 - torch.triu(${ones})`,
    `(torch.rand(${n}, ${n}) < 0.5).float()`,
    `torch.randn(${n}, ${n}) > 0.3`,
    `torch.arange(${n})[:, None] < torch.arange(${n})`,
    `torch.arange(${n})[:, None] - torch.arange(${n}) > 0`,
    `torch.arange(${n}) - 2 * torch.arange(${n})[:, None] + 3 <= 0`,
  ])
    expect([mask, maskedBy(mask)]).toEqual([mask, 'feature-learning']);
});

test('of any other mask it is not known how much it leaves', () => {
  for (const mask of [
    `torch.tril(${ones}) - torch.tril(${ones}, -3)`,
    `torch.triu(torch.tril(${ones}, 2), -2)`,
    `torch.tril(${ones}, 4 - ${n})`,
    `torch.diag(torch.ones(${n}))`,
    `torch.eye(${n})`,
    `2 * torch.eye(${n}).roll(1, 0)`,
    `1 - (1 - torch.eye(${n}))`,
    `1 - ${ones}`,
    `~${ones}.bool()`,
    `torch.zeros(${n}, ${n})`,
    `torch.block_diag(*[torch.ones(4, 4) for _ in range(${n} // 4)])`,
    `(torch.rand(${n}, ${n}) < 4 / ${n}).float()`,
    `torch.rand(${n}, ${n}) > 1.5`,
    `torch.arange(${n})[:, None] == torch.arange(${n})`,
    `(torch.arange(${n})[:, None] - torch.arange(${n})).abs() <= 0`,
    `torch.arange(${n})[:, None] + torch.arange(${n}) <= 0`,
    `(torch.arange(${n})[:, None] - torch.arange(${n}))[:1].expand(${n}, ${n}) >= 0`,
    `torch.arange(${n})[:, None] - torch.arange(${n}) - ${n} >= 0`,
    `torch.arange(${n})[:, None] - torch.arange(3 * ${n}, 4 * ${n}) >= 0`,
    `torch.where(torch.rand(${n}, ${n}) < 4 / ${n}, 1.0, 0.0)`,
    `torch.linalg.qr(${ones})[0]`,
    `F.pad(torch.ones(${n}, 4), (0, ${n} - 4))`,
    `torch.cat([torch.ones(${n}, 4), torch.zeros(${n}, ${n} - 4)], 1)`,
    `torch.zeros(${n}, ${n}).scatter_(1, torch.randint(0, ${n}, (${n}, 4)), 1)`,
  ])
    expect([mask, maskedBy(mask)]).toEqual([mask, null]);
});

test('a number that grows is not lost in a mask that is multiplied twice', () => {
  expect(hiddenOf(`self.mid.weight * (2 * (self.mask * ${n}))`).regime).toBe('unstable');
  expect(hiddenOf(`self.mid.weight * torch.tril(${ones} * ${n})`).regime).toBe('unstable');
});

test('what is taken from the matrix itself leaves a share of it, or is not known to', () => {
  const diagonal = `torch.eye(${n}) == 1`;
  for (const weight of [
    'torch.tril(self.mid.weight, 1)',
    'torch.triu(self.mid.weight) + torch.triu(self.mid.weight, 1).t()',
  ])
    expect([weight, hiddenOf(weight).regime]).toEqual([weight, 'feature-learning']);
  for (const weight of [
    'torch.triu(torch.tril(self.mid.weight, 1), -1)',
    `torch.tril(self.mid.weight, 4 - ${n})`,
    'self.mid.weight - torch.tril(self.mid.weight, -2)',
    'torch.triu(self.mid.weight) - torch.triu(self.mid.weight, 2)',
    `self.mid.weight.masked_fill(~(${diagonal}), 0)`,
    `torch.where(${diagonal}, self.mid.weight, 0)`,
    `F.pad(self.mid.weight[:, :4], (0, ${n} - 4))`,
    `torch.cat([self.mid.weight[:, :4], torch.zeros(${n}, ${n} - 4)], 1)`,
  ])
    expect([weight, hiddenOf(weight).regime ?? null]).toEqual([weight, null]);
});

test('a mask of which a share is zero leaves the rest, or as much', () => {
  const mask = `torch.rand(${n}, ${n}) < 0.5`;
  for (const weight of [
    `self.mid.weight.masked_fill(${mask}, 0)`,
    `torch.where(${mask}, self.mid.weight, 0)`,
    `torch.where(${mask}, 0, self.mid.weight)`,
  ])
    expect([weight, hiddenOf(weight).regime]).toEqual([weight, 'feature-learning']);
});

test('of a mask on what another one leaves, and of other numbers in the place of entries, nothing is known', () => {
  const share = `torch.rand(${n}, ${n}) < 0.5`;
  for (const weight of [
    'self.mid.weight * self.mask * self.mask.T',
    'self.mid.weight.tril() * self.mask.T',
    `self.mid.weight.masked_fill(${share}, 0) * (${share})`,
    `torch.where(${share}, torch.where(${share}, self.mid.weight, 0), 0)`,
    `self.mid.weight.masked_fill(${share}, 1.0)`,
    `self.mid.weight.masked_fill(${share}, float(${n}))`,
    `torch.where(${share}, self.mid.weight, 1.0)`,
    `torch.where(torch.eye(${n}) == 1, self.mid.weight, torch.zeros(${n}, ${n}))`,
  ])
    expect([weight, hiddenOf(weight).regime ?? null]).toEqual([weight, null]);
  expect(hiddenOf('self.mid.weight * self.noise * self.mask').regime).toBe('feature-learning');
});

test('what counts leaves a share of a matrix where rows are held against columns, or a range against a part of its end', () => {
  const rows = `torch.arange(${n})[:, None]`;
  const columns = `torch.arange(${n})`;
  for (const mask of [`2 * ${rows} > ${columns}`, `${rows} < ${n} / 2`])
    expect([mask, maskedBy(mask)]).toEqual([mask, 'feature-learning']);
  for (const mask of [
    `${rows} >= ${columns} + ${n} - 1`,
    `(${rows} - ${columns}).abs() <= 0`,
    `${rows} * ${columns} <= 0`,
    `${rows} <= 0`,
    `~(${rows} > 0)`,
    `${rows} > ${rows}`,
    `${rows} < -1 * ${columns}`,
    `torch.arange(${n} - 1, 2 * ${n} - 1)[:, None] < ${columns}`,
  ])
    expect([mask, maskedBy(mask)]).toEqual([mask, null]);
});
