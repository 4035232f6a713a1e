import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

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
  });
});
