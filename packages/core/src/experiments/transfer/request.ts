import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { FieldError } from '../params/field-error.ts';
import { MOST_RUNS } from '../params/run-params.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import type { Objective, TransferParams } from './params.ts';
import { USUAL_RATES } from './rate-grid.ts';

/** Everything that is trained to find the best rates: parametrizations × widths × seeds 0…S−1, each at rates of a grid. */
export interface TransferRequest extends RunSetting {
  readonly parametrizations: readonly Parametrization[];
  readonly objective: Objective;
}

/** Of longer runs not every loss is kept. */
const MOST_LOSSES = 1000;

/** @throws FieldError for what cannot be trained */
export function transferRequest(params: TransferParams, inputs: ExperimentInputs): TransferRequest {
  const { parametrizations } = inputs;
  const runs = parametrizations.length * params.widths.length * params.seeds * USUAL_RATES;
  if (runs > MOST_RUNS) {
    throw new FieldError(
      'seeds',
      `parametrizations × widths × seeds × about ${USUAL_RATES} rates would be ${runs} runs; at most ${MOST_RUNS} fit one experiment`,
    );
  }
  const setting = runSetting({ ...params, probe: null }, inputs);
  const probe = { samples: 1, steps: lossSteps(setting.steps), measures: 'loss' } as const;
  return { ...setting, probe, parametrizations, objective: params.objective };
}

/** Every step of a run, or evenly spaced ones of a long run, with 0 and the last. */
function lossSteps(steps: number): readonly number[] {
  const count = Math.min(steps, MOST_LOSSES);
  return Array.from({ length: count + 1 }, (_, index) => Math.round((index * steps) / count));
}
