import type { Growth } from '../growth/growth.ts';
import type { Quantity } from '../growth/quantity.ts';
import { compare, ZERO } from '../growth/rational.ts';
import type { ObservedParameter } from '../observe/observed-model.ts';

/** Whether ratios of sizes grow or vanish as the code that compares these sizes is taken to find them. */
export function holdsAtLargeWidths(
  relies: ObservedParameter['relies'],
  growthOf: (quantity: Quantity) => Growth,
): boolean {
  return relies.every(({ ratio, sign }) => {
    const { low, high } = growthOf(ratio);
    return (sign !== -1 && compare(low, ZERO) > 0) || (sign !== 1 && compare(high, ZERO) < 0);
  });
}
