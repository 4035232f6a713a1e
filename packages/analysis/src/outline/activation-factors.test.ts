import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { findingsOf, onlyModel } from '../../test/check-findings.ts';

/** A chain whose hidden weights start at std 1, with what its forward pass makes of them. */
function chain(h: string, readout = 'self.c(h) / self.n'): string {
  return chainModel({
    init: 'nn.init.normal_(self.b.weight)\nnn.init.zeros_(self.c.weight)',
    forward: `x = torch.relu(self.a(x))\nh = ${h}\nreturn ${readout}`,
    optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)',
  });
}

function judged(source: string) {
  return {
    isUnstable: onlyModel(source).verdict?.regime === 'unstable',
    isTold: findingsOf('MUP101', source).length > 0,
  };
}

describe('φ(W x)/√n is φ(W x/√n)', () => {
  for (const h of [
    'torch.relu(self.b(x)) / math.sqrt(self.n)',
    'F.leaky_relu(self.b(x)) * self.n ** -0.5',
    'self.b(x).abs() / self.n ** 0.5',
    'F.dropout(torch.relu(self.b(x)), 0.1) / self.n ** 0.5',
  ])
    test(h, () => expect(judged(chain(h))).toEqual({ isUnstable: false, isTold: false }));
});

describe('a factor behind what is made of a layer by powers, sums and products is one of that layer:', () => {
  for (const h of [
    'torch.relu(self.b(x)) ** 2 / self.n',
    'self.b(x) * x / self.n ** 0.5',
    'torch.relu(self.b(x)) * self.b(x) / self.n',
    'torch.maximum(self.b(x), -self.b(x)) / self.n ** 0.5',
    'x + torch.relu(self.b(x)) ** 2 / self.n',
    'torch.relu(self.b(x)) ** 3 / self.n ** 1.5',
    'torch.relu(self.b(x) + 1) / self.n ** 0.5',
    '(F.dropout(torch.relu(self.b(x)), 0.1) - 0.5) / self.n ** 0.5',
    'torch.maximum(self.b(x), torch.zeros_like(x)) / self.n ** 0.5',
  ])
    test(h, () => expect(judged(chain(h))).toEqual({ isUnstable: false, isTold: false }));

  test('but where something sees it before', () =>
    expect(judged(chain('torch.sigmoid(self.b(x)) * self.b(x) / self.n'))).toEqual({
      isUnstable: true,
      isTold: true,
    }));
});

test('one in front of it counts for what is added to the product, too', () => {
  const init = 'self.b = nn.Linear(n, n)\nnn.init.normal_(self.b.weight)';
  const forward = 'return self.c(torch.relu(self.b(torch.relu(self.a(x))) / self.n ** 0.5))';
  const source = chainModel({ init, forward, optimizer: 'None' });
  expect(judged(source)).toEqual({ isUnstable: false, isTold: false });
});

test('a power that is not read, of a square and a number, may make up for it', () => {
  const root = '(self.b(x) ** 2 + 1).sqrt() / self.n ** 0.5';
  expect(judged(chain(root))).toEqual({ isUnstable: false, isTold: false });
  expect(judged(chain('self.b(x) ** 2 + 1')).isTold).toBe(true);
});

test('what is not read may be such a factor behind a product, and not behind what sees its size', () => {
  expect(judged(chain('elsewhere(self.b(x) * x)')).isTold).toBe(false);
  expect(judged(chain('elsewhere(torch.tanh(self.b(x)) * x)')).isTold).toBe(true);
});

describe('what it makes is too large by itself where', () => {
  test('the activation does not pass factors on', () =>
    expect(judged(chain('torch.tanh(self.b(x)) / math.sqrt(self.n)'))).toEqual({
      isUnstable: true,
      isTold: true,
    }));
  test('the factor behind it is too small to make up for it', () =>
    expect(judged(chain('torch.relu(self.b(x) + 1) * self.n ** -0.25'))).toEqual({
      isUnstable: true,
      isTold: true,
    }));
  test('no factor stands behind it', () =>
    expect(judged(chain('torch.relu(self.b(x))'))).toEqual({ isUnstable: true, isTold: true }));
  test('the factor is that of the readout, 1/n', () =>
    expect(judged(chain('torch.relu(self.b(x))', 'self.c(h / self.n)'))).toEqual({
      isUnstable: true,
      isTold: true,
    }));
});

test('on a branch a factor behind ReLU is a multiplier of its matrix', () => {
  const multipliers = (branch: string) =>
    onlyModel(chain(`x + ${branch} / math.sqrt(self.n)`, 'self.c(h)')).weights.map(({ a }) => a);
  expect(multipliers('torch.relu(self.b(x))')).toEqual([0, 0.5, 0]);
  expect(multipliers('F.silu(self.b(x))')).toEqual([0, 0, 0]);
});
