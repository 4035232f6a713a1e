import { test } from '@fast-check/vitest';
import { classifyGraph, type Exponent, type WeightJudgement } from '@widthwise/core';
import { expect } from 'vitest';
import { onlyModel } from '../test/check-findings.ts';
import { randomTransformer } from '../test/random-transformer/random-transformer.ts';
import type { ModelOutline } from './model-outline.ts';

test.prop([randomTransformer('any')], { numRuns: 100, seed: 20260101 })(
  'the graph that a transformer was written from is read from its code, whatever the spelling',
  ({ source, graph }) => {
    const truth = classifyGraph(graph);
    const outline = onlyModel(source);
    expect(outline.verdict?.regime ?? 'unknown', source).toBe(truth.regime);
    if (truth.regime !== 'unstable' && truth.regime !== 'unknown')
      expect(outline.missing.filter(isOpen), source).toEqual([]);
    const rows = outline.weights.map(({ name, effects: { init, rate } }) => [name, init, rate]);
    const expected = outline.weights.map(({ name }) => {
      const own = [...truth.weights].filter(([id]) => shows(name, id));
      return [name, effectOf(own, 'init'), effectOf(own, 'rate')];
    });
    expect(rows, source).toEqual(expected);
    expect([...truth.weights.keys()].filter((id) => !rows.some(([row]) => shows(String(row), id)))).toEqual(
      [],
    );
  },
);

/** Whether it keeps a verdict away: that a tied weight has a multiplier for each use does not. */
function isOpen(missing: ModelOutline['missing'][number]): boolean {
  return missing.kind !== 'weights' || missing.why.kind !== 'multiplier';
}

/** Whether a row of the table shows the weight of the graph; that of `qkv` shows three of them. */
function shows(row: string, id: string): boolean {
  const [own, theirs] = [row.split('.'), id.split('.')];
  const isSame = (name: string, at: number) =>
    name === '*' || name === theirs[at] || (name === 'qkv' && /^[qkv]$/.test(theirs[at] ?? ''));
  return own.length === theirs.length && own.every(isSame);
}

type Judged = readonly [id: string, judged: WeightJudgement];

/** What the worst part of a matrix does in its block; null where the blocks differ. */
function effectOf(own: readonly Judged[], key: 'init' | 'rate'): Exponent {
  const blocks = [...Map.groupBy(own, ([id]) => id.split('.')[1]).values()];
  const each = new Set(blocks.map((parts) => least(parts.map(([, judged]) => judged[key]))));
  const [effect = null] = each;
  return each.size === 1 ? effect : null;
}

function least(exponents: readonly Exponent[]): Exponent {
  const known = exponents.filter((one) => one !== null);
  return known.length < exponents.length ? null : Math.min(...known);
}
