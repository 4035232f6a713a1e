import { describe, expect, test } from 'vitest';
import { smallSpec } from '../../test/small-run.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { PARAMETRIZATIONS } from '../parametrization/table.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { initialWeights } from './initial-weights.ts';

/** The standard normals behind a run's weights; exact where all deviations are powers of two. */
function standardNormals(spec: RunSpec): readonly (readonly number[])[] {
  const scaling = concreteScaling(spec);
  return initialWeights(spec).map(({ data }, i) => [...data].map((w) => w / scaling[i].initStd));
}

describe('initial weights', () => {
  test('share their standard normals between all parametrizations', () => {
    const [sp, ...others] = Object.values(PARAMETRIZATIONS).map((p) => standardNormals(smallSpec(p)));
    for (const other of others) expect(other).toEqual(sp);
  });

  test('are drawn anew for another seed', () => {
    const [a, b] = [0, 1].map((seed) => initialWeights(smallSpec(undefined, { seed }))[1].data);
    expect([...a].filter((value, i) => value === b[i])).toHaveLength(0);
  });

  test('are drawn anew at another width', () => {
    const [narrow, wide] = [16, 32].map((width) => standardNormals(smallSpec(undefined, { width })));
    const shared = (a: readonly number[], b: readonly number[]) => a.filter((value, i) => value === b[i]);
    narrow.forEach((layer, i) => {
      expect(shared(layer, wide[i])).toEqual([]);
    });
  });

  test('of one layer do not move when another starts at zero', () => {
    const zero = { ...PARAMETRIZATIONS.mup, hidden: { a: 0, b: 'zero' as const, c: 0 } };
    const [drawn, quiet] = [PARAMETRIZATIONS.mup, zero].map((p) => initialWeights(smallSpec(p)));
    expect(quiet[1].data.every((w) => w === 0)).toBe(true);
    expect(quiet[3]).toEqual(drawn[3]);
  });

  test('have the deviation that the scaling asks for', () => {
    const spec = smallSpec(PARAMETRIZATIONS.mup, { width: 256 });
    const scaling = concreteScaling(spec);
    initialWeights(spec).forEach(({ data, rows, cols }, i) => {
      expect([rows, cols]).toEqual([scaling[i].fanOut, scaling[i].fanIn]);
      const deviation = Math.sqrt(data.reduce((sum, w) => sum + w * w, 0) / data.length);
      // The deviation of N normals has a relative error of 1/√(2N): six of them.
      expect(Math.abs(deviation / scaling[i].initStd - 1)).toBeLessThan(6 / Math.sqrt(2 * data.length));
    });
  });
});
