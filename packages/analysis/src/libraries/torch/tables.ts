import type { TensorFunction } from '../../network/flow.ts';
import type { LayerFamily } from '../../network/layer.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import torchFunctions from './torch-functions.json' with { type: 'json' };
import torchInitializers from './torch-initializers.json' with { type: 'json' };
import torchLayers from './torch-layers.json' with { type: 'json' };
import torchOptimizers from './torch-optimizers.json' with { type: 'json' };

/** Where a call takes one argument: by name, or by its place; `default` is the literal where it is left out. */
export interface ArgumentPlace {
  readonly name: string;
  readonly index: number;
  readonly default?: string;
}

export interface LayerKnowledge {
  readonly family: LayerFamily;
  readonly fanIn?: ArgumentPlace;
  readonly fanOut?: ArgumentPlace;
  readonly bias?: ArgumentPlace;
  /** The default initial standard deviation, up to a constant: a power of the fan-in, or the same at every width. */
  readonly std?: '1/√fan-in' | '1';
  /** Whether φ(0) = 0. */
  readonly zeroAtZero?: boolean;
  /** Whether φ(s·z) = s·φ(z) for s > 0. */
  readonly homogeneous?: boolean;
}

export interface BoundPlaces {
  readonly low: ArgumentPlace;
  readonly high: ArgumentPlace;
}

export type InitializerKnowledge =
  | {
      readonly rule: 'std';
      readonly std: ArgumentPlace;
      readonly mean: ArgumentPlace;
      /** Where a truncated distribution is cut off. */
      readonly bounds?: BoundPlaces;
    }
  | { readonly rule: 'uniform'; readonly low: ArgumentPlace; readonly high: ArgumentPlace }
  | { readonly rule: 'constant'; readonly value: ArgumentPlace }
  | { readonly rule: 'fan'; readonly fan: 'sum' | 'max'; readonly gain: ArgumentPlace }
  | { readonly rule: 'fan'; readonly fan: 'mode'; readonly mode: ArgumentPlace }
  | { readonly rule: 'scale'; readonly by: ArgumentPlace; readonly inverse: boolean }
  | { readonly rule: 'zero' | 'unread' };

export interface OptimizerKnowledge {
  /** Null for an optimizer whose updates are not modeled. */
  readonly kind: OptimizerBuild['kind'];
  readonly lr: ArgumentPlace;
}

// SAFETY (the four casts): tables.test.ts checks every entry of the tables against these types.
const LAYERS = torchLayers.layers as Readonly<Record<string, LayerKnowledge>>;
const INITIALIZERS = torchInitializers.functions as Readonly<Record<string, InitializerKnowledge>>;
const INITIALIZER_METHODS = torchInitializers.methods as Readonly<Record<string, InitializerKnowledge>>;
const FUNCTIONS = torchFunctions.functions as Readonly<Record<string, TensorFunction>>;
const TENSOR_METHODS = torchFunctions.methods as Readonly<Record<string, TensorFunction>>;
const OPTIMIZERS = torchOptimizers.optimizers as Readonly<Record<string, OptimizerKnowledge>>;

export function findLayer(qualified: string): LayerKnowledge | undefined {
  return own(LAYERS, qualified);
}

export function findInitializer(qualified: string): InitializerKnowledge | undefined {
  return own(INITIALIZERS, qualified);
}

/** An in-place method of a parameter, such as `normal_`. */
export function findInitializerMethod(name: string): InitializerKnowledge | undefined {
  return own(INITIALIZER_METHODS, name);
}

export function findTensorFunction(qualified: string): TensorFunction | undefined {
  return own(FUNCTIONS, qualified);
}

export function findTensorMethod(name: string): TensorFunction | undefined {
  return own(TENSOR_METHODS, name);
}

export function findOptimizer(qualified: string): OptimizerKnowledge | undefined {
  return own(OPTIMIZERS, qualified);
}

function own<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
