import type { TensorFunction } from '../../interpret/modules/tensors.ts';
import type { LayerFamily } from '../../network/layer.ts';
import type { UpdateRule } from '../../network/optimizer.ts';
import torchFunctions from './torch-functions.json' with { type: 'json' };
import torchInitializers from './torch-initializers.json' with { type: 'json' };
import torchLayers from './torch-layers.json' with { type: 'json' };
import torchOptimizers from './torch-optimizers.json' with { type: 'json' };
import torchSchedulers from './torch-schedulers.json' with { type: 'json' };

/** Where a call takes one argument: by name, or by its place; `default` is the literal where it is left out. */
export interface ArgumentPlace {
  readonly name: string;
  readonly index: number;
  readonly default?: string;
}

/** A parameter of a layer, in terms of what its constructor is given. */
export interface ParameterKnowledge {
  /** Separated by spaces: `out_channels in_channels/groups kernel_size:2`, the last of which stands for two. */
  readonly dims: string;
  readonly fanIn: readonly number[];
  /** Typical values up to a constant: `1/√fan-in`, `zero`, `1`; `one` for ones without signs. */
  readonly initial: string;
  /** Arguments that must be true, `a|b` of which one must be given, `!a` that must not be. */
  readonly when?: string;
}

/** A layer that another one makes as a part of itself. */
export interface PartKnowledge {
  readonly layer: string;
  readonly arguments: string;
  /** The initial values of its parameters that are not its own default. */
  readonly initial?: Readonly<Record<string, string>>;
}

export interface LayerKnowledge {
  readonly family: LayerFamily;
  /** What the constructor takes, in order: `in_features, out_features, bias=True`. */
  readonly signature?: string;
  readonly parameters?: Readonly<Record<string, ParameterKnowledge>>;
  /** Of a recurrent layer: how many rows of its weights there are for each unit. */
  readonly gates?: number;
  readonly layers?: Readonly<Record<string, PartKnowledge>>;
  /** Of a container whose items are no modules. */
  readonly holds?: 'parameters';
}

export interface BoundPlaces {
  readonly low: ArgumentPlace;
  readonly high: ArgumentPlace;
}

export type InitializerKnowledge =
  | {
      readonly rule: 'std';
      readonly std: ArgumentPlace;
      /** Left out where it is 0. */
      readonly mean?: ArgumentPlace;
      /** Which share of the entries it leaves at 0. */
      readonly zeros?: ArgumentPlace;
      /** Where a truncated distribution is cut off. */
      readonly bounds?: BoundPlaces;
    }
  | { readonly rule: 'uniform'; readonly low: ArgumentPlace; readonly high: ArgumentPlace }
  | { readonly rule: 'constant'; readonly value: ArgumentPlace }
  | { readonly rule: 'fan'; readonly fan: 'sum' | 'max'; readonly gain: ArgumentPlace }
  | {
      readonly rule: 'fan';
      readonly fan: 'mode';
      readonly mode: ArgumentPlace;
      readonly slope: ArgumentPlace;
      readonly nonlinearity: ArgumentPlace;
    }
  | { readonly rule: 'scale'; readonly by: ArgumentPlace; readonly inverse: boolean }
  | { readonly rule: 'shift'; readonly by: ArgumentPlace }
  | ({ readonly rule: 'clamp' } & BoundPlaces)
  /** Values stay as large as they were: as `erfinv_` leaves those between −1 and 1. */
  | { readonly rule: 'keep' }
  | { readonly rule: 'zero' | 'one' | 'unread' };

export interface OptimizerKnowledge {
  /** Null for an optimizer whose updates are not modeled; a choice where an argument says which, '' without it. */
  readonly update: UpdateRule | UpdateChoice | null;
  /**
   * An argument with which its updates are not modeled, unless that is 0: what gradients are added to before they divide steps,
   * or bounds of a step. One that is on is not 0 where a call leaves it out, as a decay of its own.
   */
  readonly unless?: ArgumentPlace & { readonly isOn?: true };
  /** Whether it treats matrices as such, by group where it is null. */
  readonly isMatrix?: boolean | null;
  /** The rate of a call that gives none, as it is written. */
  readonly leftOut?: string;
  readonly lr: ArgumentPlace;
  /** Where the call takes a weight decay of which a step takes the rate times it of a weight, and what it is left out. */
  readonly coupledDecay?: ArgumentPlace & { readonly leftOut: string };
  /** The names of what its constructor takes. */
  readonly takes?: string;
}

interface UpdateChoice {
  readonly by: string;
  readonly rules: Readonly<Record<string, UpdateRule>>;
}

/** What a scheduler makes of the rate of each group over time. */
export interface SchedulerKnowledge {
  /** The function of the step, or the list of them, that gives the factor. */
  readonly lambda?: ArgumentPlace;
  /** Numbers whose powers are the factor. */
  readonly factors?: readonly ArgumentPlace[];
  /** Whether the factor is on the rate as it is now, and not on the one that the group began with. */
  readonly from?: 'now';
  /** Absolute rates, one for all groups or a list, and whether the group's own is in force at times, too. */
  readonly sets?: readonly ArgumentPlace[];
  readonly keeps?: true;
}

// SAFETY (the casts): tables.test.ts checks every entry of the tables against these types.
const LAYERS = byName(torchLayers.layers as Readonly<Record<string, LayerKnowledge>>);
const INITIALIZERS = byName(torchInitializers.functions as Readonly<Record<string, InitializerKnowledge>>);
const INITIALIZER_METHODS = byName(
  torchInitializers.methods as Readonly<Record<string, InitializerKnowledge>>,
);
const FUNCTIONS = byName(torchFunctions.functions as Readonly<Record<string, TensorFunction>>);
const TENSOR_METHODS = byName(torchFunctions.methods as Readonly<Record<string, TensorFunction>>);
const OPTIMIZERS = byName(torchOptimizers.optimizers as Readonly<Record<string, OptimizerKnowledge>>);

const SCHEDULERS = byName(torchSchedulers.schedulers as Readonly<Record<string, SchedulerKnowledge>>);

export function findScheduler(qualified: string): SchedulerKnowledge | undefined {
  return SCHEDULERS.get(qualified);
}

export function findLayer(qualified: string): LayerKnowledge | undefined {
  return LAYERS.get(qualified);
}

export function findInitializer(qualified: string): InitializerKnowledge | undefined {
  return INITIALIZERS.get(qualified);
}

/** An in-place method of a parameter, such as `normal_`. */
export function findInitializerMethod(name: string): InitializerKnowledge | undefined {
  return INITIALIZER_METHODS.get(name);
}

export function findTensorFunction(qualified: string): TensorFunction | undefined {
  return FUNCTIONS.get(qualified);
}

export function findTensorMethod(name: string): TensorFunction | undefined {
  return TENSOR_METHODS.get(name);
}

export const OPTIMIZER_NAMES: readonly string[] = Object.keys(torchOptimizers.optimizers);

export function findOptimizer(qualified: string): OptimizerKnowledge | undefined {
  return OPTIMIZERS.get(qualified);
}

/** A name of others may be called `constructor`; nor does a map keep each name that it is asked for, as an object does. */
function byName<Entry>(table: Readonly<Record<string, Entry>>): ReadonlyMap<string, Entry> {
  return new Map(Object.entries(table));
}
