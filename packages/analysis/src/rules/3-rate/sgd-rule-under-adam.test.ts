import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const trained = (name: string, rates: Readonly<Record<'a' | 'b' | 'c', string>>) =>
  chainModel({
    init: 'nn.init.normal_(self.c.weight, std=1 / n)',
    optimizer: `torch.optim.${name}([${Object.entries(rates)
      .map(([key, lr]) => `{'params': [model.${key}.weight], 'lr': ${lr}}`)
      .join(', ')}])`,
  });
const found = (source: string) =>
  analyse(source, { rules: { MUP304: 'warning' } }).findings.filter(({ code }) => code === 'MUP304');
const weights = (source: string) => found(source).flatMap((one) => one.weights);

const OF_SGD = { a: 'lr * n', b: 'lr', c: 'lr / n' };
const OF_ADAM = { a: 'lr', b: 'lr / n', c: 'lr / n' };

describe('rates of μP', () => {
  test('for SGD are wrong under Adam: the input weight is too fast', () => {
    const source = trained('Adam', OF_SGD);
    const [finding] = found(source);
    expect(weights(source)).toEqual(['a.weight']);
    expect(finding?.message).toContain('at a learning rate that goes like n');
    expect(finding?.message).toContain('its updates are n times too large');
    expect(source.slice(finding?.span.start, finding?.span.end)).toMatch(/^torch\.optim\.Adam/);
  });

  test('for Adam are wrong under SGD: the hidden weight is too slow', () => {
    const source = trained('SGD', { ...OF_ADAM, a: 'lr * n' });
    expect(weights(source)).toEqual(['b.weight']);
    expect(found(source)[0]?.message).toContain('its updates are n times too small');
  });

  test('are right where they belong', () => {
    expect(weights(trained('SGD', OF_SGD))).toEqual([]);
    expect(weights(trained('Adam', OF_ADAM))).toEqual([]);
  });
});

describe('nothing is said of', () => {
  test('one rate for all, or one that is not known', () => {
    expect(weights(trained('Adam', { a: 'lr', b: 'lr', c: 'lr' }))).toEqual([]);
    expect(weights(trained('SGD', { a: 'lr * n', b: 'lr', c: 'lr' }))).toEqual([]);
    expect(weights(trained('Adam', { ...OF_SGD, a: 'rate_of(n)' }))).toEqual([]);
  });

  test('an input weight in front of a normalization that starts as much larger', () => {
    const source = chainModel({
      init: 'self.norm = nn.LayerNorm(n)\nnn.init.normal_(self.a.weight, std=n)\nnn.init.normal_(self.c.weight, std=1 / n)',
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.norm(self.a(x))))))',
      optimizer:
        "torch.optim.Adam([{'params': [model.a.weight], 'lr': lr * n}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}])",
    });
    expect(weights(source)).toEqual([]);
  });
});
