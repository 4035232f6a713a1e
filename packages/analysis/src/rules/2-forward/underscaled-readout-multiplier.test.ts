import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const ONE = 'nn.init.normal_(self.c.weight, std=1.0)';
const readout = (factor: string, init = ONE, rate = 'lr') =>
  chainModel({
    init,
    forward: `return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))${factor}`,
    optimizer: `torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight], 'lr': lr / n}, {'params': [model.c.weight], 'lr': ${rate}}], lr=lr)`,
  });
const found = (source: string) =>
  analyse(source, { rules: { MUP201: 'warning' } }).findings.filter(({ code }) =>
    ['MUP104', 'MUP201', 'MUP302'].includes(code),
  );
const codes = (source: string) => found(source).map(({ code }) => code);

describe('a readout that starts constant in width and is divided by √n', () => {
  test('is told at the factor, in place of its start and its rate, which are right with 1/n', () => {
    const source = readout(' / math.sqrt(self.n)');
    const [finding, ...others] = found(source);
    expect(others).toEqual([]);
    expect(finding?.code).toBe('MUP201');
    expect(source.slice(finding?.span.start, finding?.span.end)).toContain('/ math.sqrt(self.n)');
    expect(finding?.message).toContain('change outputs like n^½');
    expect(finding?.fixes[0]?.text).toContain('(n₀/n)^½');
  });

  test('is told also behind its bias', () => {
    const source = readout(' / math.sqrt(self.n)', `self.c = nn.Linear(n, 4)\n${ONE}`);
    expect(codes(source)).toEqual(['MUP201']);
  });

  test('is told also where what it is given is divided', () => {
    const source = chainModel({
      init: ONE,
      forward: 'h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn self.c(h / self.n ** 0.5)',
    });
    expect(codes(source)).toEqual(['MUP201']);
  });
});

describe('another is the business of other rules', () => {
  test('that is divided by nothing, or by n', () => {
    expect(codes(readout(''))).toEqual(['MUP104', 'MUP302']);
    expect(codes(readout(' / self.n'))).toEqual([]);
  });

  test('whose start falls too, or is not known', () => {
    expect(
      codes(readout(' / math.sqrt(self.n)', 'nn.init.normal_(self.c.weight, std=self.n ** -0.5)')),
    ).toEqual(['MUP302']);
    expect(codes(readout(' / math.sqrt(self.n)', 'nn.init.normal_(self.c.weight, std=std_of(n))'))).toEqual([
      'MUP302',
    ]);
  });

  test('whose rate is too fast beside that, or falls', () => {
    expect(codes(readout(' / math.sqrt(self.n)', ONE, 'lr * n'))).toEqual(['MUP104', 'MUP302']);
    expect(codes(readout(' / math.sqrt(self.n)', ONE, 'lr / math.sqrt(n)'))).toEqual(['MUP104']);
  });
});
