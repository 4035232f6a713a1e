import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

const start = (init: string, name: string) =>
  onlyModel(
    chainModel({
      init,
      forward: 'return self.c(torch.tanh(torch.tanh(self.b(self.a(x))) @ self.w @ self.v))',
      optimizer: 'None',
    }),
  ).weights.find((row) => row.name === name)?.b;

const apart = 'self.v = nn.Parameter(torch.randn(n, n))';

test('a parameter has the entries of the tensor that it is made of, whatever becomes of that in place', () => {
  const of = (changed: string, made = 'nn.Parameter(t)') =>
    start(`t = torch.randn(n, n)\nself.w = ${made}\n${changed}\n${apart}`, 'w');
  expect(of('t.mul_(n ** -0.5)')).toBe(0.5);
  expect(of('t /= n')).toBe(1);
  expect(of('nn.init.zeros_(t)')).toBe('zero');
  expect(of('t = t / n')).toBe(0);
  expect(of('t /= n', 'nn.Parameter(t.clone())')).toBe(0);
  expect(of('nn.init.zeros_(self.w)\nt /= n')).toBeNull();
});

test('a weight that is given a tensor has its entries', () => {
  const init = `t = torch.randn(n, n)\nself.b.weight.data = t\nt /= n ** 0.5\nself.w = nn.Parameter(torch.randn(n, n))\n${apart}`;
  expect(start(init, 'b.weight')).toBe(0.5);
});

test('of two parameters with the same entries each is what becomes of the other', () => {
  const two = (second: string, changed: string) =>
    start(
      `t = torch.randn(n, n)\nself.w = nn.Parameter(t)\nself.v = nn.Parameter(${second})\nself.w.data.${changed}`,
      'v',
    );
  expect(two('t', 'mul_(n ** -0.5)')).toBeNull();
  expect(two('self.w.detach()', 'zero_()')).toBeNull();
  expect(two('self.w.detach().clone()', 'zero_()')).not.toBe('zero');
  expect(two('t.clone()', 'mul_(n ** -0.5)')).toBe(0);
});
