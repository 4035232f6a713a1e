import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** The exponents of the rates of a, b and c; `?` where one is not known. */
function rates(parts: ChainParts): string {
  return onlyModel(chainModel(parts))
    .weights.map(({ c }) => c ?? '?')
    .join(' ');
}

const tagged = 'self.b.weight.slower = 1 / n\nsetattr(self.c.weight, "slower", 1 / n)';
const asked =
  'torch.optim.Adam([{"params": [p], "lr": lr * getattr(p, "slower", 1.0)} for p in model.parameters()])';

describe('what code gives a parameter under a name', () => {
  test('is what it asks for by that name, and others have what it takes instead', () => {
    expect(rates({ init: tagged, optimizer: asked })).toBe('0 1 1');
  });

  test('tells the groups of an optimizer', () => {
    const after = `
plain = [p for p in model.parameters() if not hasattr(p, "own")]
special = [{"params": [p], **p.own} for p in model.parameters() if hasattr(p, "own")]`;
    const init = 'self.b.weight.own = {"lr": 0.1 / n}';
    const optimizer = 'torch.optim.AdamW([{"params": plain}] + special, lr=lr)';
    expect(rates({ init, after, optimizer })).toBe('0 1 0');
  });

  test('is not there where code gives it to no parameter in sight', () => {
    expect(rates({ init: tagged.replaceAll('slower', 'other'), optimizer: asked })).toBe('? ? ?');
  });

  test('may not be there where a condition decides, or where the name is computed', () => {
    expect(rates({ init: 'if flag():\n    self.b.weight.slower = 1 / n', optimizer: asked })).toBe('0 ? 0');
    expect(rates({ init: `${tagged}\nsetattr(self.a.weight, name(), 2)`, optimizer: asked })).toBe('? 1 1');
  });

  test.each([
    ['torch.distributed.fsdp.fully_shard(model)', '0 ? ?'],
    ['model = torch.distributed.fsdp.FullyShardedDataParallel(model)', '0 ? ?'],
    ['model.load_state_dict(kept, assign=True)', '0 ? ?'],
    ['model.to_empty(device="cuda")', '0 ? ?'],
    ['model = torch.compile(model)', '0 1 1'],
    ['model.load_state_dict(kept)', '0 1 1'],
    ['model.double()', '0 1 1'],
  ])('may be lost where parameters become others: %s', (after, expected) => {
    expect(rates({ init: tagged, after: `kept = model.state_dict()\n${after}`, optimizer: asked })).toBe(
      expected,
    );
  });

  test.each(['self.b.weight.data', 'self.b.weight.detach()'])('may not be there where %s has it', (of) => {
    const init = tagged.replace('self.b.weight', of);
    expect(rates({ init, optimizer: asked })).toBe('0 ? 1');
  });

  test.each(['del self.c.weight.slower', 'delattr(self.c.weight, "slower")'])('may be gone by %s', (line) => {
    expect(rates({ init: `${tagged}\n${line}`, optimizer: asked })).toBe('0 1 ?');
  });

  test('is not what a copy has', () => {
    expect(
      rates({ init: tagged, after: 'import copy\nmodel = copy.deepcopy(model)', optimizer: asked }),
    ).toBe('0 0 0');
  });

  test('is what the one that both are has, where two are one', () => {
    const init = `${tagged}\nself.d = nn.Linear(n, n, bias=False)\nself.d.weight = self.b.weight`;
    expect(rates({ init, optimizer: asked })).toBe('0 1 1');
  });

  test('may be what another one has, where the two may be one', () => {
    const init = `self.b.weight.slower = 1 / n\nif flag():\n    self.c.weight = self.b.weight`;
    expect(rates({ init, optimizer: asked })).toBe('0 ? ?');
  });
});
