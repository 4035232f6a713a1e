import { type Scaling, scalingOf } from '../judging/scaling-class.ts';
import { layersText } from '../judging/what-would-decide.ts';
import type { Evidence } from './evidence.ts';
import type { LayerScaling } from './report.ts';

/**
 * Of layers whose movement contradicts theory at T, the last earlier step at which all of them agree with it: predictions
 * are of a fixed number of steps as width grows, and the more steps, the wider a network has to be for them.
 */
export function leavesPrediction(
  { measured, predictionsAt, request }: Evidence,
  judged: readonly LayerScaling[],
): readonly string[] {
  const { probe, steps } = request;
  const off = judged.filter(({ agreement }) => agreement === 'contradicts');
  if (off.length === 0) return [];
  const scalingsAt = (step: number): readonly Scaling[] => {
    const { movement } = predictionsAt(step);
    return off.map(({ layer }) =>
      scalingOf(measured.atStep('movement', layer, step), { predicted: movement[layer - 1], power: 2 }),
    );
  };
  const early = probe.steps.findLast(
    (step) =>
      step > 0 && step < steps && scalingsAt(step).every(({ agreement }) => agreement === 'consistent'),
  );
  if (early === undefined) return [];
  const slopes = (of: readonly Scaling[]): string =>
    of.map(({ slope }) => twoDecimals(slope.value)).join(', ');
  return [
    `the movement of ${layersText(off)} is as predicted at step ${early} (slope ${slopes(scalingsAt(early))}) and no longer at step ${steps} (${slopes(off)}): the more steps, the wider networks are that theory speaks of`,
  ];
}

function twoDecimals(slope: number | null): string {
  return (slope ?? 0).toFixed(2).replace('-', '−');
}
