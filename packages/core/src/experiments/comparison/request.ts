import { limitLambdaMin } from '../../limit/limit-lambda-min.ts';
import { matrix } from '../../linalg/matrix.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ProbePlan } from '../../run/run-spec.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import type { ComparisonParams } from './params.ts';

/** Infinite-width λ_min of every hidden layer, by name of parametrization; null where there is none. */
export type LimitsByName = Readonly<Record<string, readonly (number | null)[]>>;

/** Everything a comparison trains: parametrizations × widths × seeds 0…S−1 of one network on one data set. */
export interface ComparisonRequest extends RunSetting {
  readonly parametrizations: readonly Parametrization[];
  /** λ_min of the infinite-width kernel of the probe. */
  readonly limits: LimitsByName;
}

/** @throws FieldError for what cannot be trained */
export function comparisonRequest(params: ComparisonParams, inputs: ExperimentInputs): ComparisonRequest {
  const { parametrizations } = inputs;
  const asked = runSetting(params, inputs);
  const setting = { ...asked, probe: keepingGrams(asked.probe, asked.depth) };
  return { ...setting, parametrizations, limits: limitsOf(setting, parametrizations) };
}

/** A run's file holds at most so many numbers of Grams. */
const MOST_KEPT = 200_000;

/** Grams are averaged over seeds before an eigenvalue is taken; those of large probes are not kept. */
export function keepingGrams(probe: ProbePlan, depth: number): ProbePlan {
  const entries = ((probe.samples * (probe.samples + 1)) / 2) * depth * probe.steps.length;
  return entries <= MOST_KEPT ? { ...probe, keeps: 'grams' } : probe;
}

function limitsOf(
  { dataset, probe, initStd, activation, depth }: RunSetting,
  parametrizations: readonly Parametrization[],
): LimitsByName {
  const { inputDim } = dataset;
  const probeInputs = matrix(probe.samples, inputDim, dataset.inputs.slice(0, probe.samples * inputDim));
  return Object.fromEntries(
    parametrizations.map((exponents) => [
      exponents.name,
      limitLambdaMin({ exponents, initStd, activation, depth, probeInputs }),
    ]),
  );
}
