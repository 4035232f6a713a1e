import { type ContractionSpeeds, contractedSigns, contractedSize, type Initial } from './contraction.ts';
import { doubtful, NO_SIGNS, type Signs, signsOfSum } from './signs.ts';
import { largest, mayBeZero, type Size, ZERO } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/** What is not there: exactly 0. */
export const ABSENT: Initial = { size: ZERO, signs: NO_SIGNS };

/** Data, or ones. */
export const UNIT: Initial = { size: 0, signs: NO_SIGNS };

/** Of einsum(left, right): its size, and whose signs it has. */
export function contracted(
  left: Initial,
  right: Initial,
  contracting: { readonly speeds: ContractionSpeeds; readonly unions: WeightUnions },
): Initial {
  const size = contractedSize(left, right, contracting.speeds);
  return { size, signs: contractedSigns(left.signs, right.signs, contracting) };
}

/** Of a sum of tensors: as large as its largest term; of none, exactly 0. */
export function summed(terms: readonly Initial[], unions: WeightUnions): Initial {
  let size: Size = ZERO;
  const signs: Signs[] = [];
  for (const term of terms) {
    size = largest(size, term.size);
    if (term.size !== ZERO) signs.push(mayBeZero(term.size) ? doubtful(term.signs, unions) : term.signs);
  }
  return { size, signs: signsOfSum(signs, unions) };
}

export type { Initial };
