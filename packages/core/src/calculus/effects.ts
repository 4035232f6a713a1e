import { carriedEffects } from './carried-effects.ts';
import type { Judged } from './judged.ts';
import type { Movement } from './movement.ts';
import { type Size, times } from './size.ts';
import { type StartEffects, startEffects } from './start-effects.ts';

/** What one weight does to the first judged tensors behind it, the others as they are. */
export interface WeightEffects extends StartEffects {
  /** Of its updates. */
  readonly rate: Size;
  /** As rate, for an update of Θ(1). */
  readonly rateAtZero: Size;
}

/** The effects of every weight, by place. */
export function weightEffects(movement: Movement, judged: Judged): ReadonlyMap<number, WeightEffects> {
  const carried = carriedEffects(movement, judged);
  const effects = new Map<number, WeightEffects>();
  for (const [place, start] of startEffects(movement, judged, carried)) {
    const rateAtZero = carried[place];
    effects.set(place, { ...start, rate: times(movement.updates[place], rateAtZero), rateAtZero });
  }
  return effects;
}
