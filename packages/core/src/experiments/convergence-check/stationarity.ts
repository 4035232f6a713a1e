import { concreteScaling } from '../../parametrization/scaling.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import { isPoor } from './independence.ts';
import type { Independence, RunBound, Stationarity } from './report.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/** A step that takes less off the loss than this share of it leaves it where it is. */
const PLATEAU = 0.01;

/** How far training has come in the run that a bound is of. */
export function stationarityOf(
  { depth, loss, optimizer }: ConvergenceCheckRequest,
  { plan, results }: ExperimentOutcome,
  { bound, independence }: { readonly bound: RunBound; readonly independence: Independence | null },
): Stationarity | null {
  const run = plan.find(({ width, seed }) => width === bound.width && seed === bound.seed);
  const series = results.get(run?.hash ?? '')?.series;
  if (run === undefined || series === undefined) return null;
  const ends = (quantity: string, layer: number | null): readonly [number, number] => {
    const values = series.find((each) => each.quantity === quantity && each.layer === layer)?.values ?? [];
    return [values[0] ?? 0, values.at(-1) ?? 0];
  };
  const gradients = Array.from({ length: depth + 1 }, (_, index) => ({
    layer: index + 1,
    norms: ends('gradientNorm', index + 1),
  }));
  // η_l on W^l = m·w^l is m² times the rate on w^l.
  const rates = concreteScaling(run.spec).map(
    ({ multiplier, learningRate }) => learningRate * multiplier * multiplier,
  );
  const falling = gradients.reduce((sum, { norms }, index) => sum + rates[index] * norms[1] * norms[1], 0);
  // What momentum or Adam take off is not the gradient's square.
  const fall = bound.loss > 0 && optimizer.kind === 'sgd' ? falling / bound.loss : null;
  const features = independence?.cells.findLast(
    ({ layer, which }) => layer === depth && which === 'activation',
  );
  const allowsAll = bound.gap === null || bound.gap >= bound.loss;
  return {
    width: bound.width,
    seed: bound.seed,
    error: ends('errorNorm', null),
    gradients,
    fall,
    plateau:
      loss.kind !== 'cross-entropy' &&
      fall !== null &&
      fall < PLATEAU &&
      allowsAll &&
      bound.loss > bound.tolerance &&
      features !== undefined &&
      isPoor(features),
  };
}
