import type { Model } from './model.ts';
import type { MayBeWidths } from './widths/may-be-widths.ts';
import type { Supposed } from './widths.ts';

/** A model is judged no more often under what may be its width. */
const MOST_READINGS = 3;

/**
 * A model under each of the names that may be its width, those that scale the same together; without models under those
 * under which it cannot be judged, or not any more.
 */
export function readingsOf(
  mayBe: MayBeWidths,
  judge: (supposed: Supposed) => Model | undefined,
): readonly (readonly Model[])[] {
  let left = MOST_READINGS;
  return mayBe.map((instead) => {
    left -= instead.length;
    if (left < 0) return [];
    const models = instead.flatMap((width) => judge({ width, instead }) ?? []);
    return models.length === instead.length ? models : [];
  });
}
