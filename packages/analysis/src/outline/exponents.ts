import type { InitExponent } from '@widthwise/core';
import { isVanished, knownExponent } from '../growth/growth.ts';
import type { Weight } from './weights.ts';

/** The exponents of one weight where they are proven: a factor that grows like n^e has a = −e, and so on. */
export interface Exponents {
  readonly a: number | null;
  readonly b: InitExponent | null;
  readonly c: number | null;
}

/**
 * a, b and c of one weight.
 *
 *     W = n^−a·w,  w ~ N(0, n^−2b),  learning rate η·n^−c        null: not proved, or not the same on every way
 *
 * @returns for b also `zero`, of a weight that starts at exactly 0
 */
export function exponentsOf(weight: Weight): Exponents {
  return {
    a: negated(knownExponent(weight.multiplier)),
    b: initExponent(weight),
    c: weight.rate.missing === null ? negated(knownExponent(weight.rate.growth)) : null,
  };
}

/** b, where every alternative has the same. */
function initExponent({ inits }: Weight): InitExponent | null {
  const exponents = inits.map(({ std }) => (isVanished(std) ? 'zero' : negated(knownExponent(std))));
  const [first = null] = exponents;
  return exponents.every((exponent) => exponent === first) ? first : null;
}

function negated(exponent: number | null): number | null {
  return exponent === null ? null : 0 - exponent;
}
