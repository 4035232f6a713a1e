import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const trained = (muon: string) =>
  chainModel({
    init: 'nn.init.normal_(self.c.weight, std=1 / n)',
    after: `muon = torch.optim.Muon([model.b.weight], ${muon})`,
    optimizer:
      "torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.c.weight], 'lr': lr / n}], lr=lr)",
  });
const found = (source: string) =>
  analyse(source, { rules: { MUP312: 'warning' } }).findings.filter(({ code }) => code === 'MUP312');

describe('one rate at every width', () => {
  // Measured: 0.00 with `original`, +0.50 with `match_rms_adamw`, square matrices.
  test('is too large where updates are multiplied by √max(out, in): told at the optimizer', () => {
    const source = trained("lr=lr, adjust_lr_fn='match_rms_adamw'");
    const [finding, ...others] = found(source);
    expect(others).toEqual([]);
    expect(finding?.weights).toEqual(['b.weight']);
    expect(finding?.message).toContain('n^½ times too large');
    expect(finding?.message).toContain('√max(out, in)');
    expect(source.slice(finding?.span.start, finding?.span.end)).toMatch(/^torch\.optim\.Muon/);
    expect(finding?.fixes[0]?.text).toContain('(n₀/n)^½');
  });

  test('is right with √max(1, out/in)', () => {
    expect(found(trained('lr=lr'))).toEqual([]);
    expect(found(trained("lr=lr, adjust_lr_fn='original'"))).toEqual([]);
  });
});

describe('nothing is said of', () => {
  test('a rate that falls by what the mode makes too much', () => {
    expect(found(trained("lr=lr / math.sqrt(n), adjust_lr_fn='match_rms_adamw'"))).toEqual([]);
  });

  test('a mode or rate that is not known', () => {
    expect(found(trained('lr=lr, adjust_lr_fn=mode_of(n)'))).toEqual([]);
    expect(found(trained("lr=rate_of(n), adjust_lr_fn='match_rms_adamw'"))).toEqual([]);
  });

  test('a rate that falls too far, which MUP305 is about', () => {
    const source = trained('lr=lr / n');
    expect(found(source)).toEqual([]);
    expect(analyse(source).findings.map(({ code }) => code)).toContain('MUP305');
  });
});
