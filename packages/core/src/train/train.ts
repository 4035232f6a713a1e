import type { Dataset } from '../data/dataset.ts';
import type { Engine, EngineSession } from '../engines/engine.ts';
import type { Linalg } from '../linalg/linalg.ts';
import { matrix } from '../linalg/matrix.ts';
import { loss } from '../model/loss.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { runHash } from '../run/run-hash.ts';
import type { KeptFeatures, RunResult, StepRecord } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { seriesColumns } from '../run/series.ts';
import type { StepBound } from '../run/step-bound.ts';
import { initialDraws } from './initial-weights.ts';
import type { Observation } from './observation.ts';
import { pointsOf, startProbe } from './probe.ts';
import { unitMarginals } from './unit-marginals.ts';

/**
 * A run has diverged at the first step whose loss is not finite or above this multiple of its beginning: of the
 * larger of its first loss and the loss of f = 0.
 *
 * A saturating activation keeps a diverging network finite for hundreds of steps, while its loss grows by a
 * factor a step. The rule is a convention: of 2,800 runs over rates, activations and parametrizations 11 went
 * beyond it and still came back below their first loss, all with sigmoid or ReLU.
 */
const DIVERGENCE_FACTOR = 1000;

/** One call of an engine takes so many multiplications, some milliseconds, or one step. */
const MOST_PRODUCTS = 2e7;

/**
 * Trains one network, one record a step: the network after 0, 1, …, T updates.
 *
 * Records of probed steps carry points, the others carry none and mark progress; the series of the result are
 * these points in columns. A run that diverges ends with a record that says so, and returns what was measured
 * until then. The consumer may stop between any two steps.
 *
 * @throws RangeError if spec and data set do not fit together
 */
export function* train(spec: RunSpec, dataset: Dataset, engine: Engine): Generator<StepRecord, RunResult> {
  requireFitting(spec, dataset);
  const session = engine.open(spec);
  try {
    session.setData(dataset);
    session.drawParams(initialDraws(spec));
    return yield* trainSession(spec, session, { dataset, linalg: engine.linalg });
  } finally {
    session.dispose();
  }
}

function* trainSession(
  spec: RunSpec,
  session: EngineSession,
  { dataset, linalg }: { readonly dataset: Dataset; readonly linalg: Linalg },
): Generator<StepRecord, RunResult> {
  const probed = new Set(spec.probe.steps);
  const series = seriesColumns();
  const probe = startProbe(session, spec, linalg);
  const firstLoss = session.loss();
  const limit = lossLimit(spec, dataset, firstLoss);
  const kept = keeping(spec);
  let first: Observation | undefined;
  let last: Observation | undefined;

  for (const { step, loss: lossNow } of lossesByStep(session, spec, dataset.samples)) {
    last = probed.has(step) ? probe.observe(step) : undefined;
    if (!(lossNow <= limit) || (probed.has(step) && last === undefined)) {
      yield { kind: 'diverged', step };
      return {
        ...beginning(spec, firstLoss),
        state: 'diverged',
        divergedAt: step,
        layers: probe.outcomes({ first }),
        series: series.all(),
        ...kept.all(),
      };
    }
    first ??= last;
    if (last !== undefined) kept.note(step, last);
    const points = last === undefined ? [] : pointsOf(lossNow, last);
    series.append(step, points);
    yield { kind: 'step', step, points };
  }
  return {
    ...beginning(spec, firstLoss),
    state: 'finished',
    loss: [firstLoss, session.loss()],
    outputChange: last?.outputChange ?? null,
    layers: probe.outcomes({ first, last }),
    series: series.all(),
    ...kept.all(),
    ...(spec.probe.keeps === 'marginals' ? { marginals: unitMarginals(session, spec.net.depth) } : {}),
  };
}

/**
 * The loss after 0, 1, …, T updates: of all samples at probed steps, where the session stands still, and of the next batch
 * between them, where it runs ahead.
 */
function* lossesByStep(
  session: EngineSession,
  spec: RunSpec,
  samples: number,
): Generator<{ readonly step: number; readonly loss: number }> {
  const rates = concreteScaling(spec).map(({ learningRate }) => learningRate);
  const most = stepsAtOnce(spec, samples);
  let step = 0;
  for (const probed of spec.probe.steps) {
    // The last probed step has been told.
    let told = 1;
    while (step < probed) {
      const losses = session.step(Math.min(most, probed - step), rates);
      for (let at = told; at < losses.length; at++) yield { step: step + at, loss: losses[at] };
      step += losses.length;
      told = 0;
    }
    yield { step, loss: session.loss() };
  }
}

/** Whoever stops a run waits for a call to end. */
function stepsAtOnce({ net, batch = Number.POSITIVE_INFINITY }: RunSpec, samples: number): number {
  const { inputDim, width, depth, outputDim } = net;
  const weights = inputDim * width + (depth - 1) * width * width + width * outputDim;
  return Math.max(1, Math.floor(MOST_PRODUCTS / (3 * weights * Math.min(batch, samples))));
}

/** What a run keeps beside the numbers of its series, as its probe plan asks. */
function keeping({ probe }: RunSpec): {
  note(step: number, observed: Observation): void;
  all(): Pick<RunResult, 'kept' | 'bounds'>;
} {
  const kept: KeptFeatures[] = [];
  const bounds: StepBound[] = [];
  return {
    note(step, { features, bound }): void {
      for (const each of features) kept.push({ ...each.kept, step });
      if (bound !== undefined) bounds.push(bound);
    },
    all: () => ({
      ...(probe.keeps !== undefined ? { kept } : {}),
      ...(probe.measures === 'convergence' ? { bounds } : {}),
    }),
  };
}

function beginning(
  spec: RunSpec,
  firstLoss: number,
): Omit<RunResult, 'state' | 'layers' | 'series' | 'kept' | 'marginals' | 'bounds'> {
  return {
    schema: 'widthwise/run',
    version: 1,
    hash: runHash(spec),
    spec,
    divergedAt: null,
    loss: [Number.isFinite(firstLoss) ? firstLoss : null, null],
    outputChange: null,
  };
}

/** NaN, which nothing is below, for a loss that is not finite from the start. */
function lossLimit(spec: RunSpec, dataset: Dataset, firstLoss: number): number {
  const targets = matrix(dataset.samples, dataset.outputDim, dataset.targets);
  const zero = matrix(dataset.samples, dataset.outputDim);
  const reference = Math.max(firstLoss, loss(spec.loss, zero, targets));
  return Number.isFinite(reference) ? DIVERGENCE_FACTOR * reference : Number.NaN;
}

function requireFitting({ net, probe, steps }: RunSpec, dataset: Dataset): void {
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
