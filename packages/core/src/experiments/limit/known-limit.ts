import { sameExponent } from '../../calculus/exponent.ts';
import { inputKernel } from '../../limit/kernel-recursion.ts';
import { linearLimit } from '../../limit/training/linear-limit.ts';
import { FEWEST_POINTS, MOST_POINTS, SHIFTS } from '../../limit/training/neurons.ts';
import { particleLimit } from '../../limit/training/particle-limit.ts';
import type { LimitRates, LimitTraining, TrainingLimit } from '../../limit/training/training-limit.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { loss as lossOf } from '../../model/loss.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import { MUP_TARGETS } from '../../parametrization/mup-targets.ts';
import { type Parametrization, roleOfLayer } from '../../parametrization/parametrization.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { RunSetting } from '../run-setting.ts';

/** How the limit is known: by exact equations of a linear network, by neurons of one hidden layer, or from the networks themselves. */
export type LimitMethod = 'exact' | 'particles' | 'extrapolated';

type Wanted = NonNullable<LimitTraining['wanted']>;
type TrainedSetting = Omit<RunSetting, 'probe' | 'engine' | 'data'> & {
  readonly probe: Pick<RunSetting['probe'], 'samples'>;
};

/** Samples · (steps + 1): what the exact equations have coefficients over. */
const MOST_EVENTS = 600;
/** Products that exact equations of several layers take at most, their cube a layer: some seconds. */
const MOST_EXACT_WORK = 1e9;
/** Entries of one matrix over events in every layer; there are six of them: 200 MB. */
const MOST_EXACT_ENTRIES = 4e6;
/** Products that neurons take at most, for all that is told of a limit and for its curves beside something else. */
const MOST_PARTICLE_WORK: Readonly<Record<Wanted, number>> = { all: 1e10, curves: 2e9 };
/** A loss beyond so many times its start has diverged: soon no float holds it. */
const MOST_GROWTH = 1e12;
/** What φ and φ′ of one sample cost, in products. */
const ACTIVATION_WORK = 16;

/** How the limit of a run can be known. */
function limitMethod(setting: TrainedSetting, parametrization: Parametrization, wanted: Wanted): LimitMethod {
  const { depth, activation, optimizer, batch } = setting;
  // With momentum or Adam the equations would hold more of the past; with batches, other samples at every step.
  if (optimizer.kind !== 'sgd' || batch !== null || !trainsAsMup(parametrization, depth))
    return 'extrapolated';
  if (activation === 'identity' && isSmallForEquations(setting)) return 'exact';
  return depth === 1 && pointsOf(setting, wanted) !== null ? 'particles' : 'extrapolated';
}

function isSmallForEquations({ depth, dataset, steps }: TrainedSetting): boolean {
  const events = dataset.samples * (steps + 1);
  const entries = depth * events * events;
  return events <= MOST_EVENTS && entries <= MOST_EXACT_ENTRIES && entries * events <= MOST_EXACT_WORK;
}

/** As many neurons of a random sample as the work allows: all there are for all that is told; null where it is too few. */
function pointsOf({ dataset: { samples, outputDim }, steps }: TrainedSetting, wanted: Wanted): number | null {
  const ofNeuron = samples * (samples + outputDim + ACTIVATION_WORK);
  const fewest = wanted === 'all' ? MOST_POINTS : FEWEST_POINTS;
  let points = MOST_POINTS;
  while (points >= fewest && SHIFTS * points * ofNeuron * (steps + 1) > MOST_PARTICLE_WORK[wanted])
    points /= 2;
  return points < fewest ? null : points;
}

function trainsAsMup(parametrization: Parametrization, depth: number): boolean {
  const { B, C } = layerInvariants(parametrization, depth);
  return B.every((exponent, index) => {
    const wants = MUP_TARGETS[roleOfLayer(index + 1, depth)];
    // Ŵ₀ = 0 is the least readout that has this limit.
    const starts = exponent === 'zero' ? index === depth : sameExponent(exponent, wants.B);
    return starts && sameExponent(C[index], wants.C.sgd);
  });
}

/** A limit of training, up to where it diverges; its largest error and its law are null where it does. */
export interface ReachedLimit extends Omit<TrainingLimit, 'error'> {
  readonly error: number | null;
}

/** A limit of training, and how it is known. */
export interface KnownLimit {
  readonly method: LimitMethod;
  /** Null where it is known by extrapolation only. */
  readonly limit: ReachedLimit | null;
  /** The first step that the limit has nothing of, for it diverges; null where it does not, or is extrapolated. */
  readonly limitDivergesAt: number | null;
}

/** The limit of a run, step by step. */
export function knownLimit(
  setting: TrainedSetting,
  parametrization: Parametrization,
  wanted: Wanted = 'all',
): KnownLimit {
  const method = limitMethod(setting, parametrization, wanted);
  if (method === 'extrapolated') return { method, limit: null, limitDivergesAt: null };
  const { dataset, depth, steps, loss, activation } = setting;
  const training = {
    depth,
    steps,
    loss,
    inputGram: inputKernel(matrix(dataset.samples, dataset.inputDim, dataset.inputs)),
    targets: matrix(dataset.samples, dataset.outputDim, dataset.targets),
    rates: limitRates(setting, parametrization),
    wanted,
    watched: setting.probe.samples,
    points: pointsOf(setting, wanted) ?? MOST_POINTS,
  };
  const limit = method === 'exact' ? linearLimit(training) : particleLimit({ ...training, activation });
  const limitDivergesAt = divergenceOf(limit, training);
  return {
    method,
    limit: limitDivergesAt === null ? limit : upTo(limit, limitDivergesAt),
    limitDivergesAt,
  };
}

/** The first step whose loss is out of bounds, or whose kernels are not finite; null where there is none. */
function divergenceOf({ outputs, kernels }: TrainingLimit, { loss, targets }: LimitTraining): number | null {
  const bound = MOST_GROWTH * lossOf(loss, outputs[0], targets);
  const at = outputs.findIndex(
    (f, step) => !(lossOf(loss, f, targets) <= bound && kernels[step].every(hasNumbers)),
  );
  return at < 0 ? null : at;
}

function hasNumbers({ data }: Matrix): boolean {
  return data.every(Number.isFinite);
}

function upTo({ outputs, kernels, lossErrors, lambdaMinErrors }: TrainingLimit, step: number): ReachedLimit {
  return {
    outputs: outputs.slice(0, step),
    kernels: kernels.slice(0, step),
    law: null,
    error: null,
    lossErrors: lossErrors.slice(0, step),
    lambdaMinErrors: lambdaMinErrors.slice(0, step),
  };
}

/** Under μP they are the same at every width. */
function limitRates(setting: TrainedSetting, exponents: Parametrization): LimitRates {
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
