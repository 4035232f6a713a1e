import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { type RunSetting, requireSamples, runSetting } from '../run-setting.ts';
import type { CoordinateCheckParams } from './params.ts';

/** Everything a coordinate check trains: one parametrization at several widths for seeds 0…S−1. */
export interface CoordinateCheckRequest extends RunSetting {
  readonly parametrization: Parametrization;
}

/** @throws FieldError for what cannot be trained */
export function coordinateCheckRequest(
  params: CoordinateCheckParams,
  inputs: ExperimentInputs,
): CoordinateCheckRequest {
  const [parametrization] = inputs.parametrizations;
  const { samples } = inputs.dataset;
  if (params.probe !== null) requireSamples(params.probe, samples);
  const setting = runSetting({ ...params, probe: null }, inputs);
  // A mean over coordinates has no bias that grows with the samples, as λ_min has: all may be watched.
  const probe = {
    ...setting.probe,
    samples: params.probe ?? samples,
    measures: 'coordinates',
    weights: 'norms',
  } as const;
  return { ...setting, probe, parametrization };
}
