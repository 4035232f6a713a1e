import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { DependentPair } from '../judging/dependent-pairs.ts';
import type { Predictions } from '../judging/predictions.ts';
import type { Measured } from './measured.ts';
import type { ComparisonRow } from './report.ts';
import type { ComparisonRequest } from './request.ts';

/** The hidden layers that are judged, 1-based: all but the first, whose preactivations are linear in the input. */
export function judgedLayers(depth: number): readonly number[] {
  return depth === 1 ? [1] : Array.from({ length: depth - 1 }, (_, index) => index + 2);
}

/** What the verdict on one parametrization is made of; nothing here knows its name. */
export interface Evidence {
  /** Of the parametrization, diverged ones too. */
  readonly rows: readonly ComparisonRow[];
  readonly measured: Measured;
  readonly parametrization: Parametrization;
  /** What theory says of it. */
  readonly predictionsAt: (step: number) => Predictions;
  readonly request: ComparisonRequest;
  /** Probe samples that are dependent by the data alone. */
  readonly pairs: readonly DependentPair[];
}
