import { eigvalsh } from '../../linalg/eigvalsh.ts';
import { leadingBlock, type Matrix, matrix } from '../../linalg/matrix.ts';
import { type Activation, activation } from '../../model/activation.ts';
import { loss } from '../../model/loss.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import { errorSignals } from './error-signals.ts';
import { neuronLaw } from './neuron-law.ts';
import { MOST_POINTS, type Neurons, neuronSamples } from './neurons.ts';
import { ParticleSystem } from './particle-system.ts';
import type { LimitTraining, TrainingLimit } from './training-limit.ts';

/**
 * Training of one hidden layer at infinite width: neurons (h(ξ_1) … h(ξ_P), v) that move alike and meet in f alone.
 *
 *     f_t(j,o) = E[v_t(o) φ(h_t(j))]
 *     h_{t+1}(j) = h_t(j) − η₁ Σ_i φ′(h_t(i)) Σ_o χ_t(i,o) v_t(o) · K_ij
 *     v_{t+1}(o) = v_t(o) − η_out Σ_i χ_t(i,o) φ(h_t(i))
 *
 * @see docs/math.md#the-limit-in-training
 */
export function particleLimit(
  training: LimitTraining & { readonly activation: ActivationName },
): TrainingLimit {
  const of = activation(training.activation);
  const { kind, samples } = neuronSamples(training.inputGram, {
    outputs: training.targets.cols,
    smooth: of.smooth && training.wanted !== 'curves',
    points: training.points ?? MOST_POINTS,
  });
  const runs = samples.map((neurons) => trained(training, of, neurons));
  const estimateOf = kind === 'grids' ? finestOf : meanOf;
  const steps = Array.from({ length: training.steps + 1 }, (_, step) => step);
  const outputs = steps.map((step) => estimateOf(runs.map((run) => run.outputs[step])));
  const kernels = steps.map((step) => estimateOf(runs.map((run) => run.kernels[step])));
  const errorsOf = (measure: (run: ParticleRun, step: number) => number): readonly number[] =>
    steps.map(
      (step) => estimateOf(runs.map((run) => matrix(1, 1, Float64Array.of(measure(run, step))))).error,
    );
  const chi = outputs.slice(0, -1).map(({ value }) => errorSignals(training, value));
  return {
    outputs: outputs.map(({ value }) => value),
    kernels: kernels.map(({ value }) => [value]),
    law: training.wanted === 'curves' ? null : neuronLaw(training, of, chi),
    error: Math.max(...[...outputs, ...kernels].map(({ error }) => error)),
    lossErrors: errorsOf((run, step) => loss(training.loss, run.outputs[step], training.targets)),
    lambdaMinErrors: errorsOf((run, step) => leastEigenvalue(run.kernels[step], training.watched)),
  };
}

interface ParticleRun {
  readonly outputs: Matrix[];
  readonly kernels: Matrix[];
}

function trained(training: LimitTraining, of: Activation, neurons: Neurons): ParticleRun {
  const system = new ParticleSystem(training, of, neurons);
  const run: ParticleRun = { outputs: [], kernels: [] };
  for (let step = 0; step <= training.steps; step++) {
    const { f, kernel } = system.expectations();
    run.outputs.push(f);
    run.kernels.push(kernel);
    system.update(errorSignals(training, f));
  }
  return run;
}

function leastEigenvalue(kernel: Matrix, watched: number = kernel.rows): number {
  return eigvalsh(leadingBlock(kernel, watched))[watched - 1];
}

interface Estimate {
  readonly value: Matrix;
  /** Of its entries the largest. */
  readonly error: number;
}

/** The first of two, the finer, and how far the other is from it, which is more than it is off itself. */
function finestOf([fine, coarse]: readonly Matrix[]): Estimate {
  const differences = fine.data.map((entry, at) => Math.abs(entry - coarse.data[at]));
  return { value: fine, error: Math.max(...differences) };
}

/** The mean of several estimates, and its standard error. */
function meanOf(estimates: readonly Matrix[]): Estimate {
  const count = estimates.length;
  const value = matrix(estimates[0].rows, estimates[0].cols);
  let error = 0;
  for (let at = 0; at < value.data.length; at++) {
    const entries = estimates.map(({ data }) => data[at]);
    value.data[at] = entries.reduce((sum, entry) => sum + entry, 0) / count;
    const squares = entries.reduce((sum, entry) => sum + (entry - value.data[at]) ** 2, 0);
    error = Math.max(error, Math.sqrt(squares / (count - 1) / count));
  }
  return { value, error };
}
