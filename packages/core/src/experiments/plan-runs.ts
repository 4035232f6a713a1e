import { exponentsOf, type Parametrization } from '../parametrization/parametrization.ts';
import { runHash } from '../run/run-hash.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { quoted } from '../words/shown-text.ts';
import type { PlannedRun } from './planned-run.ts';
import type { RunSetting } from './run-setting.ts';

/**
 * A run for every parametrization, width and seed: narrow widths first, and all parametrizations side by side, so that
 * whoever watches sees every curve grow at once.
 *
 * @throws RangeError for a parametrization of another optimizer than the one that trains
 */
export function planRuns(
  setting: RunSetting,
  parametrizations: readonly Parametrization[],
): readonly PlannedRun[] {
  const trained = exponentsOf(setting.optimizer);
  const other = parametrizations.find(({ optimizer }) => optimizer !== trained);
  if (other !== undefined) {
    throw new RangeError(
      `parametrization: expected one of ${trained}, which trains, got ${quoted(other.name)} for ${other.optimizer}`,
    );
  }
  const widths = [...new Set(setting.widths)].sort((left, right) => left - right);
  const seeds = Array.from({ length: setting.seeds }, (_, seed) => seed);
  return widths.flatMap((width) =>
    seeds.flatMap((seed) =>
      parametrizations.map((parametrization) => {
        const spec = runSpec(setting, parametrization, { width, seed });
        return { parametrization: parametrization.name, width, seed, spec, hash: runHash(spec) };
      }),
    ),
  );
}

function runSpec(
  setting: RunSetting,
  { input, hidden, output }: Parametrization,
  { width, seed }: { readonly width: number; readonly seed: number },
): RunSpec {
  const { dataset, baseWidth, initStd, learningRate, batch } = setting;
  return {
    version: 1,
    net: {
      inputDim: dataset.inputDim,
      width,
      depth: setting.depth,
      outputDim: dataset.outputDim,
      activation: setting.activation,
    },
    exponents: { input, hidden, output },
    optimizer: setting.optimizer,
    constants: { baseWidth, initStd, learningRate },
    loss: setting.loss,
    data: setting.data,
    steps: setting.steps,
    ...(batch === null ? {} : { batch }),
    probe: setting.probe,
    seed,
    engine: setting.engine,
  };
}
