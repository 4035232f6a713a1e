import type { Tensor, WeightTensor } from '../../network/graph.ts';
import type { SideDimension } from './contraction-side.ts';

/** A parameter, and the places of its own dimensions that are summed over. */
interface OwnPlaces {
  readonly weight: WeightTensor;
  readonly places: readonly number[];
}

/**
 * What is summed over where an operand is a parameter, or one that was normalized, scaled or laid out anew before; null
 * where it is none, or of one dimension a part alone is summed over.
 */
export function ownPlaces(of: Tensor, dimensions: readonly SideDimension[]): OwnPlaces | null {
  const placesOf = (summed: boolean) =>
    dimensions.flatMap(({ place, isSummed }) => (isSummed === summed ? [place] : []));
  let [summed, kept] = [placesOf(true), placesOf(false)];
  let one = of;
  for (; one.op === 'view' || one.op === 'scale' || one.op === 'norm'; one = one.of) {
    if (one.op !== 'view') continue;
    const { from } = one;
    if (from === null) return null;
    const before = (places: readonly number[]) => [...new Set(places.flatMap((place) => from[place] ?? []))];
    [summed, kept] = [before(summed), before(kept)];
  }
  if (one.op !== 'weight' || summed.some((place) => kept.includes(place))) return null;
  return { weight: one, places: summed.toSorted((left, right) => left - right) };
}
