import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const notes = (rates: Readonly<Record<'a' | 'b' | 'c' | 'd', string>>) => {
  const source = chainModel({
    init: 'self.d = nn.Linear(n, n, bias=False)\nnn.init.zeros_(self.c.weight)',
    forward: 'h = torch.tanh(self.a(x))\nreturn self.c(h + torch.tanh(self.b(h)) + torch.tanh(self.d(h)))',
    optimizer: `torch.optim.Adam([${Object.entries(rates)
      .map(([key, lr]) => `{'params': [model.${key}.weight], 'lr': ${lr}}`)
      .join(', ')}])`,
  });
  return analyse(source, { rules: { MUP503: 'warning' } }).findings.filter(({ code }) => code === 'MUP503');
};

test('a matrix whose rate falls too far is told where the model learns features all the same', () => {
  const [note, ...others] = notes({ a: 'lr', b: 'lr / n', c: 'lr / n', d: 'lr / n ** 2' });
  expect(others).toEqual([]);
  expect(note?.weights).toEqual(['d.weight']);
  expect(note?.message).toContain('shrink like 1/n beside');
});

test('nothing is told where all move, and where the model is unstable', () => {
  expect(notes({ a: 'lr', b: 'lr / n', c: 'lr / n', d: 'lr / n' })).toEqual([]);
  expect(notes({ a: 'lr', b: 'lr', c: 'lr', d: 'lr / n ** 2' })).toEqual([]);
});
