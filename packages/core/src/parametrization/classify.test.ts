import { describe, expect, test } from 'vitest';
import type { Regime } from '../calculus/regime.ts';
import { type ClassifyRequest, classify } from './classify.ts';
import { layerInvariants } from './gauge.ts';
import type { Parametrization } from './parametrization.ts';
import { PARAMETRIZATIONS, parametrizationsFor } from './table.ts';

const half = 1 / 2;
const inf = Number.POSITIVE_INFINITY;

interface Vector extends ClassifyRequest {
  readonly name: string;
  readonly regime: Regime;
  readonly r: readonly number[] | null;
  readonly f0: number;
  /** Left out where the regime is unstable: there only the verdict means anything. */
  readonly df?: number;
  readonly features?: readonly number[];
  readonly relative?: readonly number[];
  readonly vanishingInit?: boolean;
}

const sp = [0, half, half, half];
const mup = [0, half, half, 1];

/** L = 3 unless the arrays say otherwise; measured slopes of trained networks agree with the stable rows within 0.1. */
const VECTORS: readonly Vector[] = [
  { name: 'SP, c = 0', optimizer: 'sgd', B: sp, C: [0, 0, 0, 0], regime: 'unstable', r: [0, -1, -1], f0: 0 },
  {
    name: 'SP, c = 1',
    optimizer: 'sgd',
    B: sp,
    C: [1, 1, 1, 1],
    regime: 'kernel',
    r: [1.5, half, half],
    f0: 0,
    df: 0,
    features: [1.5, half, half],
  },
  {
    name: 'NTP',
    optimizer: 'sgd',
    B: sp,
    C: [0, 1, 1, 1],
    regime: 'kernel',
    r: [half, half, half],
    f0: 0,
    df: 0,
    features: [half, half, half],
  },
  {
    name: 'μP',
    optimizer: 'sgd',
    B: mup,
    C: [-1, 0, 0, 1],
    regime: 'feature-learning',
    r: [0, 0, 0],
    f0: half,
    df: 0,
    features: [0, 0, 0],
  },
  {
    name: 'μP, zero readout',
    optimizer: 'sgd',
    B: [0, half, half, 'zero'],
    C: [-1, 0, 0, 1],
    regime: 'feature-learning',
    r: [0, 0, 0],
    f0: inf,
    df: 0,
    features: [0, 0, 0],
  },
  {
    name: "μP with SP's readout",
    optimizer: 'sgd',
    B: sp,
    C: [-1, 0, 0, 1],
    regime: 'unstable',
    r: [-half, -half, -half],
    f0: 0,
  },
  {
    name: 'IP, φ(0) = 0, L = 1',
    optimizer: 'sgd',
    B: [0, 1],
    C: [-1, 1],
    regime: 'feature-learning',
    r: [0],
    f0: half,
    df: 0,
    features: [0],
  },
  {
    name: 'IP, φ(0) = 0, L = 2',
    optimizer: 'sgd',
    B: [0, 1, 1],
    C: [-1, 0, 1],
    regime: 'feature-learning',
    r: null,
    f0: 1,
    df: 0,
    features: [0, 0],
    vanishingInit: true,
  },
  {
    name: 'IP, φ(0) = 0, L = 3',
    optimizer: 'sgd',
    B: [0, 1, 1, 1],
    C: [-1, 0, 0, 1],
    regime: 'trivial',
    r: null,
    f0: 1.5,
    df: 1,
    features: [1, half, 1],
    relative: [1, 0, 0],
    vanishingInit: true,
  },
  {
    name: 'IP, φ(0) = 0, L = 4',
    optimizer: 'sgd',
    B: [0, 1, 1, 1, 1],
    C: [-1, 0, 0, 0, 1],
    regime: 'trivial',
    r: null,
    f0: 2,
    df: 2,
    features: [1.5, 1, 1.5, 2],
    vanishingInit: true,
  },
  {
    name: 'IP, φ(0) ≠ 0, L = 3',
    optimizer: 'sgd',
    phi0: true,
    B: [0, 1, 1, 1],
    C: [-1, 0, 0, 1],
    regime: 'feature-learning',
    r: null,
    f0: half,
    df: 0,
    features: [0, 0, 0],
    vanishingInit: true,
  },
  {
    name: 'mean field, L = 1',
    optimizer: 'sgd',
    ...layerInvariants(abcOf([0, 0, -1], [0, 0, 0], [1, 0, -1]), 1),
    regime: 'feature-learning',
    r: [0],
    f0: half,
    df: 0,
    features: [0],
  },
  {
    name: 'μP, Adam',
    optimizer: 'adam',
    B: mup,
    C: [0, 1, 1, 1],
    regime: 'feature-learning',
    r: [0, 0, 0],
    f0: half,
    df: 0,
    features: [0, 0, 0],
  },
  {
    name: 'SP, c = 0, Adam',
    optimizer: 'adam',
    B: sp,
    C: [0, 0, 0, 0],
    regime: 'unstable',
    r: [0, -1, -1],
    f0: 0,
  },
  {
    name: 'SP, c = 1, Adam',
    optimizer: 'adam',
    B: sp,
    C: [1, 1, 1, 1],
    regime: 'unstable',
    r: [1, 0, 0],
    f0: 0,
    df: -half,
    features: [1, 0, 0],
  },
  {
    name: 'SP, c = 3/2, Adam',
    optimizer: 'adam',
    B: sp,
    C: [1.5, 1.5, 1.5, 1.5],
    regime: 'kernel',
    r: [1.5, half, half],
    f0: 0,
    df: 0,
    features: [1.5, half, half],
  },
  {
    name: 'NTP, c = 1, Adam',
    optimizer: 'adam',
    B: sp,
    C: [1, 1.5, 1.5, 1.5],
    regime: 'kernel',
    r: [1, half, half],
    f0: 0,
    df: 0,
    features: [1, half, half],
  },
];

