import type { BuiltModel } from '../built-model.ts';
import {
  type BuiltLayerCheck,
  failsTowards,
  type Measured,
  ownUpdate,
  type Place,
  reachesHalf,
} from './layer-checks.ts';
import { parameterOf } from './suspects.ts';

/**
 * A place that does not fail is left open where the change of its weight grows with the width all the same: what else moves
 * it hides that at these widths, and does not in wider networks.
 */
export function outgrown(
  check: BuiltLayerCheck,
  around: {
    readonly places: readonly Place[];
    readonly model: BuiltModel | null;
    readonly measured: Measured;
  },
): BuiltLayerCheck {
  const { places, model, measured } = around;
  const place = places.find(({ layer }) => layer === check.layer);
  const { step, verdict, verdicts } = check;
  if (place === undefined || step === 0 || step !== measured.steps || verdict === 'fail') return check;
  const own = ownUpdate(place, parameterOf(place, model), { runs: measured.runs, step });
  if (own === null || !failsTowards(own, 1) || !reachesHalf(own)) return check;
  return {
    ...check,
    verdicts: { ...verdicts, update: 'undecided' },
    verdict: 'undecided',
    open: 'outgrown',
    weight: own,
  };
}
