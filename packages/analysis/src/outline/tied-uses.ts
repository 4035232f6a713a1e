import { type Growth, isPoint, knownExponent } from '../growth/growth.ts';
import type { TiedMultipliers } from '../model-outline.ts';
import { withoutFactors } from '../network/without-factors.ts';
import type { Application } from './factors.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** What a tied weight does: rows of it are looked up, and it is the readout. */
export interface TiedUses {
  readonly lookups: readonly Application[];
  readonly readouts: readonly Application[];
}

/** Where a weight is looked up, from a dimension that does not grow into one that does, and where it reads out, the other way round. */
export function tiedUsesOf({ applications }: Weight, widths: Pick<Widths, 'growthOf'>): TiedUses {
  const readouts = applications.filter((one) => isUse(one, widths, { into: true, out: false }));
  const lookups = applications.filter((one) => isUse(one, widths, { into: false, out: true }));
  return { lookups: lookups.filter((one) => !isOfReadout(one, readouts)), readouts };
}

/** Whether what is looked up is what the weight has just read out, as in a projection u (u·h): only both together have a size. */
function isOfReadout({ side }: Application, readouts: readonly Application[]): boolean {
  return side !== null && readouts.some(({ tensor }) => tensor === withoutFactors(side.other));
}

/** Whether what a use sums over surely grows or not, and what it makes. */
function isUse(
  { side }: Application,
  widths: Pick<Widths, 'growthOf'>,
  grows: Readonly<Record<'into' | 'out', boolean>>,
): boolean {
  const dimensions = (side?.dimensions ?? []).map(({ length, isSummed, isShared }) => ({
    growth: widths.growthOf(length),
    isSummed,
    isShared,
  }));
  if (dimensions.length === 0 || dimensions.some(({ growth }) => !isPoint(growth))) return false;
  const growsOn = (isSummed: boolean) =>
    dimensions.some(
      (one) => one.isSummed === isSummed && !one.isShared === !isSummed && isGrowing(one.growth),
    );
  return growsOn(true) === grows.into && growsOn(false) === grows.out;
}

function isGrowing(growth: Growth): boolean {
  return (knownExponent(growth) ?? 0) > 0;
}

/** Those of a tied weight; null where its uses are not all read, or one of the two is multiplied in several ways. */
export function tiedMultipliers(weight: Weight, widths: Pick<Widths, 'growthOf'>): TiedMultipliers | null {
  if (!weight.isTied) return null;
  const { lookups, readouts } = tiedUsesOf(weight, widths);
  if (lookups.length + readouts.length < weight.applications.length) return null;
  const [embedding, readout] = [multiplierOf(lookups), multiplierOf(readouts)];
  return embedding === null || readout === null ? null : { embedding, readout };
}

/** The exponent that all have; null where they differ, or there are none. */
function multiplierOf(uses: readonly Application[]): number | null {
  const exponents = new Set(uses.map(({ factor }) => knownExponent(factor)));
  const [exponent = null] = exponents;
  return exponents.size === 1 && exponent !== null ? 0 - exponent : null;
}
