import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const findings = (source: string) => analyse(source).findings.filter(({ code }) => code === 'MUP102');

/** What is found where the middle matrix of a chain starts like this. */
const started = (init: string, parts: Parameters<typeof chainModel>[0] = {}) =>
  findings(chainModel({ init, ...parts })).map(({ weights }) => weights);

describe('a hidden start that falls faster than n^-½', () => {
  test('is found at the line that makes it, with the power by which what it makes shrinks', () => {
    const source = chainModel({ init: 'nn.init.normal_(self.b.weight, std=0.5 / n)' });
    const [finding] = findings(source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'nn.init.normal_(self.b.weight, std=0.5 / n)',
    );
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain('like 1/n');
    expect(finding?.message).toContain('shrink like n^-½');
  });

  test('is found where a width multiplier divides in place of its root', () => {
    expect(started('nn.init.normal_(self.b.weight, std=0.02 / (n / 256))')).toEqual([['b.weight']]);
    expect(started('nn.init.normal_(self.b.weight, std=0.02 / math.sqrt(n / 256))')).toEqual([]);
  });

  test('is mended by a factor that takes the excess away', () => {
    const [finding] = findings(chainModel({ init: 'nn.init.normal_(self.b.weight, std=0.5 / n)' }));
    expect(finding?.fixes[0]?.text).toContain('n^½ less');
  });
});

describe('nothing is said of', () => {
  test('a weight that sums over two dimensions of features at once, which falls like 1/n', () => {
    const bilinear = {
      init: 'self.w = nn.Parameter(torch.empty(10, n, n))\nnn.init.normal_(self.w, std=1 / n)',
      forward: "return torch.einsum('bi,oij,bj->bo', self.a(x), self.w, self.b(self.a(x)))",
    };
    const { findings: all } = analyse(chainModel(bilinear));
    expect(all.filter(({ code }) => code === 'MUP102')).toEqual([]);
    expect(all.find(({ code }) => code === 'MUP302')?.message).toContain('n^2 times too large');
  });

  test('a start at zero, at n^-½, at a constant, or at what is not known', () => {
    expect(started('nn.init.zeros_(self.b.weight)')).toEqual([]);
    expect(started('nn.init.normal_(self.b.weight, std=n ** -0.5)')).toEqual([]);
    expect(started('nn.init.normal_(self.b.weight, std=0.02)')).toEqual([]);
    expect(
      started('nn.init.normal_(self.b.weight, std=std_of(n))', { before: 'from s import std_of' }),
    ).toEqual([]);
  });

  test('a start that one of two ways has', () => {
    const either = 'if n > 9:\n    nn.init.normal_(self.b.weight, std=1 / n)';
    expect(started(either)).toEqual([]);
  });

  test('a matrix that a normalization follows', () => {
    const init = 'self.norm = nn.LayerNorm(n)\nnn.init.normal_(self.b.weight, std=1 / n)';
    const forward = 'return self.c(torch.tanh(self.norm(self.b(torch.tanh(self.a(x))))))';
    expect(started(init, { forward })).toEqual([]);
  });

  test('what is added to something that does not shrink', () => {
    const forward = 'h = torch.tanh(self.a(x))\nreturn self.c(torch.tanh(h + self.b(h)))';
    expect(started('nn.init.normal_(self.b.weight, std=1 / n)', { forward })).toEqual([]);
  });

  test('a readout', () => {
    expect(started('nn.init.normal_(self.c.weight, std=1 / n)')).toEqual([]);
  });

  test('a matrix that a factor makes up for', () => {
    const forward = 'return self.c(torch.tanh(math.sqrt(n) * self.b(torch.tanh(self.a(x)))))'.replace(
      '(n)',
      '(self.n)',
    );
    expect(started('nn.init.normal_(self.b.weight, std=1 / n)', { forward })).toEqual([]);
  });

  test('a usual start of what a factor makes smaller, as the scale of attention does of queries', () => {
    const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) * self.n ** -0.5))';
    expect(started('nn.init.xavier_uniform_(self.b.weight)', { forward })).toEqual([]);
  });

  test('a start that PyTorch chooses', () => {
    const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) / self.n))';
    expect(started('', { forward })).toEqual([]);
  });
});
