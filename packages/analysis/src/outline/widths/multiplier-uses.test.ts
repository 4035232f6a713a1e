import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

const HIDDEN = 'nn.init.normal_(self.b.weight, std=0.02 / math.sqrt(settings.heat))';
const LAYERS = 'torch.tanh(self.b(torch.tanh(self.a(x))))';
const KEPT = 'self.settings = settings';
const GIVEN = `return self.c(${LAYERS} / self.settings.heat)`;
const GROUPS =
  'torch.optim.Adam([{"params": model.b.parameters(), "lr": lr / settings.heat}, {"params": [model.a.weight, model.c.weight]}], lr=lr)';

const rows = (parts: ChainParts) => {
  const source = chainModel({ ...parts, init: [KEPT, parts.init].join('\n') })
    .replace('self, n)', 'self, n, settings)')
    .replace('Net(n)', 'Net(n, settings)')
    .replace('build(n,', 'build(n, settings,');
  const [a, b, c] = onlyModel(source).weights;
  return { a, b, c };
};

describe('a plain number is a width multiplier, whatever it is called,', () => {
  test('where its root divides how hidden matrices start and it divides what the readout is given', () => {
    const { b, c } = rows({ init: HIDDEN, forward: GIVEN });
    expect([b?.b, c?.a]).toEqual([0.5, 1]);
  });

  test('where its root divides how hidden matrices start and it divides their rate', () => {
    const { b } = rows({ init: HIDDEN, optimizer: GROUPS });
    expect([b?.b, b?.c]).toEqual([0.5, 1]);
  });

  test('where it divides the rate of hidden matrices and what the readout gives', () => {
    const { b, c } = rows({ forward: `return self.c(${LAYERS}) / self.settings.heat`, optimizer: GROUPS });
    expect([b?.c, c?.a]).toEqual([1, 1]);
  });
});

describe('a plain number may be a width multiplier', () => {
  test('where its root alone divides how hidden matrices start', () => {
    expect(rows({ init: HIDDEN }).b?.b).toBeNull();
  });

  test('where it divides what the readout is given', () => {
    expect(rows({ forward: GIVEN }).c?.a).toBeNull();
  });

  test('or one over it where its root multiplies how hidden matrices start, and so what it multiplies has no exponent', () => {
    const init = 'nn.init.normal_(self.b.weight, std=0.02 * math.sqrt(settings.heat))';
    const { b, c } = rows({ init, forward: `return self.c(${LAYERS}) * self.settings.heat` });
    expect([b?.b, c?.a]).toEqual([null, null]);
  });
});

describe('a plain number is the same at every width', () => {
  test('where it divides what the readout gives, as a temperature does', () => {
    expect(rows({ forward: `return self.c(${LAYERS}) / self.settings.heat` }).c?.a).toBe(0);
  });

  test.each(['0.02 / settings.heat', '0.02 * settings.heat', '0.02 / math.sqrt(2 * settings.depth)'])(
    'where hidden matrices start with %s',
    (std) => {
      expect(rows({ init: `nn.init.normal_(self.b.weight, std=${std})` }).b?.b).toBe(0);
    },
  );

  test('where its root divides how the first layer starts', () => {
    expect(rows({ init: HIDDEN.replace('self.b', 'self.a') }).a?.b).toBe(0);
  });

  test('where it divides a rate alone', () => {
    expect(rows({ optimizer: GROUPS }).b?.c).toBe(0);
  });

  test('where it is the base width that the width is held against', () => {
    const init = 'nn.init.normal_(self.b.weight, std=0.02 * math.sqrt(settings.base / n))';
    expect(rows({ init }).b?.b).toBe(0.5);
  });
});
