import { type InitExponent, mupExponents, type OptimizerName } from '@widthwise/core';
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

/** μP's exponents for a weight in the form that its own multiplier sets: B = a + b, C = 2a + c (SGD) or a + c (Adam). */
export function wantedExponents(
  role: WeightRole | null,
  a: number | null,
  optimizer: OptimizerName | null,
): WantedExponents | null {
  if (role === null || role === 'finite' || a === null || optimizer === null) return null;
  return mupExponents(role, optimizer, a);
}
