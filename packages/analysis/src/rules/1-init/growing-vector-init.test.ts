import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const biased = (init: string, forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.d(x)))))') =>
  chainModel({ init: `self.d = nn.Linear(16, n)\nself.norm = nn.LayerNorm(n)\n${init}`, forward });
const weights = (source: string) =>
  analyse(source, { rules: { MUP107: 'warning' } })
    .findings.filter(({ code }) => code === 'MUP107')
    .flatMap((one) => one.weights);

test('a bias that starts larger in wider models is told at the line that starts it', () => {
  const source = biased('nn.init.normal_(self.d.bias, std=math.sqrt(n))');
  expect(weights(source)).toEqual(['d.bias']);
  const [finding] = analyse(source, { rules: { MUP107: 'warning' } }).findings.filter(
    ({ code }) => code === 'MUP107',
  );
  expect(source.slice(finding?.span.start, finding?.span.end)).toMatch(/^nn\.init\.normal_\(self\.d\.bias/);
  expect(finding?.message).toContain('grow like n^½');
});

test('a bias that starts the same, smaller or at zero in wider models is right, and so is what is not known', () => {
  expect(weights(biased('nn.init.normal_(self.d.bias, std=0.5)'))).toEqual([]);
  expect(weights(biased('nn.init.uniform_(self.d.bias, -1 / math.sqrt(n), 1 / math.sqrt(n))'))).toEqual([]);
  expect(weights(biased('nn.init.zeros_(self.d.bias)'))).toEqual([]);
  expect(weights(biased('nn.init.normal_(self.d.bias, std=std_of(n))'))).toEqual([]);
  expect(weights(biased('if n > 9:\n    nn.init.normal_(self.d.bias, std=n)'))).toEqual([]);
});

test('a bias that a normalization takes at once is free', () => {
  const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.norm(self.d(x))))))';
  expect(weights(biased('nn.init.normal_(self.d.bias, std=math.sqrt(n))', forward))).toEqual([]);
});
