import type { Parametrization } from '../../parametrization/parametrization.ts';
import { runHash } from '../../run/run-hash.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import type { ComparisonRequest, PlannedRun } from './request.ts';

/**
 * The runs of a comparison: narrow widths first, and all parametrizations side by side, so that whoever watches sees
 * every curve grow at once.
 *
 * @throws RangeError with fewer than two widths, without a seed or a parametrization, with two parametrizations of
 *   one name, or with one for another optimizer than SGD
 */
export function planComparison(request: ComparisonRequest): readonly PlannedRun[] {
  requireComparable(request);
  const widths = [...new Set(request.widths)].sort((left, right) => left - right);
  const seeds = Array.from({ length: request.seeds }, (_, seed) => seed);
  return widths.flatMap((width) =>
    seeds.flatMap((seed) =>
      request.parametrizations.map((parametrization) => {
        const spec = runSpec(request, parametrization, width, seed);
        return { parametrization: parametrization.name, width, seed, spec, hash: runHash(spec) };
      }),
    ),
  );
}

function runSpec(
  request: ComparisonRequest,
  parametrization: Parametrization,
  width: number,
  seed: number,
): RunSpec {
  const { dataset, baseWidth, initStd, learningRate } = request;
  const { input, hidden, output, optimizer } = parametrization;
  return {
    version: 1,
    net: {
      inputDim: dataset.inputDim,
      width,
      depth: request.depth,
      outputDim: dataset.outputDim,
      activation: request.activation,
    },
    exponents: { input, hidden, output },
    optimizer: { kind: optimizer },
    constants: { baseWidth, initStd, learningRate },
    loss: request.loss,
    data: request.data,
    steps: request.steps,
    probe: request.probe,
    seed,
    engine: request.engine,
  };
}

function requireComparable({ parametrizations, widths, seeds }: ComparisonRequest): void {
  if (new Set(widths).size < 2) {
    throw new RangeError(`widths: expected at least two different ones, got ${widths.join(', ') || 'none'}`);
  }
  if (!(seeds >= 1)) throw new RangeError(`seeds: expected at least 1, got ${seeds}`);
  if (parametrizations.length === 0)
    throw new RangeError('parametrizations: expected at least one, got none');
  const adaptive = parametrizations.find(({ optimizer }) => optimizer !== 'sgd');
  if (adaptive !== undefined) {
    throw new RangeError(
      `parametrizations: expected those of SGD, which is what is trained, got '${adaptive.name}' for ${adaptive.optimizer}`,
    );
  }
  const names = parametrizations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw new RangeError(`parametrizations: expected each name once, got '${twice}' twice`);
  }
}
