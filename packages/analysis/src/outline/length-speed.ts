import type { Growth } from '../growth/growth.ts';
import { isPoint } from '../growth/growth.ts';
import { compare, toNumber, ZERO } from '../growth/rational.ts';

/** How fast a length grows, as a power of the width; null where that is not known. No length shrinks below 1. */
export function lengthSpeed(growth: Growth): number | null {
  if (compare(growth.high, ZERO) <= 0) return 0;
  const speed = isPoint(growth) ? toNumber(growth.low) : null;
  return speed !== null && Number.isFinite(speed) ? speed : null;
}
