import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

/** The regime of a model in μP, but for what it makes of its features before a hidden matrix sums over them; null for unknown. */
const regimeOf = (features: string, before = 'pass') => {
  const { verdict } = onlyModel(`import torch
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self, width, keep=0.9):
        super().__init__()
        self.width, self.keep = width, keep
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, 4, bias=False)
        nn.init.zeros_(self.out.weight)
    def forward(self, x, given):
        n = self.width
        h = self.first(x)
        ${before}
        h = self.mid(${features})
        return self.out(torch.relu(h))
def train(width):
    net = Net(width)
    return torch.optim.Adam([{'params': net.first.weight, 'lr': 1e-3}, {'params': [net.mid.weight, net.out.weight], 'lr': 1 / width}])
`);
  return verdict?.regime ?? null;
};

test.each([
  'h * (torch.arange(n) < n // 2)',
  'h * (h > 0)',
  'h * (h > self.first(x + 1))',
  'h * (torch.rand_like(h) < self.keep)',
  'h * ~(torch.rand(n) < 0.5)',
  'h * (x.sum(-1) != 0)[..., None]',
  'h * (torch.arange(8) < 4).float().sum()',
  'h * torch.rand(n)',
  'h @ torch.tril(torch.ones(n, n)) / n',
  'h.masked_fill(torch.rand_like(h) < 0.5, 0)',
  'h.masked_fill(h < 0, 0)',
  'h.masked_fill((x.sum(-1) == 0)[..., None], 0)',
  'h.masked_fill(given, 0)',
  'torch.where(h > 0, h, 0.1 * h)',
  'torch.where(h > 0, h, 0)',
  'torch.where(h > 0, h, torch.zeros_like(h))',
  'h * ~given',
  'h * (given & (x > 0))',
  'h * ((torch.arange(n) < n // 2) | (torch.arange(n) == 3))',
  'h * torch.linspace(0, 1, n)',
  'h * torch.exp(-torch.arange(n) / n)',
  'h + F.one_hot(h.argmax(-1), n)',
  'h * torch.lt(h, 0.5)',
  'h * h.gt(0).logical_not()',
  'h * torch.where(h > 0, 1.0, 0.0)',
  'h * torch.cos(torch.arange(n))',
  'torch.where(h > self.keep, h, 0)',
  'h * torch.cat([torch.ones(n // 2), torch.zeros(n // 2)])',
  'h * F.pad(torch.ones(n), (0, 2))[:n]',
  'h * torch.roll(torch.ones(n), 1)',
  'h[:, None] * (torch.arange(given.shape[1]) < given.sum(-1)[:, None])[..., None]',
  'F.pad(h[..., : n // 2], (0, n // 2))',
  "F.pad(h[..., :4], (0, n - 4), mode='replicate')",
  'torch.cat([h[..., :4], h[..., 4:]], -1)',
])('features of which a share is left add up as before: %s', (features) => {
  expect(regimeOf(features)).toBe(features.includes('@') ? regimeOf('h') : 'feature-learning');
});

