import type { InitExponent, Slope } from '@widthwise/core';
import type { BuiltParameter } from '../built-parameter.ts';

/** What of a layer is not as it should be: the size of its weight's start, that of its updates, or attention's scale. */
export type Cause = 'start' | 'rate' | 'scale';

/** The exponent of a start or a rate that stands, and the one that is right. */
export interface RightExponent {
  readonly name: 'b' | 'c';
  readonly is: InitExponent;
  readonly wants: number;
}

/** What one step on a gradient of rank one does is exact, and what a batch shows over some widths is so far from it. */
const FAR = 0.75;
/** A power that is read off a gain alone. */
export const NEAR = 0.3;

/** The exponent that stands and the one that is right, where a gain tells both. */
export function exponentOf(
  parameter: BuiltParameter,
  cause: Cause,
  {
    gain,
    own,
    aligned,
  }: { readonly gain: Slope; readonly own: Slope | null; readonly aligned: number | null },
): RightExponent | null {
  const is = (cause === 'start' ? parameter.b : parameter.c).exponent;
  // What is right for an embedding is not for the readout that it is, too: a multiplier keeps both.
  if (typeof is !== 'number' || parameter.aliases.length > 0 || gain.value === null) return null;
  const exact = cause === 'rate' && aligned !== null ? Math.round(2 * aligned) / 2 : null;
  const isTold = exact !== null && exact * gain.value > 0 && Math.abs(exact - gain.value) <= FAR;
  const nearest = Math.round(2 * gain.value) / 2;
  const power = isTold ? exact : nearest;
  const isRead = Math.abs(nearest - gain.value) <= NEAR && isSure(gain);
  const slopes = [...(own === null ? [] : [own]), ...(isTold && own !== null ? [] : [gain])];
  if (power === 0 || !(isTold || isRead) || !slopes.every((slope) => isAlone(power, slope))) return null;
  return { name: cause === 'start' ? 'b' : 'c', is, wants: is + power };
}

/** Whether an interval tells a half power from its neighbours. */
export function isSure({ low, high }: Slope): boolean {
  return low !== null && high !== null && high - low < 1 / 2;
}

/** Whether a slope is nearest to one multiple of ½, and its interval holds no other. */
function isAlone(power: number, { value, low, high }: Slope): boolean {
  if (value === null || low === null || high === null) return false;
  return Math.round(2 * value) / 2 === power && low > power - 1 / 2 && high < power + 1 / 2;
}
