import type { Model } from './model.ts';
import type { MayBeWidths } from './widths/may-be-widths.ts';
import type { Supposed } from './widths.ts';

/** A model is judged no more often under what may be its width. */
const MOST_READINGS = 3;

/**
 * A model under each of the names that may be its width, those that scale the same together, as far as each of them can be
 * judged.
 */
export function readingsOf(
  mayBe: MayBeWidths,
  judge: (supposed: Supposed) => Model | undefined,
): readonly (readonly Model[])[] {
  const readings: (readonly Model[])[] = [];
  let left = MOST_READINGS;
  for (const instead of mayBe) {
    if (instead.length > left) break;
    left -= instead.length;
    const models = instead.flatMap((width) => judge({ width, instead }) ?? []);
    if (models.length === instead.length) readings.push(models);
  }
  return readings;
}
