import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Values } from './init.ts';

/**
 * What a layer is to the analysis.
 *
 * An `unread-linear` has known dimensions and a forward pass of its own; an `unread` layer is one of a framework whose
 * inside is not read, and `other` is a class that may be a layer. A `parameter` is one that stands by itself.
 */
export type LayerFamily =
  | 'linear'
  | 'embedding'
  | 'unread-linear'
  | 'norm'
  | 'convolution'
  | 'transposed-convolution'
  | 'bilinear'
  | 'recurrent'
  | 'attention'
  | 'activation'
  | 'transparent'
  | 'output-function'
  | 'weightless'
  | 'sequential'
  | 'list'
  | 'dict'
  | 'parameter'
  | 'unread'
  | 'other';

/** What a layer holds other layers by: the items of a list, the entries of a dict. */
export function holdsBy({ family }: Layer): 'places' | 'keys' | 'nothing' {
  if (family === 'dict') return 'keys';
  return family === 'sequential' || family === 'list' ? 'places' : 'nothing';
}

/** A parameter that a layer is built with. */
export interface LayerParameter {
  /** As the layer calls it: `weight`, `in_proj_weight`. A parameter that stands by itself has none: ''. */
  readonly name: string;
  /** In the framework's order; null where not even how many there are is known. */
  readonly dims: readonly Quantity[] | null;
  /** The dimensions that the layer sums over where it uses the parameter, by their places; null where that is free. */
  readonly fanIn: readonly number[] | null;
  /** Null where the code chooses whether the layer has it, and the choice is not known. */
  readonly present: true | null;
  /** What that choice is of, as the code calls it. */
  readonly hangsOn?: readonly string[];
  /** What the framework initializes it with. */
  readonly initial: Values;
}

/** A layer of a framework, as it was constructed. Containers keep their items in the store. */
export interface Layer {
  readonly id: number;
  /** The name of its class, with its module; '' of a part of which not even that is known. */
  readonly qualified: string;
  readonly family: LayerFamily;
  /** In the framework's order, without those of the layers in it; null where its inside is not read. */
  readonly parameters: readonly LayerParameter[] | null;
  /** Its sizes by the names under which the code can read them: `in_features`. */
  readonly sizes: ReadonlyMap<string, Quantity>;
  /** What the code chooses for it among activations; '' where that is not known. */
  readonly activation?: string;
  /** The constructor call. */
  readonly span: Span;
}

/** Whether `requires_grad` of a parameter is off: for certain, or on some way. */
export type Frozen = false | 'perhaps' | 'surely';

/** A parameter of a layer. */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly layer: Layer;
  /** Its name in the layer. */
  readonly which: string;
  /** Whether it is only a part or another view of the parameter. */
  readonly part?: true;
  /** Whether it is another tensor with its values, as `weight.data` is: what code gives that under a name it has not. */
  readonly detached?: true;
  /** Whether it is an entry of a model's state, which code that loads weights writes to. */
  readonly inState?: true;
}

export function weightOf(layer: Layer): ParameterValue {
  return { kind: 'parameter', layer, which: 'weight' };
}

/** By what a parameter is found among those of a model: its layer, and its name there. */
export function parameterKey({ layer, which }: ParameterPlace): string {
  return `${layer.id} ${which}`;
}

interface ParameterPlace {
  readonly layer: { readonly id: number };
  readonly which: string;
}

/** Whether a layer has a weight; null where its inside is not read, or the code chooses. */
export function hasWeight(layer: Layer): boolean | null {
  if (layer.parameters === null) return null;
  const weight = layer.parameters.find(({ name }) => name === 'weight');
  return weight === undefined ? false : weight.present;
}

/** The parameters of a layer that are known to be there, or may be. */
export function parametersOf(layer: Layer): readonly ParameterValue[] {
  return (layer.parameters ?? []).map(({ name }) => ({ kind: 'parameter', layer, which: name }));
}

/** What a layer says of one of its parameters; undefined where it does not know it. */
export function parameterOf({ layer, which }: ParameterValue): LayerParameter | undefined {
  return layer.parameters?.find(({ name }) => name === which);
}

/** The lengths of a parameter's dimensions; null where it is a part, or they are not known. */
export function dimsOf(parameter: ParameterValue): readonly Quantity[] | null {
  return parameter.part === true ? null : (parameterOf(parameter)?.dims ?? null);
}
