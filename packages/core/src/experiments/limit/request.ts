import { sameExponent } from '../../calculus/exponent.ts';
import { inputKernel } from '../../limit/kernel-recursion.ts';
import { linearLimit } from '../../limit/training/linear-limit.ts';
import { RANDOM_NEURONS } from '../../limit/training/neurons.ts';
import { particleLimit } from '../../limit/training/particle-limit.ts';
import type { LimitRates, TrainingLimit } from '../../limit/training/training-limit.ts';
import { matrix } from '../../linalg/matrix.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import { MUP_TARGETS } from '../../parametrization/mup-targets.ts';
import { type Parametrization, roleOfLayer } from '../../parametrization/parametrization.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { ExperimentInputs } from '../experiment.ts';
import { FieldError } from '../params/field-error.ts';
import { type RunSetting, runSetting } from '../run-setting.ts';
import type { LimitParams } from './params.ts';

/** How the limit is known: by exact equations of a linear network, by neurons of one hidden layer, or from the networks themselves. */
export type LimitMethod = 'exact' | 'particles' | 'extrapolated';

/** Everything that is trained beside a limit: one parametrization at several widths for seeds 0…S−1, all samples watched. */
export interface LimitRequest extends RunSetting {
  readonly parametrization: Parametrization;
  readonly method: LimitMethod;
  /** Null where it is extrapolated. */
  readonly limit: TrainingLimit | null;
}

/** a + c/n has two unknowns, and noise is told from a misfit by a third width. */
const FEWEST_EXTRAPOLATED = 3;
/** One has no spread, and nothing has an interval. */
const FEWEST_SEEDS = 2;
/** Grams of more samples cost too much at every step. */
const MOST_SAMPLES = 64;
/** Samples · (steps + 1): what the exact equations have coefficients over. */
const MOST_EVENTS = 600;
/** Products that exact equations of several layers take at most, their cube a layer: some seconds. */
const MOST_EXACT_WORK = 1e9;
/** Entries of one matrix over events in every layer; there are six of them: 200 MB. */
const MOST_EXACT_ENTRIES = 4e6;
/** Products that neurons take at most. */
const MOST_PARTICLE_WORK = 1e10;
/** What φ and φ′ of one sample cost, in products. */
const ACTIVATION_WORK = 16;

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
  const method = methodOf(asked, parametrization);
  if (method === 'extrapolated' && params.widths.length < FEWEST_EXTRAPOLATED) {
    throw new FieldError(
      'widths',
      `this limit is extrapolated, which takes at least ${FEWEST_EXTRAPOLATED} widths, got ${params.widths.length}`,
    );
  }
  return { ...asked, parametrization, method, limit: limitOf(asked, parametrization, method) };
}

function methodOf(setting: RunSetting, parametrization: Parametrization): LimitMethod {
  const { depth, activation, optimizer, batch } = setting;
  // With momentum or Adam the equations would hold more of the past; with batches, other samples at every step.
  if (optimizer.kind !== 'sgd' || batch !== null || !trainsAsMup(parametrization, depth))
    return 'extrapolated';
  if (activation === 'identity' && isSmallForEquations(setting)) return 'exact';
  return depth === 1 && isSmallForNeurons(setting) ? 'particles' : 'extrapolated';
}

function isSmallForEquations({ depth, dataset, steps }: RunSetting): boolean {
  const events = dataset.samples * (steps + 1);
  const entries = depth * events * events;
  return events <= MOST_EVENTS && entries <= MOST_EXACT_ENTRIES && entries * events <= MOST_EXACT_WORK;
}

function isSmallForNeurons({ dataset: { samples, outputDim }, steps }: RunSetting): boolean {
  const ofNeuron = samples * (samples + outputDim + ACTIVATION_WORK);
  return RANDOM_NEURONS * ofNeuron * (steps + 1) <= MOST_PARTICLE_WORK;
}

function trainsAsMup(parametrization: Parametrization, depth: number): boolean {
  const { B, C } = layerInvariants(parametrization, depth);
  return B.every((exponent, index) => {
    const wants = MUP_TARGETS[roleOfLayer(index + 1, depth)];
    return sameExponent(exponent, wants.B) && sameExponent(C[index], wants.C.sgd);
  });
}

function limitOf(
  setting: RunSetting,
  parametrization: Parametrization,
  method: LimitMethod,
): TrainingLimit | null {
  const { dataset, depth, steps, loss, activation } = setting;
  if (method === 'extrapolated') return null;
  const training = {
    depth,
    steps,
    loss,
    inputGram: inputKernel(matrix(dataset.samples, dataset.inputDim, dataset.inputs)),
    targets: matrix(dataset.samples, dataset.outputDim, dataset.targets),
    rates: limitRates(setting, parametrization),
  };
  return method === 'exact' ? linearLimit(training) : particleLimit({ ...training, activation });
}

/** Under μP they are the same at every width. */
function limitRates(setting: RunSetting, exponents: Parametrization): LimitRates {
  const { dataset, depth, baseWidth, initStd, learningRate } = setting;
  const [width] = setting.widths;
  const scaling = concreteScaling({
    net: { inputDim: dataset.inputDim, outputDim: dataset.outputDim, depth, width },
    exponents,
    constants: { baseWidth, initStd, learningRate },
  });
  // η_l on W^l = m·w^l is m² times the rate on w^l.
  const rates = scaling.map((layer) => layer.learningRate * layer.multiplier * layer.multiplier);
  const readout = scaling[depth];
  return {
    input: rates[0] / width,
    hidden: depth > 1 ? rates[1] : 0,
    output: rates[depth] * width,
    readoutStd: readout.initStd * readout.multiplier * width,
  };
}
