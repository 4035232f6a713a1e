import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse, findingsOf } from '../../../test/check-findings.ts';
import { edited } from '../../fixes/text-edits.ts';

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

const found = (source: string) => findingsOf('MUP306', source);

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
  expect(found(decayed('decays[1]').replace('def build(n,', 'def build(n, decays,'))).toEqual([]);
});

test('a decay that grows too little is found', () => {
  expect(found(decayed('0.1 * math.sqrt(n)'))[0]?.message).toContain('takes n^-½ of');
});

test('nothing is said where decay does not go by the rate, or the rate does not fall', () => {
  expect(found(decayed('0.1', 'Adam'))).toEqual([]);
  expect(found(decayed('0.1', 'SGD'))).toEqual([]);
  expect(found(decayed('0.1', 'AdamW', 'lr'))).toEqual([]);
});

describe('the fix multiplies', () => {
  const mended = (source: string) => {
    const [fix] = found(source)[0]?.fixes ?? [];
    const text = edited(source, fix?.edits ?? []);
    expect(found(text)).toEqual(fix?.edits.length === 0 ? found(source) : []);
    return text.replaceAll(/\s+/g, ' ');
  };
  const sized = (source: string) => source.replace('def build(n,', 'def build(n=64,');

  test('the decay of the group', () => {
    expect(mended(sized(decayed('0.1')))).toContain(
      "{'params': [model.b.weight], 'lr': lr / n, 'weight_decay': 0.1 * (n / 64)},",
    );
    expect(mended(sized(decayed('0.1 * math.sqrt(n)')))).toContain(
      "'weight_decay': 0.1 * math.sqrt(n) * (n / 64) ** 0.5, }",
    );
  });

  test('that of the call, where the group has none of its own', () => {
    const source = sized(decayed('0.1')).replace(", 'weight_decay': 0.1}", '}');
    expect(mended(source)).toContain(
      "{'params': [model.b.weight], 'lr': lr / n, 'weight_decay': 0.1 * (n / 64)},",
    );
  });

  test('nothing, where the decay has a name that stands for something else there', () => {
    const source = chainModel({
      init: ZERO,
      before: `def groups(model, n=64, lr=0.1):
    return [{"params": [model.b.weight], "lr": lr / n}, {"params": [model.a.weight, model.c.weight]}]`,
      optimizer: 'torch.optim.AdamW(groups(model, n, lr), lr=lr, weight_decay=n_decay)',
    }).replace('model = Net(n)', 'model, n_decay = Net(n), 0.1');
    expect(found(source)[0]?.fixes[0]?.edits).toEqual([]);
  });
});

test('with the rate of hidden weights and readouts the fixes of both scale the decay, and none makes a finding', () => {
  const before = chainModel({
    init: ZERO,
    optimizer: 'torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.1)',
  }).replace('def build(n,', 'def build(n=64,');
  const once = analyse(before).findings.find(({ code }) => code === 'MUP301');
  const text = edited(before, once?.fixes[0]?.edits ?? []);
  const second = analyse(text).findings.find(({ code }) => code === 'MUP302');
  const both = edited(text, second?.fixes[0]?.edits ?? []);
  expect(both.match(/'weight_decay': 0\.1 \* \(n \/ 64\)/g)).toHaveLength(2);
  expect(analyse(both).findings).toEqual([]);
});

test.each([
  ['is 0', 'weight_decay=0.0', ''],
  ['goes with the width already', 'weight_decay=0.1 * n', ''],
  ['is left out, as the 0.01 that PyTorch has then', 'eps=1e-8', "'weight_decay': 1e-2 * (n / 64)"],
])('in the fix of a rate a decay that %s', (_, decay, told) => {
  const source = chainModel({
    init: ZERO,
    optimizer: `torch.optim.AdamW(model.parameters(), lr=lr, ${decay})`,
  }).replace('def build(n,', 'def build(n=64,');
  const [finding] = findingsOf('MUP301', source);
  const text = edited(source, finding?.fixes[0]?.edits ?? []);
  expect(text).toContain('lr * (64 / n)');
  expect(/'weight_decay': .*?(?=[,}])/.exec(text)?.[0] ?? '').toBe(told);
});

test('where the fix of a rate is only said, it says what becomes of the decay', () => {
  const said = (name: string) =>
    findingsOf(
      'MUP301',
      chainModel({
        optimizer: `torch.optim.${name}(map(lambda p: p, model.parameters()), lr=lr, weight_decay=0.1)`,
      }),
    )[0]?.fixes[0]?.text;
  expect(said('AdamW')).toContain('a decay that is not 0 is to be multiplied by n/n₀.');
  expect(said('Adam')).not.toContain('decay');
});
