import type { Slope } from '@widthwise/core';

/** What is known of a cause, as far as it is joined with another. */
interface Blamed {
  readonly cause: 'start' | 'rate' | 'scale';
  readonly gain: Slope;
  readonly problems: readonly string[];
}

const REMEDY =
  'one tensor is embedding and readout: a factor 1/n on what it gives as the readout mends that, and leaves the embedding as it is';

/**
 * A readout that is the embedding, too, is blamed once: what multiplies it as the readout mends a start and updates that are
 * too large there alike, and no start or rate of its own would.
 */
export function ofSharedReadout<Suspect extends Blamed>(found: readonly Suspect[]): readonly Suspect[] {
  const large = found.filter(({ cause, gain }) => cause !== 'scale' && (gain.value ?? 0) > 0);
  const [first] = large;
  if (first === undefined) return found;
  const kept = large.find(({ cause }) => cause === 'start') ?? first;
  const problem = large.length > 1 ? `it moves too far there as well; ${REMEDY}` : REMEDY;
  return found.flatMap((one) => {
    if (one === kept) return [{ ...one, problems: [...one.problems, problem] }];
    return large.includes(one) ? [] : [one];
  });
}
