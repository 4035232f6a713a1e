import { classify } from '@widthwise/core';
import type { TheoryRow } from './row.ts';

const INF = Number.POSITIVE_INFINITY;
const SGD = { optimizer: 'sgd', phi0: false } as const;
const ADAM = { optimizer: 'adam', phi0: false } as const;
const h = 1 / 2;

/** What the exponents come to; of what is unstable only that. */
type Outcome =
  | 'unstable'
  | { readonly regime: string; readonly f0: number; readonly df: number; readonly dh: readonly number[] };
type Case = readonly [
  name: string,
  of: { optimizer: 'sgd' | 'adam'; phi0: boolean },
  B: readonly number[],
  C: readonly number[],
  Outcome,
];

const features = (f0: number, df: number, dh: readonly number[]): Outcome => ({
  regime: 'feature-learning',
  f0,
  df,
  dh,
});
const kernel = (f0: number, df: number, dh: readonly number[]): Outcome => ({ regime: 'kernel', f0, df, dh });
const trivial = (f0: number, df: number, dh: readonly number[]): Outcome => ({
  regime: 'trivial',
  f0,
  df,
  dh,
});

/** B and C by layer, ∞ for a zero start. */
const CASES: readonly Case[] = [
  ['SP, one rate', SGD, [0, h, h, h], [0, 0, 0, 0], 'unstable'],
  ['SP, η/n', SGD, [0, h, h, h], [1, 1, 1, 1], kernel(0, 0, [3 / 2, h, h])],
  ['NTP', SGD, [0, h, h, h], [0, 1, 1, 1], kernel(0, 0, [h, h, h])],
  ['μP', SGD, [0, h, h, 1], [-1, 0, 0, 1], features(h, 0, [0, 0, 0])],
  ['μP, zero readout', SGD, [0, h, h, INF], [-1, 0, 0, 1], features(INF, 0, [0, 0, 0])],
  ["μP with SP's readout", SGD, [0, h, h, h], [-1, 0, 0, 1], 'unstable'],
  ['IP, L = 1', SGD, [0, 1], [-1, 1], features(h, 0, [0])],
  ['IP, L = 2', SGD, [0, 1, 1], [-1, 0, 1], features(1, 0, [0, 0])],
  ['IP, L = 3', SGD, [0, 1, 1, 1], [-1, 0, 0, 1], trivial(3 / 2, 1, [1, h, 1])],
  ['IP, L = 4', SGD, [0, 1, 1, 1, 1], [-1, 0, 0, 0, 1], trivial(2, 2, [3 / 2, 1, 3 / 2, 2])],
  ['IP, φ(0) ≠ 0', { ...SGD, phi0: true }, [0, 1, 1, 1], [-1, 0, 0, 1], features(h, 0, [0, 0, 0])],
  ['mean field, L = 1', SGD, [0, 1], [-1, 1], features(h, 0, [0])],
  ['μP, Adam', ADAM, [0, h, h, 1], [0, 1, 1, 1], features(h, 0, [0, 0, 0])],
  ['SP, one rate, Adam', ADAM, [0, h, h, h], [0, 0, 0, 0], 'unstable'],
  ['SP, η/n, Adam', ADAM, [0, h, h, h], [1, 1, 1, 1], 'unstable'],
  ['SP, η/n^3/2, Adam', ADAM, [0, h, h, h], [3 / 2, 3 / 2, 3 / 2, 3 / 2], kernel(0, 0, [3 / 2, h, h])],
  ['NTP, Adam', ADAM, [0, h, h, h], [1, 3 / 2, 3 / 2, 3 / 2], kernel(0, 0, [1, h, h])],
];

/** T2: regime and exponents of seventeen parametrizations. */
export function classificationRows(): readonly TheoryRow[] {
  const wrong = CASES.filter((each) => !agrees(each)).map(([name]) => name);
  return [
    {
      id: 'T2',
      states: `regime, f₀, Δf and Δh of ${CASES.length} parametrizations`,
      expected: `${CASES.length} as derived`,
      computed: wrong.length === 0 ? `${CASES.length} of ${CASES.length}` : `other: ${wrong.join(', ')}`,
      holds: wrong.length === 0,
    },
  ];
}

function agrees([, of, B, C, outcome]: Case): boolean {
  const found = classify({ ...of, B: B.map((b) => (b === INF ? 'zero' : b)), C });
  if (outcome === 'unstable') return found.regime === 'unstable';
  return (
    found.regime === outcome.regime &&
    found.f0 === outcome.f0 &&
    found.df === outcome.df &&
    outcome.dh.every((exponent, layer) => found.features[layer] === exponent)
  );
}