function abcOf(
  [a1, b1, c1]: readonly [number, number, number],
  [a2, b2, c2]: readonly [number, number, number],
  [a3, b3, c3]: readonly [number, number, number],
): Parametrization {
  return {
    name: 'any',
    optimizer: 'sgd',
    input: { a: a1, b: b1, c: c1 },
    hidden: { a: a2, b: b2, c: c2 },
    output: { a: a3, b: b3, c: c3 },
  };
}

describe('the exponent calculus', () => {
  test.for(VECTORS)('knows $name', ({ name: _, regime, r, f0, df, features, ...vector }) => {
    const found = classify(vector);
    expect(found.regime).toBe(regime);
    expect(found.r).toEqual(r);
    expect(found.f0).toBe(f0);
    expect(found.vanishingInit).toBe(vector.vanishingInit ?? false);
    if (df !== undefined) expect(found.df).toBe(df);
    if (features !== undefined) expect(found.features).toEqual(features);
    if (vector.relative !== undefined) expect(found.relative).toEqual(vector.relative);
    if (regime === 'unstable') expect(Math.min(...knownOf(found.features), found.df ?? 0)).toBeLessThan(0);
  });

  test('names the layers that freeze', () => {
    const mixed = classify({ B: mup, C: [0, 0, 1, 1], optimizer: 'sgd' });
    expect(mixed.r).toEqual([1, 0, 1]);
    expect(mixed.frozen).toEqual([1, 3]);
    expect(mixed.regime).toBe('feature-learning');
  });

  test('needs more rounds than a few for deep networks that start at nothing', () => {
    const depth = 12;
    const ip = layerInvariants(PARAMETRIZATIONS.ip, depth);
    const short = classify({ ...ip, optimizer: 'sgd', phi0: true, steps: 6 });
    const long = classify({ ...ip, optimizer: 'sgd', phi0: true });
    expect(long.features).not.toEqual(short.features);
    expect(classify({ ...ip, optimizer: 'sgd', phi0: true, steps: 100 })).toEqual(long);
  });

  test('foretells an experiment of a few steps: nothing has moved before the first', () => {
    const { regime, features, df } = classify({ B: mup, C: [-1, 0, 0, 1], optimizer: 'sgd', steps: 0 });
    expect(features).toEqual([inf, inf, inf]);
    expect(df).toBe(inf);
    expect(regime).toBe('trivial');
  });

  test('answers unknown where an exponent is', () => {
    const withoutRate = classify({ B: mup, C: [-1, null, 0, 1], optimizer: 'sgd' });
    expect(withoutRate.regime).toBe('unknown');
    expect(withoutRate.features).toEqual([null, null, null]);
    expect(classify({ B: [0, null, half, 1], C: [-1, 0, 0, 1], optimizer: 'sgd' }).regime).toBe('unknown');
  });

  test('takes a third for a third, whatever its rounding', () => {
    const third = 1 / 3;
    const noisy = classify({
      B: [third + third + third - 1, half, half, 1],
      C: [-1, 0, 0.3 - 0.1 * 3, 1],
      optimizer: 'sgd',
    });
    expect(noisy.regime).toBe('feature-learning');
    expect(noisy.frozen).toEqual([]);
  });

  test('refuses exponents that do not belong together', () => {
    expect(() => classify({ B: [0], C: [0], optimizer: 'sgd' })).toThrow(RangeError);
    expect(() => classify({ B: [0, 1], C: [0, 1, 1], optimizer: 'sgd' })).toThrow('as many B as C');
    expect(() => classify({ B: [0, Number.NaN], C: [0, 1], optimizer: 'sgd' })).toThrow(RangeError);
    expect(() => classify({ B: [0, 1], C: [0, inf], optimizer: 'sgd' })).toThrow(RangeError);
  });
});

function knownOf(features: readonly (number | null)[]): number[] {
  return features.filter((exponent) => exponent !== null);
}

test('the rows of the table for Adam are what they are called', () => {
  const regimes = [...parametrizationsFor('adam').values()].map((row) => {
    const found = classify({ ...layerInvariants(row, 3), optimizer: 'adam', phi0: false });
    return [row.name, found.regime];
  });
  expect(regimes).toEqual([
    ['sp-constant', 'unstable'],
    ['sp', 'unstable'],
    ['ntp', 'kernel'],
    ['mup', 'feature-learning'],
  ]);
});
