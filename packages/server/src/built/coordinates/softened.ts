import { worstVerdict } from '@widthwise/core';
import { type BuiltLayerCheck, isCrowded, NARROWEST, type Place, reachesHalf } from './layer-checks.ts';
import type { BuiltSuspect } from './suspects.ts';

/** What is known of a check beside one place of it. */
interface Around {
  readonly places: readonly Place[];
  readonly suspects: readonly BuiltSuspect[];
  readonly widths: readonly number[];
}

/**
 * A slope that does not pass and that no weight explains is left open in three cases: where an update shrinks and a step sees
 * many rows for the width, as what rows have in common is lost in narrow networks; where the narrowest network is so narrow
 * that terms of order 1/n have slopes; and where it is none of the powers that theory knows, which are multiples of ½: then
 * it is on its way to one, over these widths.
 */
export function softened(check: BuiltLayerCheck, around: Around): BuiltLayerCheck {
  const size = softenedOne(check, 'size', around);
  const update = softenedOne(check, 'update', around);
  const open = size ?? update;
  if (open === null) return check;
  const verdicts = {
    size: size === null ? check.verdicts.size : 'undecided',
    update: update === null ? check.verdicts.update : 'undecided',
  } as const;
  return { ...check, verdicts, verdict: worstVerdict([verdicts.size, verdicts.update ?? 'pass']), open };
}

/** Why one slope of a check is left open; null where its verdict stands. */
function softenedOne(
  check: BuiltLayerCheck,
  what: 'size' | 'update',
  { places, suspects, widths }: Around,
): BuiltLayerCheck['open'] {
  const slope = check.upper[what] ?? check[what];
  const verdict = check.verdicts[what];
  if (slope === null || slope.value === null || (verdict !== 'fail' && verdict !== 'warn')) return null;
  const order = places.map(({ layer }) => layer);
  const [at, direction] = [order.indexOf(check.layer), Math.sign(slope.value)];
  const isExplained = suspects.some(
    ({ gain, layers }) =>
      Math.sign(gain.value ?? 0) === direction && layers.some((layer) => order.indexOf(layer) <= at),
  );
  if (isExplained) return null;
  const place = places[at];
  if (what === 'update' && direction < 0 && place !== undefined && isCrowded(place, widths)) return 'crowded';
  if ((widths[0] ?? NARROWEST) < NARROWEST) return 'narrow';
  return verdict === 'fail' && !reachesHalf(slope) ? 'between' : null;
}
