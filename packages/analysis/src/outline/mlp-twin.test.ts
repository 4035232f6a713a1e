import { expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../test/chain-model.ts';
import { onlyModel } from '../../test/check-findings.ts';
import type { MlpTwin } from '../model-outline.ts';

function twinOf(parts: ChainParts): MlpTwin {
  const { twin } = onlyModel(chainModel(parts));
  if ('missing' in twin) throw new Error(JSON.stringify(twin.missing));
  return twin.twin;
}

function missingOf(parts: ChainParts): unknown {
  const { twin } = onlyModel(chainModel(parts));
  return 'missing' in twin ? twin.missing : null;
}

test('a chain of matrices has a twin of its depth, activation, optimizer and exponents', () => {
  const init = `nn.init.normal_(self.a.weight)
nn.init.normal_(self.b.weight, std=n**-0.5)
nn.init.normal_(self.c.weight, std=1 / n)`;
  const groups =
    "[{'params': model.b.parameters(), 'lr': lr / n}, {'params': model.c.parameters(), 'lr': lr / n}, {'params': model.a.parameters()}]";
  expect(twinOf({ init, optimizer: `torch.optim.Adam(${groups}, lr=lr)` })).toEqual({
    optimizer: 'adam',
    exponents: { input: { a: 0, b: 0, c: 0 }, hidden: { a: 0, b: 0.5, c: 1 }, output: { a: 0, b: 1, c: 1 } },
    activation: 'tanh',
    activations: ['tanh'],
    depth: 2,
    beside: [],
    isChain: true,
  });
});

test('a multiplier of the readout is one of the twin', () => {
  const forward = 'return self.c(torch.relu(self.b(torch.relu(self.a(x))))) / n';
  const twin = twinOf({
    forward: forward.replace('/ n', '/ self.n'),
    optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)',
  });
  expect(twin).toMatchObject({
    optimizer: 'sgd',
    activation: 'relu',
    exponents: { output: { a: 1, b: 0.5, c: 0 } },
  });
});

test.for([
  ['norm', 'return self.c(F.layer_norm(self.b(torch.tanh(self.a(x))), (self.n,)))'],
  ['residual', 'h = torch.tanh(self.a(x))\nreturn self.c(h + torch.tanh(self.b(h)))'],
  ['product', 'h = torch.tanh(self.a(x))\nreturn self.c(h * torch.sigmoid(self.b(h)))'],
] as const)('a model with a %s is no chain, and its twin says so', ([beside, forward]) => {
  expect(twinOf({ forward })).toMatchObject({ beside: [beside], isChain: false, depth: null });
});

test('matrices without an activation between them are no chain, unless there is none at all', () => {
  for (const forward of [
    'return self.c(torch.relu(self.b(self.a(x))))',
    'return self.c(F.dropout(self.b(torch.relu(self.a(x))), 0.1))',
  ]) {
    expect(twinOf({ forward })).toMatchObject({ beside: ['linear'], isChain: false, depth: null });
  }
  const forward = 'return self.c(self.b(self.a(x)))';
  expect(twinOf({ forward })).toMatchObject({ beside: [], isChain: true, depth: 2, activations: [] });
});

test('biases are said, and leave a chain', () => {
  const before = 'class Biased(nn.Linear): pass';
  const init = 'self.b = nn.Linear(n, n)';
  expect(twinOf({ before, init })).toMatchObject({ beside: ['bias'], isChain: true, depth: 2 });
});

test('weight decay is said, where there is any, and leaves a chain', () => {
  const under = (decay: string) =>
    twinOf({ optimizer: `torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=${decay})` });
  expect(under('0.1')).toMatchObject({ beside: ['decay'], isChain: true, depth: 2 });
  expect(under('0').beside).toEqual([]);
});

test('a layer that is used twice leaves the depth open', () => {
  const forward = 'h = torch.tanh(self.a(x))\nreturn self.c(torch.tanh(self.b(torch.tanh(self.b(h)))))';
  expect(twinOf({ forward }).depth).toBeNull();
});

test('of several activations none is the twin’s', () => {
  const forward = 'return self.c(torch.tanh(self.b(torch.relu(self.a(x)))))';
  expect(twinOf({ forward })).toMatchObject({ activation: null, activations: ['relu', 'tanh'] });
});

test('what does not scale as an MLP does has no twin, and why', () => {
  expect(missingOf({ optimizer: 'None' })).toEqual({ kind: 'unread', name: 'a.weight' });
  const more = { init: 'self.d = nn.Linear(n, n, bias=False)\nnn.init.normal_(self.d.weight, std=0.02)' };
  const forward = 'return self.c(torch.tanh(self.d(torch.tanh(self.b(torch.tanh(self.a(x)))))))';
  expect(missingOf({ ...more, forward })).toEqual({ kind: 'differ', role: 'hidden' });
  expect(missingOf({ init: 'self.b.weight.requires_grad_(False)' })).toMatchObject({ name: 'b.weight' });
});

test('a weight under a name that the code computes goes by a star', () => {
  const init =
    'self.b = nn.Sequential()\nself.b.add_module(input(), nn.Linear(n, n))\nself.b.requires_grad_(False)';
  expect(missingOf({ init })).toMatchObject({ name: 'b.*.weight' });
});
