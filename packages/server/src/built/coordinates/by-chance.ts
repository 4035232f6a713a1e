import {
  type CoordinateVerdict,
  type JudgedPlace,
  judgeBeyondChance,
  slopesOf,
  worstVerdict,
} from '@widthwise/core';
import { asked, type BuiltLayerCheck, type Measured, type Place } from './layer-checks.ts';
import type { BuiltSuspect } from './suspects.ts';

/**
 * Places that fail are left open where none of them does beyond the chance that one of all slopes has, the rule of every
 * coordinate check, and no weight explains one beyond the chance that one of all gains has.
 */
export function withoutChance(
  checks: readonly BuiltLayerCheck[],
  {
    places,
    suspects,
    measured,
  }: {
    readonly places: readonly Place[];
    readonly suspects: readonly BuiltSuspect[];
    readonly measured: Measured;
  },
): readonly BuiltLayerCheck[] {
  if (suspects.some(({ isBeyondChance }) => isBeyondChance)) return checks;
  const slopes = slopesOf(places.length);
  const wide = checks.map(({ layer, step, verdict }) => {
    const place = verdict === 'fail' ? places.find((one) => one.layer === layer) : undefined;
    return place === undefined ? null : judgeBeyondChance(...asked(place, step, measured), slopes);
  });
  const isBeyond = checks.some(({ verdicts }, index) =>
    (['size', 'update'] as const).some(
      (what) => verdicts[what] === 'fail' && wide[index]?.verdicts[what] === 'fail',
    ),
  );
  return isBeyond ? checks : checks.map((check, index) => leftOpen(check, wide[index] ?? null));
}

function leftOpen(check: BuiltLayerCheck, wide: JudgedPlace | null): BuiltLayerCheck {
  if (wide === null) return check;
  const open = <V extends CoordinateVerdict | null>(verdict: V) =>
    verdict === 'fail' ? 'undecided' : verdict;
  const verdicts = { size: open(check.verdicts.size), update: open(check.verdicts.update) };
  const verdict = worstVerdict([verdicts.size, verdicts.update ?? 'pass']);
  const judged = { size: wide.upper.size ?? wide.size, update: wide.upper.update ?? wide.update };
  return { ...check, verdicts, verdict, open: 'chance', wide: judged };
}
