import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const ZERO = 'nn.init.normal_(self.c.weight, std=1 / n)';

/** A rate that falls for b and c, with these decays. */
const decayed = (hidden: string, name = 'AdamW', lr = 'lr / n') =>
  chainModel({
    init: ZERO,
    optimizer: `torch.optim.${name}([
        {'params': [model.a.weight]},
        {'params': [model.b.weight], 'lr': ${lr}, 'weight_decay': ${hidden}},
        {'params': [model.c.weight], 'lr': lr / n}], lr=lr, weight_decay=0.1)`,
  });

const found = (source: string) =>
  analyse(source, { rules: { MUP306: 'warning' } }).findings.filter(({ code }) => code === 'MUP306');

test('a decay that the optimizer multiplies by a falling rate is found at the group, of hidden weights alone', () => {
  const source = decayed('0.1');
  const [finding, ...others] = found(source);
  expect(others).toEqual([]);
  expect(finding?.weights).toEqual(['b.weight']);
  expect(finding?.severity).toBe('warning');
  expect(source.slice(finding?.span.start, finding?.span.end)).toMatch(/^\{'params': \[model\.b\.weight\]/);
  expect(finding?.assumptions.join(' ')).toContain('as many tokens');
});

test('it is found at the group also where groups are not written in the call', () => {
  const source = chainModel({
    init: ZERO,
    before:
      'def groups(model, n, lr):\n    return [{"params": model.b.parameters(), "lr": lr / n}, {"params": [model.a.weight, model.c.weight]}]',
    optimizer: 'torch.optim.AdamW(groups(model, n, lr), lr=lr, weight_decay=0.1)',
  });
  const [finding] = found(source);
  expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
    '{"params": model.b.parameters(), "lr": lr / n}',
  );
});

test('a decay that grows as the rate falls, or is none, or is not known, is right', () => {
  expect(found(decayed('0.1 * n'))).toEqual([]);
  expect(found(decayed('0'))).toEqual([]);
  expect(found(decayed('decay_of(n)'))).toEqual([]);
});

test('a decay that grows too little is found', () => {
  expect(found(decayed('0.1 * math.sqrt(n)'))[0]?.message).toContain('takes n^-½ of');
});

test('nothing is said where decay does not go by the rate, or the rate does not fall', () => {
  expect(found(decayed('0.1', 'Adam'))).toEqual([]);
  expect(found(decayed('0.1', 'SGD'))).toEqual([]);
  expect(found(decayed('0.1', 'AdamW', 'lr'))).toEqual([]);
});
