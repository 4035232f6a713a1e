import { ENGINE_NAMES, type EngineName } from '../../engines/engine-names.ts';
import { ACTIVATION_NAMES } from '../../model/activation.ts';
import type { LossSpec } from '../../model/loss.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import type { OptimizerSpec } from '../../model/optimizer.ts';
import type { Fields } from './field.ts';

/** How a readout starts: as its parametrization has it, or at zero. */
export type Readout = 'scaled' | 'zero';

/** What every experiment that trains nets of several widths is asked with. */
export interface RunParams {
  readonly data: string;
  readonly dataSeed: number;
  readonly widths: readonly number[];
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  /** η; null is what suits the optimizer. */
  readonly learningRate: number | null;
  /** Null is all samples. */
  readonly batch: number | null;
  readonly seeds: number;
  /** Null is the smallest width. */
  readonly baseWidth: number | null;
  /** Null is as many as suit the data and the smallest width. */
  readonly probe: number | null;
  readonly readout: Readout;
  readonly loss: LossSpec['kind'];
  readonly optimizer: OptimizerSpec['kind'];
  readonly reduction: 'mean' | 'sum';
  readonly engine: 'auto' | EngineName;
}

/** What an experiment is asked with that may train the twin of a model. */
export interface TwinParams {
  /** Null where nothing of a model is read. */
  readonly from: string | null;
}

/** The same of an experiment that looks at nothing but the loss. */
export type UnprobedParams = Omit<RunParams, 'probe'>;

/** The most runs that one experiment may have. */
export const MOST_RUNS = 10_000;
const MOST_WIDTH = 2 ** 24;

/** The field of {@link TwinParams}. */
export const TWIN_FIELDS: Fields<TwinParams> = {
  from: {
    kind: 'text',
    flag: 'from',
    value: 'FILE[:CLASS]',
    default: null,
    otherwise: 'the built-in network',
    says: 'trains the MLP twin of a model of yours: its exponents, optimizer, activation and depth as they are read off its code; nothing of it is run',
    names: 'model',
  },
};

/** The fields of {@link RunParams} with the demo's numbers; an experiment takes them over, with other defaults where it needs. */
export const RUN_FIELDS: Fields<RunParams> = {
  data: {
    kind: 'text',
    flag: 'data',
    value: 'D',
    default: 'digits',
    otherwise: '`digits`, 64 samples',
    says: "`digits[:P]`; `mixture[:k,d,P]`, a Gaussian mixture of k classes in dimension d with P samples; `csv:FILE[:label=COLUMN]`; `cifar10:FILE[:P]`, images in CIFAR-10's binary layout",
    setting: true,
    names: 'data',
  },
  dataSeed: {
    kind: 'whole',
    low: 0,
    high: 2 ** 32 - 1,
    flag: 'data-seed',
    value: 'N',
    default: 0,
    says: 'seed of the mixture',
  },
  widths: {
    kind: 'wholes',
    low: 1,
    high: MOST_WIDTH,
    fewest: 2,
    fewestSays: 'a slope needs at least two widths',
    flag: 'widths',
    value: 'N,N,…',
    default: [128, 256, 512, 1024],
    says: 'widths of the hidden layers, at least two',
    setting: true,
  },
  depth: {
    kind: 'whole',
    low: 1,
    high: 1000,
    flag: 'depth',
    value: 'L',
    default: 3,
    says: 'number of hidden layers',
    setting: true,
  },
  activation: {
    kind: 'choice',
    of: ACTIVATION_NAMES,
    flag: 'activation',
    value: 'φ',
    default: 'tanh',
    says: `nonlinearity of the hidden layers: ${ACTIVATION_NAMES.map((name) => `\`${name}\``).join(', ')}`,
    setting: true,
  },
  steps: {
    kind: 'whole',
    low: 1,
    high: 1_000_000,
    flag: 'steps',
    value: 'T',
    default: 10,
    says: 'number of updates of each run',
    setting: true,
  },
  learningRate: {
    kind: 'positive',
    flag: 'lr',
    value: 'η',
    default: 1,
    says: 'learning rate η, the same for every parametrization',
    setting: true,
  },
  batch: {
    kind: 'whole',
    low: 1,
    high: MOST_WIDTH,
    flag: 'batch',
    value: 'B',
    default: null,
    otherwise: 'all samples',
    says: 'samples that each update sees, shuffled every epoch; the same at every width',
  },
  seeds: {
    kind: 'whole',
    low: 1,
    high: MOST_RUNS,
    flag: 'seeds',
    value: 'S',
    default: 5,
    says: 'seeds 0 … S − 1 of each parametrization and width; more give narrower intervals',
    setting: true,
  },
  baseWidth: {
    kind: 'whole',
    low: 1,
    high: MOST_WIDTH,
    flag: 'base-width',
    value: 'N',
    default: null,
    otherwise: 'the smallest width',
    says: 'where all parametrizations equal SP',
  },
  probe: {
    kind: 'whole',
    low: 1,
    high: MOST_WIDTH,
    flag: 'probe',
    value: 'P',
    default: null,
    otherwise: '8, or fewer where the data or the smallest width want it',
    says: 'training samples that are watched, at most a sixteenth of the smallest width',
  },
  readout: {
    kind: 'choice',
    of: ['scaled', 'zero'],
    flag: 'readout',
    value: 'START',
    default: 'scaled',
    says: 'how the readout starts: `scaled`, as the parametrization has it, or at `zero`, so that what the first output adds to the error signal does not blur slopes',
  },
  loss: {
    kind: 'choice',
    of: ['half-square', 'square', 'cross-entropy'],
    flag: 'loss',
    value: 'NAME',
    default: 'half-square',
    says: '`half-square`, `square`, or `cross-entropy` of three or more classes',
  },
  optimizer: {
    kind: 'choice',
    of: ['sgd', 'momentum', 'adam'],
    flag: 'optimizer',
    value: 'NAME',
    default: 'sgd',
    says: '`sgd`, `momentum` (0.9) or `adam` (0.9, 0.999), which has exponents of its own',
    setting: true,
  },
  reduction: {
    kind: 'choice',
    of: ['mean', 'sum'],
    flag: 'reduction',
    value: 'NAME',
    default: 'mean',
    says: '`mean` or `sum` over samples',
  },
  engine: {
    kind: 'choice',
    of: ['auto', ...ENGINE_NAMES],
    flag: 'engine',
    value: 'NAME',
    default: 'auto',
    says: 'what trains: `wasm` (float32 on SIMD kernels; what is measured of the weights is float64), `onnx` and `tfjs` (the same on `onnxruntime-node` and on TensorFlow, where those are installed), `onnx-webgpu` and `onnx-cuda` (from the command line, on a GPU), `reference` (all float64, many times slower) or `auto`: `tfjs` where TensorFlow sees a GPU, `onnx` where that is foretold to take at most 0.7 of the time, else `wasm`',
    setting: true,
    names: 'engine',
  },
};
