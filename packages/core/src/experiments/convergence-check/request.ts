import { type LayerLimits, layerLimits } from '../../limit/limit-lambda-min.ts';
import { matrix } from '../../linalg/matrix.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import { keepingGrams } from '../comparison/request.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import type { ConvergenceCheckParams } from './params.ts';

/** Everything a convergence check trains: one parametrization at one width or more for seeds 0…S−1. */
export interface ConvergenceCheckRequest extends RunSetting {
  readonly parametrization: Parametrization;
  /** ε, a share of the loss at step 0. */
  readonly tolerance: number;
  /** λ_min of the infinite-width kernels of the probe at initialization. */
  readonly limits: LayerLimits;
}

/** @throws FieldError for what cannot be trained */
export function convergenceCheckRequest(
  params: ConvergenceCheckParams,
  inputs: ExperimentInputs,
): ConvergenceCheckRequest {
  const [parametrization] = inputs.parametrizations;
  const asked = runSetting(params, inputs);
  const probe = { ...keepingGrams(asked.probe, asked.depth), measures: 'convergence' } as const;
  const { inputDim } = asked.dataset;
  const probeInputs = matrix(
    probe.samples,
    inputDim,
    asked.dataset.inputs.slice(0, probe.samples * inputDim),
  );
  const { activation, depth, initStd } = asked;
  return {
    ...asked,
    probe,
    parametrization,
    tolerance: params.tolerance,
    limits: layerLimits({ exponents: parametrization, activation, depth, initStd, probeInputs }),
  };
}
