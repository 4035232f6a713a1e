import { type LayerLimits, layerLimits } from '../../limit/limit-lambda-min.ts';
import { matrix } from '../../linalg/matrix.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ProbePlan } from '../../run/run-spec.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import type { ComparisonParams } from './params.ts';

/** Infinite-width λ_min of every hidden layer, by name of parametrization; null where there is none. */
export type LimitsByName = Readonly<Record<string, readonly (number | null)[]>>;

/** Infinite-width eigenvalues of every hidden layer's Gram, by name of parametrization. */
export type SpectraByName = Readonly<Record<string, readonly (readonly number[] | null)[]>>;

/** Everything a comparison trains: parametrizations × widths × seeds 0…S−1 of one network on one data set. */
export interface ComparisonRequest extends RunSetting {
  readonly parametrizations: readonly Parametrization[];
  /** λ_min of the infinite-width kernel of the probe. */
  readonly limits: LimitsByName;
  /** All eigenvalues of that kernel, descending; null where there is none. */
  readonly spectra: SpectraByName;
}

/** @throws FieldError for what cannot be trained */
export function comparisonRequest(params: ComparisonParams, inputs: ExperimentInputs): ComparisonRequest {
  const { parametrizations } = inputs;
  const asked = runSetting(params, inputs);
  const setting = { ...asked, probe: keepingGrams(asked.probe, asked.depth) };
  return { ...setting, parametrizations, ...limitsOf(setting, parametrizations) };
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
): Pick<ComparisonRequest, 'limits' | 'spectra'> {
  const { inputDim } = dataset;
  const probeInputs = matrix(probe.samples, inputDim, dataset.inputs.slice(0, probe.samples * inputDim));
  // Most parametrizations begin alike, and a kernel without a closed form takes its time.
  const known = new Map<string, LayerLimits>();
  const found = parametrizations.map((exponents) => {
    const start = startOf(exponents);
    const limits = known.get(start) ?? layerLimits({ exponents, initStd, activation, depth, probeInputs });
    known.set(start, limits);
    return { name: exponents.name, ...limits };
  });
  return {
    limits: Object.fromEntries(found.map(({ name, activation: least }) => [name, least])),
    spectra: Object.fromEntries(found.map(({ name, spectra }) => [name, spectra])),
  };
}

/** What tells the limits of one parametrization from those of another: a + b of the weights below hidden layers. */
function startOf({ input, hidden }: Parametrization): string {
  return [input, hidden].map(({ a, b }) => (b === 'zero' ? b : a + b)).join();
}
