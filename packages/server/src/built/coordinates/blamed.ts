import type { StaticReading } from '../against-static.ts';
import type { BuiltModel } from '../built-model.ts';
import { isRightUpdate } from '../built-problems.ts';
import type { BuiltSuspect } from './suspects.ts';

/**
 * Suspects without weights whose steps are right, as they are built and as the code uses them: what moves such a weight
 * too far comes from elsewhere, as its gradient does from a readout that starts too large. Where nothing else is suspected
 * they stay, with no rate that would be right.
 */
export function blamed(
  suspects: readonly BuiltSuspect[],
  {
    model,
    readings,
  }: { readonly model: BuiltModel | null; readonly readings: ReadonlyMap<string, StaticReading> },
): readonly BuiltSuspect[] {
  const steps = new Map(
    model?.parameters.map((one) => [one.name, isRightUpdate(one, readings.get(one.name))]),
  );
  const isRight = ({ cause, parameters }: BuiltSuspect): boolean =>
    cause === 'rate' && parameters.length > 0 && parameters.every((name) => steps.get(name) === true);
  const others = suspects.filter((one) => !isRight(one));
  if (others.length > 0) return others;
  return suspects.map((one) => ({ ...one, exponent: null, problems: [...one.problems, UNEXPLAINED] }));
}

const UNEXPLAINED =
  'its learning rate is right by the exponents that were built, so why it does is not known';
