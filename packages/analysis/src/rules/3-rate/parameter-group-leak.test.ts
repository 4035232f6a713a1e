import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const SECOND = 'self.d = nn.Linear(n, n, bias=False)\nnn.init.zeros_(self.c.weight)';
const FORWARD = 'return self.c(torch.tanh(self.d(torch.tanh(self.b(torch.tanh(self.a(x)))))))';

/** A network of two hidden matrices, b and d, whose groups are these. */
const grouped = (...groups: readonly string[]) =>
  chainModel({
    init: SECOND,
    forward: FORWARD,
    optimizer: `torch.optim.Adam([\n${groups.join(',\n')}], lr=lr)`,
  });

const group = (names: string, lr = 'lr') => {
  const listed = [...names].map((name) => `'${name}.weight'`).join(', ');
  return `{'params': [p for name, p in model.named_parameters() if name in [${listed}]], 'lr': ${lr}}`;
};

const found = (source: string) =>
  analyse(source, { rules: { MUP308: 'warning' } }).findings.filter(({ code }) =>
    ['MUP301', 'MUP303', 'MUP308'].includes(code),
  );
const said = (source: string) => found(source).map(({ code, weights }) => `${code} ${weights.join(' ')}`);

describe('a group that gets a weight wrong', () => {
  test('leaves a hidden one in the rest: told there, in place of MUP301', () => {
    const source = grouped(group('bc', 'lr / n'), group('ad'));
    expect(said(source)).toEqual(['MUP308 d.weight']);
    const [finding] = found(source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(group('ad'));
    expect(finding?.message).toContain('leave this one out');
  });

  test('takes an input weight in: told in place of MUP303', () => {
    const source = grouped(group('abd', 'lr / n'), group('c'));
    expect(said(source)).toEqual(['MUP308 a.weight']);
    expect(found(source)[0]?.message).toContain('fade as width grows');
  });
});

describe('no leak is', () => {
  test('one rate for all weights, which MUP301 is about', () => {
    expect(said(grouped(group('abcd')))).toEqual(['MUP301 b.weight d.weight']);
  });

  test('one falling rate for all weights, or a group of an input weight alone, which MUP303 is about', () => {
    expect(said(grouped(group('abcd', 'lr / n')))).toEqual(['MUP303 a.weight']);
    expect(said(grouped(group('a', 'lr / n'), group('bd', 'lr / n'), group('c')))).toEqual([
      'MUP303 a.weight',
    ]);
  });

  test('groups as μP has them', () => {
    expect(said(grouped(group('bcd', 'lr / n'), group('a')))).toEqual([]);
  });

  test('a hidden weight behind others that are too fast as well', () => {
    expect(said(grouped(group('b', 'lr * n ** -0.5'), group('acd')))).toEqual(['MUP301 b.weight d.weight']);
  });

  test('a group of which a rate is not known', () => {
    expect(said(grouped(group('b', 'lr / n'), group('acd', 'rate_of(n)')))).toEqual([]);
  });
});