test.each([
  'h * (torch.arange(n) < 4)',
  '(torch.arange(n) < 4).float() * h',
  'h * (torch.arange(n) < 4) * (torch.arange(n) < n // 2)',
  'h * ((torch.arange(n) < n // 2) * (torch.arange(n) > n // 2 - 4))',
  'h * (1 - (torch.arange(n) > 3).float())',
  'h * (torch.arange(n) == 3)',
  'h * (h >= h.topk(4, -1)[0][:, -1:])',
  'h * (torch.rand_like(h) < 4 / n)',
  'h * torch.tril(torch.rand(n, n) < 4 / n)[0]',
  'h.masked_fill(torch.arange(n) > 3, 0)',
  'h.masked_fill(h < h.topk(4, -1)[0][:, -1:], 0.0)',
  'torch.where(torch.arange(n) < 4, h, 0)',
  'torch.where(torch.arange(n) > 3, torch.zeros_like(h), h)',
  'torch.where(h >= h.topk(4, -1)[0][:, -1:], h, torch.zeros_like(h))',
  'h * (h > h.kthvalue(n - 4, -1, keepdim=True)[0])',
  'h * ((torch.arange(n) < n // 2) & (torch.arange(n) >= n // 2))',
  'h * 0.5 ** torch.arange(n)',
  'h * torch.exp(-torch.arange(n))',
  'h / (1 + torch.arange(n))',
  'h * (1 + torch.arange(n)) ** -1.5',
  'h * F.one_hot(h.argmax(-1), n)',
  'h * F.one_hot(given, num_classes=n)',
  'h * torch.eye(n)[given]',
  'h * torch.arange(n).lt(4)',
  'h * torch.eq(torch.arange(n), 3)',
  'h * torch.logical_and(torch.arange(n) > 3, torch.arange(n) < 6)',
  'h * torch.heaviside(3.0 - torch.arange(n), torch.zeros(()))',
  'h * torch.isin(torch.arange(n), torch.tensor([1, 2]))',
  'h * torch.zeros_like(h).scatter_(-1, h.topk(4, -1)[1], 1.0)',
  'h.masked_fill(~torch.zeros_like(h, dtype=torch.bool).scatter(-1, h.topk(4, -1)[1], True), 0)',
  'h * torch.zeros(n).index_fill(0, given, 1.0)',
  'h * torch.where(torch.arange(n) < 4, 1.0, 0.0)',
  'h * torch.where(torch.arange(n) > 3, torch.zeros(n), torch.ones(n))',
  'h * torch.ones(n).masked_fill(torch.arange(n) > 3, 0)',
  'h * torch.zeros(n).masked_fill(torch.arange(n) < 4, 1)',
  'h * torch.relu(4 - torch.arange(n))',
  'h * (4 - torch.arange(n)).clamp(min=0, max=1)',
  'h * torch.minimum(torch.ones(n), 4 - torch.arange(n))',
  'h * torch.sigmoid(-torch.arange(n))',
  'h * torch.pow(0.5, torch.arange(n))',
  'h * (1 + torch.arange(n)).reciprocal()',
  'h * F.embedding(given, torch.eye(n))',
  'h * F.one_hot(given, n).sum(1)',
  'torch.where(h > n, h, 0)',
  'h.masked_fill((torch.arange(n) < n // 2) | (torch.arange(n) >= n // 2), 0)',
  'h * F.pad(torch.ones(4), (0, n - 4))',
  'h * torch.cat([torch.ones(4), torch.zeros(n - 4)])',
  'h * torch.cat([torch.arange(n // 2) < 4, torch.zeros(n // 2)])',
  'h * torch.cumprod(0.5 * torch.ones(n), 0)',
  'h * torch.exp2(-torch.arange(n))',
  'h * (torch.arange(n) % n == 0)',
  'h * (torch.arange(n) == torch.arange(n).max())',
  'h * torch.floor(torch.linspace(0, 1, n))',
  'h * torch.linspace(0, 1, n) ** n',
  'h * torch.diff(torch.arange(n) > 4)',
  'h * F.relu(torch.arange(n) - n + 4.0)',
  'h * (given == torch.arange(n))',
  'h * (torch.arange(n)[:, None] == torch.arange(4)).float().sum(1)',
  'h * torch.tanh(torch.eye(n)[0])',
  'h * F.embedding(given, torch.tril(torch.rand(n, n) < 4 / n))',
  'torch.where(torch.arange(n) % n == 0, h, 0)',
  'h.masked_fill(torch.arange(n) % n != 0, 0)',
  'h.new_zeros(n).index_fill(0, torch.arange(4), 1.0) * h',
  'F.pad(h[..., :4], (0, n - 4))',
  'F.pad(h[..., :4], (0, n - 4)).view(-1, n)',
  'torch.cat([h[..., :4], torch.zeros(n - 4)], -1)',
  'torch.cat([h[..., :4], torch.zeros_like(h[..., 4:])], -1)',
  'h @ torch.triu(torch.tril(torch.ones(n, n), 2), -2)',
  'h @ ((torch.arange(n)[:, None] - torch.arange(n)).abs() < 3).float()',
])('of features of which few may be left it is not known how large their sums are: %s', (features) => {
  expect(regimeOf(features)).toBeNull();
});

