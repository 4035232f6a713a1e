import type { InitExponent } from '@widthwise/core';
import { isVanished, knownExponent } from '../growth/growth.ts';
import type { InitChoice } from '../missing.ts';
import type { Guard } from '../network/guard.ts';
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

/** The condition by which a weight starts with one b or another, where one of the two is known; undefined where no condition does that alone. */
export function initChoice({ inits }: Weight): InitChoice | undefined {
  const guards = new Set(inits.flatMap(({ write }) => write.when?.map(({ guard }) => guard) ?? []));
  for (const guard of guards) {
    const [holds, fails] = [true, false].map((value) => inits.filter((init) => mayStart(init, guard, value)));
    if (!holds?.length || !fails?.length || holds.length + fails.length > inits.length) continue;
    const choice = {
      condition: guard.text,
      holds: initExponent({ inits: holds }),
      fails: initExponent({ inits: fails }),
    };
    if (choice.holds !== choice.fails) return choice;
  }
  return undefined;
}

/** Whether something may be what starts a weight last where a condition holds, or where it does not. */
function mayStart({ write }: Weight['inits'][number], guard: Guard, value: boolean): boolean {
  return write.when?.every((one) => one.guard !== guard || one.holds === value) ?? true;
}

/** b, where every alternative has the same. */
function initExponent({ inits }: Pick<Weight, 'inits'>): InitExponent | null {
  const exponents = inits.map(({ std }) => (isVanished(std) ? 'zero' : negated(knownExponent(std))));
  const [first = null] = exponents;
  return exponents.every((exponent) => exponent === first) ? first : null;
}

function negated(exponent: number | null): number | null {
  return exponent === null ? null : 0 - exponent;
}
