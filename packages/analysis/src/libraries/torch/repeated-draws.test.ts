import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

const start = (made: string) =>
  onlyModel(
    chainModel({
      init: `self.w = nn.Parameter(${made})`,
      forward: 'return self.c(torch.tanh(torch.tanh(self.b(self.a(x))) @ self.w))',
      optimizer: 'None',
    }),
  ).weights.find(({ name }) => name === 'w')?.b;

test('entries that are drawn once and repeated are no random matrix', () => {
  for (const made of [
    'torch.randn(1, n).repeat(n, 1) / n ** 0.5',
    '(torch.randn(1, n) / n ** 0.5).expand(n, n).clone()',
    'torch.tile(torch.randn(1, n) / n ** 0.5, (n, 1))',
    'torch.repeat_interleave(torch.randn(1, n) / n ** 0.5, n, dim=0)',
    'torch.zeros(n, n) + torch.randn(n) / n ** 0.5',
    'torch.empty(n, n).copy_(torch.randn(n, 1) / n ** 0.5)',
  ])
    expect(start(made), made).toBeNull();
});

test('those that are laid out anew, or of which each is there once, are', () => {
  for (const made of [
    'torch.randn(1, n, n).squeeze(0) / n ** 0.5',
    '(torch.randn(n, n) / n ** 0.5).expand(n, n).clone()',
    'torch.zeros(n, n) + torch.randn(n, n) / n ** 0.5',
    'torch.randn(n * n).view(n, n).t() / n ** 0.5',
  ])
    expect(start(made), made).toBe(0.5);
});

test('a weight that is given fewer entries has each several times', () => {
  const given = (drawn: string) =>
    onlyModel(chainModel({ init: `self.b.weight.data.copy_(${drawn} / n ** 0.5)`, optimizer: 'None' }))
      .weights[1]?.b;
  expect(given('torch.randn(n, 1)')).toBeNull();
  expect(given('torch.randn(n, n)')).toBe(0.5);
});