test.each([
  'h[:, :1].expand(-1, n)',
  'h[:, :4].repeat(1, n // 4)',
  'h.index_select(1, torch.arange(4)).repeat(1, n // 4)',
  'h[:, :1].repeat_interleave(n, 1)',
  'h[:, :1].repeat_interleave(n, -1)',
  'h[..., torch.arange(n) % 4]',
  'h[:, torch.zeros(n).long()]',
  'h[:, :4][:, torch.arange(n) % 4]',
  'h.gather(1, torch.arange(n)[None] % 4)',
  'h.index_select(1, torch.zeros(n).long())',
  'torch.take_along_dim(h, torch.zeros_like(h, dtype=torch.long), -1)',
  'h.narrow(1, 0, 1).expand(-1, n)',
  'h.narrow(1, 0, 4).repeat(1, n // 4).view(-1, n)',
  'h[:, ::n].expand(-1, n)',
  'h[..., ::n].expand(-1, n)',
  'h.chunk(n, -1)[0].expand(-1, n)',
])('of what may be few features, repeated, it is not known how large their sums are: %s', (features) => {
  expect(regimeOf(features)).toBeNull();
});

test('what code that is not followed makes of few entries times a setting may have few, too', () => {
  expect(regimeOf('h * torch.round(self.keep * F.one_hot(given, n))')).toBeNull();
  expect(regimeOf('h * torch.round(self.keep * torch.rand(n))')).toBe('feature-learning');
});

test('a mask of what is given along the features may leave few, one along the data leaves them', () => {
  expect(regimeOf('h * (torch.arange(n) < given)')).toBeNull();
  expect(regimeOf('h * (x.sum(-1)[:, None] < given)')).toBe('feature-learning');
  expect(regimeOf('h * torch.round(self.keep * (torch.arange(n) < given))')).toBeNull();
  expect(regimeOf('h * torch.round(self.keep * (x.sum(-1)[:, None] < given))')).toBe('feature-learning');
});

test('of a few entries that are not zero all have a cosine that is not', () => {
  expect(regimeOf('h * torch.cos(F.one_hot(given, n))')).toBe('feature-learning');
  expect(regimeOf('h * torch.sin(F.one_hot(given, n))')).toBeNull();
});

test.each([
  'h.tril()',
  'torch.triu(h, n - 4)',
  'h * torch.bincount(given, minlength=n)',
  'h * given.bincount(minlength=n)',
  'h * torch.histc(given, n)',
])('of a triangle of a batch of features, or of counts, few may be left: %s', (features) => {
  expect(regimeOf(features)).toBeNull();
});

test.each([
  'h[..., ::2]',
  'h[:, given]',
  'h[torch.arange(3)]',
  'h[..., torch.arange(n)]',
  'h.gather(1, given)',
  'h[:, None].expand(-1, 6, n).gather(1, torch.argsort(torch.rand(2, 6), dim=1)[..., None].repeat(1, 1, n)).mean(1)',
  'h * torch.bincount(given, minlength=8).sum()',
  'h.repeat_interleave(3, 0)',
])('what takes tokens, or features by their count, leaves them as large as before: %s', (features) => {
  expect(regimeOf(features)).toBe('feature-learning');
});

test('a triangle of scores leaves the sums over positions as they are', () => {
  expect(regimeOf('(h @ h.mT).tril() @ h / n')).toBe(regimeOf('h @ h.mT @ h / n'));
  expect(regimeOf('h @ h.mT @ h / n')).not.toBeNull();
});

test('single tokens are repeated along others', () => {
  expect(regimeOf('h[:, :1].expand(-1, 3, -1)')).toBe('feature-learning');
  expect(regimeOf('h[..., :1, :].repeat(1, 3, 1)')).toBe('feature-learning');
  expect(regimeOf('h[..., :1, :].repeat_interleave(3, -2)')).toBe('feature-learning');
});

test('a mask of which some entries are set by hand may leave few', () => {
  expect(regimeOf('h * kept', 'kept = torch.zeros(n)\n        kept[:4] = 1.0')).toBeNull();
  expect(
    regimeOf('h.masked_fill(~kept, 0)', 'kept = torch.zeros(n, dtype=torch.bool)\n        kept[:4] = True'),
  ).toBeNull();
});
