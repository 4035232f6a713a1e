import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { FieldError } from '../params/field-error.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import { type KnownLimit, knownLimit } from './known-limit.ts';
import type { LimitParams } from './params.ts';

/** Everything that is trained beside a limit: one parametrization at several widths for seeds 0…S−1, all samples watched. */
export interface LimitRequest extends RunSetting, KnownLimit {
  readonly parametrization: Parametrization;
}

/** a + c/n has two unknowns, and noise is told from a misfit by a third width. */
const FEWEST_EXTRAPOLATED = 3;
/** One has no spread, and nothing has an interval. */
const FEWEST_SEEDS = 2;
/** Grams of more samples cost too much at every step. */
const MOST_SAMPLES = 64;

/** @throws FieldError for what cannot be trained */
export function limitRequest(params: LimitParams, inputs: ExperimentInputs): LimitRequest {
  const [parametrization] = inputs.parametrizations;
  const { samples } = inputs.dataset;
  if (samples > MOST_SAMPLES) {
    throw new FieldError('data', `at most ${MOST_SAMPLES} samples, whose Grams are followed, got ${samples}`);
  }
  if (params.widths[0] < samples) {
    throw new FieldError(
      'widths',
      `expected at least as many units as samples (${samples}), got ${params.widths[0]}`,
    );
  }
  if (params.seeds < FEWEST_SEEDS) {
    throw new FieldError(
      'seeds',
      `expected at least ${FEWEST_SEEDS}, whose spread gives an interval, got ${params.seeds}`,
    );
  }
  const setting = runSetting({ ...params, probe: null }, inputs);
  const asked = { ...setting, probe: { ...setting.probe, samples, keeps: 'marginals' } } as const;
  const known = knownLimit(asked, parametrization);
  if (known.method === 'extrapolated' && params.widths.length < FEWEST_EXTRAPOLATED) {
    throw new FieldError(
      'widths',
      `this limit is extrapolated, which takes at least ${FEWEST_EXTRAPOLATED} widths, got ${params.widths.length}`,
    );
  }
  return { ...asked, parametrization, ...known };
}
