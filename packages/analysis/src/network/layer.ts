import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';

/** What layers of one kind have, whatever framework they come from. */
interface Family {
  /** How many dimensions its weight has, if it has one; unknown where its inside is not read. */
  readonly weight: 'matrix' | 'vector' | 'none' | 'unknown';
  /** Whether it has a bias beside its weight: `optional` is a choice of the code, which the layer keeps. */
  readonly bias: 'always' | 'optional' | 'never' | 'unknown';
  /** What the columns of its weight stand for: features of the layer before, or entries of a vocabulary. */
  readonly columns: 'features' | 'entries';
  /** Whether its weight is a row of the weight table with exponents. */
  readonly read: boolean;
  /** What it holds other layers by. */
  readonly holds: 'places' | 'keys' | 'nothing';
}

const NOTHING: Family = {
  weight: 'none',
  bias: 'never',
  columns: 'features',
  read: false,
  holds: 'nothing',
};
const LINEAR: Family = { ...NOTHING, weight: 'matrix', bias: 'optional', read: true };
const CLOSED: Family = { ...NOTHING, weight: 'unknown', bias: 'unknown' };

/**
 * What a layer is to the analysis.
 *
 * An `unread-linear` has known dimensions and a forward pass of its own; an `unread` layer is one of a framework whose
 * inside is not read, and `other` is a class that may be a layer.
 */
export type LayerFamily =
  | 'linear'
  | 'embedding'
  | 'unread-linear'
  | 'norm'
  | 'activation'
  | 'transparent'
  | 'output-function'
  | 'weightless'
  | 'sequential'
  | 'list'
  | 'dict'
  | 'unread'
  | 'other';

const FAMILIES: Readonly<Record<LayerFamily, Family>> = {
  linear: LINEAR,
  embedding: { ...LINEAR, bias: 'never', columns: 'entries' },
  'unread-linear': { ...LINEAR, bias: 'unknown', read: false },
  norm: { ...NOTHING, weight: 'vector', bias: 'always' },
  activation: NOTHING,
  transparent: NOTHING,
  'output-function': NOTHING,
  weightless: NOTHING,
  sequential: { ...NOTHING, holds: 'places' },
  list: { ...NOTHING, holds: 'places' },
  dict: { ...NOTHING, holds: 'keys' },
  unread: CLOSED,
  other: CLOSED,
};

export function familyOf({ family }: Layer): Family {
  return FAMILIES[family];
}

/** A layer of a framework, as it was constructed. Containers keep their items in the store. */
export interface Layer {
  readonly id: number;
  readonly qualified: string;
  readonly family: LayerFamily;
  readonly fanIn: Quantity;
  readonly fanOut: Quantity;
  /** Null where it depends on something unknown. */
  readonly hasBias: boolean | null;
  /** What its framework initializes the weight with; null where that is not read. */
  readonly defaultStd: Quantity | null;
  /** Its sizes by the names under which the code can read them: `in_features`. */
  readonly sizes: ReadonlyMap<string, Quantity>;
  /** Of an activation: whether φ(0) = 0. */
  readonly zeroAtZero: boolean;
  /** Of an activation: whether φ(s·z) = s·φ(z) for s > 0. */
  readonly homogeneous: boolean;
  /** The constructor call. */
  readonly span: Span;
}

/** A parameter of a layer. */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly layer: Layer;
  readonly which: 'weight' | 'bias';
  /** Whether it is only a part or another view of the parameter. */
  readonly part?: true;
}

export function weightOf(layer: Layer): ParameterValue {
  return { kind: 'parameter', layer, which: 'weight' };
}

/** Whether a layer has a weight; null where its inside is not read. */
export function hasWeight(layer: Layer): boolean | null {
  const { weight } = familyOf(layer);
  return weight === 'unknown' ? null : weight !== 'none';
}

/** Whether a layer's weight is a matrix from fan-in to fan-out. */
export function hasMatrix(layer: Layer): boolean {
  return familyOf(layer).weight === 'matrix';
}

/** The parameters of a layer that are known to be there, or may be. */
export function parametersOf(layer: Layer): readonly ParameterValue[] {
  if (hasWeight(layer) !== true) return [];
  const { bias } = familyOf(layer);
  const biased = bias === 'always' || (bias === 'optional' && layer.hasBias !== false);
  return biased ? [weightOf(layer), { kind: 'parameter', layer, which: 'bias' }] : [weightOf(layer)];
}

/** 2 for a matrix, 1 for a bias or gain. */
export function dimensionsOf({ layer, which }: ParameterValue): number {
  return which === 'weight' && familyOf(layer).weight !== 'vector' ? 2 : 1;
}
