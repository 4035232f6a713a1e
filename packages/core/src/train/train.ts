import type { Dataset } from '../data/dataset.ts';
import { matrix } from '../linalg/matrix.ts';
import { initialWeights } from '../model/initial-weights.ts';
import { loss } from '../model/loss.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import type { Engine, EngineSession } from './engine.ts';
import { type Observation, outcomesOf, pointsOf, startProbe } from './observation.ts';
import { runHash } from './run-hash.ts';
import type { RunResult, StepRecord } from './run-result.ts';
import type { RunSpec } from './run-spec.ts';
import { seriesColumns } from './series.ts';

/**
 * A run has diverged at the first step whose loss is not finite or above this multiple of its beginning: of the
 * larger of its first loss and the loss of f = 0.
 *
 * A saturating activation keeps a diverging network finite for hundreds of steps, while its loss grows by a
 * factor a step. No run that recovers was seen above a thousandth of this.
 */
export const DIVERGENCE_FACTOR = 1e6;

/**
 * Trains one network, one record a step: the network after 0, 1, …, T updates.
 *
 * Records of probed steps carry points, the others carry none and mark progress; the series of the result are
 * these points in columns. A run that diverges ends with a record that says so, and returns what was measured
 * until then. The consumer may stop between any two steps.
 *
 * @throws RangeError if spec and data set do not fit together, or the optimizer is none that is known here
 */
export function* train(spec: RunSpec, dataset: Dataset, engine: Engine): Generator<StepRecord, RunResult> {
  requireFitting(spec, dataset);
  const session = engine.open(spec);
  try {
    session.setData(dataset);
    session.setParams(initialWeights(spec));
    return yield* trainSession(spec, session, lossLimit(spec, dataset, session.loss()));
  } finally {
    session.dispose();
  }
}

function* trainSession(
  spec: RunSpec,
  session: EngineSession,
  limit: number,
): Generator<StepRecord, RunResult> {
  const learningRates = concreteScaling(spec).map(({ learningRate }) => learningRate);
  const probed = new Set(spec.probe.steps);
  const series = seriesColumns();
  const probe = startProbe(session, spec.net.depth);
  const firstLoss = session.loss();
  let first: Observation | undefined;
  let last: Observation | undefined;
  let divergedAt: number | null = null;

  for (let step = 0; step <= spec.steps; step++) {
    if (step > 0) session.step(1, learningRates);
    const observed = probed.has(step) ? probe.observe() : undefined;
    const lossNow = session.loss();
    const healthy = Number.isFinite(lossNow) && lossNow <= limit;
    if (!healthy || (probed.has(step) && observed === undefined)) {
      divergedAt = step;
      yield { kind: 'diverged', step };
      break;
    }
    first ??= observed;
    last = observed;
    const points = observed === undefined ? [] : pointsOf(lossNow, observed);
    series.append(step, points);
    yield { kind: 'step', step, points };
  }

  const finished = divergedAt === null;
  return {
    schema: 'widthwise/run',
    version: 1,
    hash: runHash(spec),
    spec,
    state: finished ? 'finished' : 'diverged',
    divergedAt,
    loss: [Number.isFinite(firstLoss) ? firstLoss : null, finished ? session.loss() : null],
    outputChange: finished && last !== undefined ? last.outputChange : null,
    layers: outcomesOf(probe, { depth: spec.net.depth, first, last: finished ? last : undefined }),
    series: series.all(),
  };
}

function lossLimit(spec: RunSpec, dataset: Dataset, firstLoss: number): number {
  const targets = matrix(dataset.samples, dataset.outputDim, dataset.targets);
  const zero = matrix(dataset.samples, dataset.outputDim);
  return DIVERGENCE_FACTOR * Math.max(firstLoss, loss(spec.loss, zero, targets));
}

function requireFitting({ net, optimizer, probe, steps }: RunSpec, dataset: Dataset): void {
  if (optimizer.kind !== 'sgd') {
    throw new RangeError(`train: expected the optimizer sgd, got ${optimizer.kind}`);
  }
  if (net.inputDim !== dataset.inputDim || net.outputDim !== dataset.outputDim) {
    throw new RangeError(
      `train: expected data of dimensions ${net.inputDim} → ${net.outputDim}, got ${dataset.inputDim} → ${dataset.outputDim}`,
    );
  }
  if (!(probe.samples >= 1 && probe.samples <= dataset.samples)) {
    throw new RangeError(
      `train: expected between 1 and ${dataset.samples} probe samples, got ${probe.samples}`,
    );
  }
  if (!probe.steps.includes(0) || !probe.steps.includes(steps)) {
    throw new RangeError(`train: expected probe steps with 0 and ${steps}, got ${probe.steps.join(', ')}`);
  }
}
