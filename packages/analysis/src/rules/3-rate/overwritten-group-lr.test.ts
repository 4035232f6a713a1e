import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';
import { placeIn } from '../../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { isMended } from '../../fixes/proven-fixes.ts';
import { edited } from '../../fixes/text-edits.ts';
import { DEFAULT_OPTIONS } from '../../options.ts';

/** Groups as μP has them, and what a training loop then does. */
const trained = (loop: string, hidden = 'lr / n') =>
  `${chainModel({
    init: 'nn.init.zeros_(self.c.weight)',
    optimizer: `torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight, model.c.weight], 'lr': ${hidden}, 'lr_scale': 1 / n}], lr=lr)`,
  })}
def train(n, lr, steps):
    model, optimizer = build(n, lr)
    for step in range(steps):
        rate = lr * (1 - step / steps)
        for group in optimizer.param_groups:
            ${loop}
        optimizer.step()
`;
const found = (source: string) =>
  analyse(source).findings.filter(({ code }) => ['MUP301', 'MUP302', 'MUP307'].includes(code));
const said = (source: string) => found(source).map(({ code, weights }) => `${code} ${weights.join(' ')}`);

describe('one rate that is written over all groups', () => {
  test('is told where it is written, in place of MUP301 and MUP302', () => {
    const source = trained("group['lr'] = rate");
    expect(said(source)).toEqual(['MUP307 b.weight c.weight']);
    const [finding] = found(source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe("group['lr'] = rate");
    expect(finding?.message).toContain('whose rate goes like 1/n');
  });

  test('is told at the line that writes to the optimizer it is about, where there are two', () => {
    const second = (write: string) =>
      trained(write)
        .replace('    for step in', '    other = torch.optim.SGD([model.a.weight], lr=lr)\n    for step in')
        .replace(
          '        optimizer.step()',
          "        for group in other.param_groups:\n            group['lr'] = 2 * rate\n        optimizer.step()",
        );
    const source = second("group['lr'] = rate");
    const [finding] = found(source);
    expect(finding?.code).toBe('MUP307');
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe("group['lr'] = rate");
  });

  test('is no matter where each group keeps its factor', () => {
    expect(said(trained("group['lr'] = rate * group['lr_scale']"))).toEqual([]);
    expect(said(trained("group['lr'] *= 0.9"))).toEqual([]);
  });

  test('is the affair of MUP301 and MUP302 where no group had another', () => {
    expect(said(trained("group['lr'] = rate", 'lr'))).toEqual(['MUP301 b.weight', 'MUP302 c.weight']);
  });

  test('says nothing where it is not read, or falls with the width itself', () => {
    expect(said(trained("group['lr'] = rate_of(step)"))).toEqual([]);
    expect(said(trained("group['lr'] = rate / n"))).toEqual([]);
    expect(said(trained("group['lr'] = max(group['lr'] * 0.9, 1e-6)"))).toEqual([]);
  });
});

describe('a schedule over batches that writes one rate', () => {
  const over = (rate: string) =>
    trained("group['lr'] = rate")
      .replace('for step in range(steps):', 'for step, (x, y) in enumerate(steps.loader):')
      .replace('lr * (1 - step / steps)', rate)
      .replace(/^import/m, 'import math\nimport');

  test.each([
    ['a cosine', 'lr * 0.5 * (1 + math.cos(math.pi * step / steps.total))'],
    ['a line', 'lr * (1 - step / steps.total)'],
    ['a line from 0 up', 'lr * step / steps.total'],
    ['a warm-up', 'lr * min(1.0, (step + 1) / steps.warm)'],
  ])('is told for %s', (_, rate) => {
    expect(said(over(rate))).toEqual(['MUP307 b.weight c.weight']);
  });

  test('is left alone where what it multiplies is not read', () => {
    expect(said(over('lr * math.cos(steps.of(step))'))).toEqual([]);
  });
});

describe('the factor that a group keeps', () => {
  const fixed = (source: string) => {
    const [finding] = found(source);
    const [fix] = finding?.fixes ?? [];
    const text = edited(source, fix?.edits ?? []);
    if (finding !== undefined && text !== source)
      expect(isMended(analyse(source), analyse(text), [finding])).toBe(true);
    return { safety: fix?.safety, text };
  };

  test('is multiplied in, as the line has the group', () => {
    const source = trained("group['lr'] = rate + 0").replaceAll("'lr_scale': 1 / n", "'scale': 64 / n");
    const { safety, text } = fixed(source);
    expect(text).toContain("group['lr'] = (rate + 0) * group.get('scale', 1.0)");
    expect(safety).toBe('identical-at-base');
  });

  test('changes numbers where it is 1 at no width that is known', () => {
    expect(fixed(trained("group['lr'] = rate")).safety).toBe('changes-numbers');
  });

  test('is none where no group keeps one that falls as its rate did', () => {
    const source = trained("group['lr'] = rate").replace("'lr_scale': 1 / n", "'lr_scale': 1 / n ** 2");
    expect(fixed(source).text).toBe(source);
  });
});

describe('a model that two scripts train', async () => {
  const analyser = await loadTestAnalyser();
  const model = chainModel({
    init: 'nn.init.zeros_(self.c.weight)',
    optimizer:
      "torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight, model.c.weight], 'lr': lr / model.n}], lr=lr)",
  });
  const steps = (write: string) => `import torch
from model import Net, build
model, optimizer = build(256, 0.1)
for step in range(9):
    for group in optimizer.param_groups:
        ${write}
    optimizer.step()
`;
  const files = { 'model.py': model, 'train.py': steps("group['lr'] = 0.1"), 'bench.py': steps('pass') };
  const analysed = (name: keyof typeof files) =>
    analyser
      .analyse(
        files[name],
        { ...DEFAULT_OPTIONS, profile: 'mup' },
        placeIn(files, name, ['train.py', 'bench.py']),
      )
      .findings.filter(({ code }) => code === 'MUP307');

  test('is told where one of them writes over the rates', () => {
    const [finding] = analysed('train.py');
    expect(finding?.severity).toBe('warning');
    expect(files['train.py'].slice(finding?.span.start, finding?.span.end)).toBe("group['lr'] = 0.1");
    expect(analysed('bench.py')).toEqual([]);
  });

  test('has a hint at the model, which names the line', () => {
    const [finding] = analysed('model.py');
    expect(finding?.severity).toBe('hint');
    expect(finding?.related[0]?.message).toContain('line 6');
    expect(finding?.elsewhere?.path).toBe('/w/train.py');
  });
});
