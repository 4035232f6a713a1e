import { type InitExponent, MULTIPLIER_WEIGHT, type OptimizerName } from '@widthwise/core';
import { type Growth, isVanished, knownExponent } from '../growth/growth.ts';
import type { WantedExponents, WeightRole } from '../model-outline.ts';
import type { Weight } from './weights.ts';

/** The exponents of one weight where they are proven: a factor that grows like n^e has a = −e, and so on. */
export interface Exponents {
  readonly a: number | null;
  readonly b: InitExponent | null;
  readonly c: number | null;
}

export function exponentsOf(weight: Weight): Exponents {
  return {
    a: negated(knownExponent(weight.multiplier)),
    b: initExponent(weight.inits.map((init) => init.std)),
    c: weight.rate.missing === null ? negated(knownExponent(weight.rate.growth)) : null,
  };
}

/** b, where every alternative has the same. */
function initExponent(stds: readonly Growth[]): InitExponent | null {
  const exponents = stds.map((std) => (isVanished(std) ? 'zero' : negated(knownExponent(std))));
  const [first = null] = exponents;
  return exponents.every((exponent) => exponent === first) ? first : null;
}

function negated(exponent: number | null): number | null {
  return exponent === null ? null : 0 - exponent;
}

interface Target {
  readonly B: number;
  readonly C: Readonly<Record<OptimizerName, number>>;
}

/**
 * μP, as invariants of each role.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const MUP: Readonly<Record<Exclude<WeightRole, 'finite'>, Target>> = {
  input: { B: 0, C: { sgd: -1, adam: 0 } },
  hidden: { B: 1 / 2, C: { sgd: 0, adam: 1 } },
  output: { B: 1, C: { sgd: 1, adam: 1 } },
};

/** μP's exponents for a weight in the form that its own multiplier sets: B = a + b, C = 2a + c (SGD) or a + c (Adam). */
export function wantedExponents(
  role: WeightRole | null,
  a: number | null,
  optimizer: OptimizerName | null,
): WantedExponents | null {
  if (role === null || role === 'finite' || a === null || optimizer === null) return null;
  const { B, C } = MUP[role];
  return { a, b: B - a, c: C[optimizer] - MULTIPLIER_WEIGHT[optimizer] * a };
}
