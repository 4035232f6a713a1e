import type { Initial } from './contraction.ts';
import { doubtful, NO_SIGNS, type Signs, signsOfSum } from './signs.ts';
import { largest, mayBeZero, type Size, ZERO } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/** What is not there: exactly 0. */
export const ABSENT: Initial = { size: ZERO, signs: NO_SIGNS };

/** Data, or ones. */
export const UNIT: Initial = { size: 0, signs: NO_SIGNS };

/** Of a sum of tensors: as large as its largest term; of none, exactly 0. */
export function summedSize(terms: readonly Pick<Initial, 'size'>[]): Size {
  let size: Size = ZERO;
  for (const term of terms) size = largest(size, term.size);
  return size;
}

/** Of a sum of tensors: what is exactly 0 says nothing. */
export function summedSigns(terms: readonly Initial[], unions: WeightUnions): Signs {
  const signs: Signs[] = [];
  for (const term of terms) {
    if (term.size !== ZERO) signs.push(mayBeZero(term.size) ? doubtful(term.signs, unions) : term.signs);
  }
  return signsOfSum(signs, unions);
}

export type { Initial };
