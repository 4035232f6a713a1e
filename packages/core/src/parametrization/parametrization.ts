import type { InitExponent } from '../calculus/exponent.ts';

/** Which of a weight's dimensions grow with width: none but fan-out, both, or none but fan-in. */
export type LayerRole = 'input' | 'hidden' | 'output';

export const LAYER_ROLES: readonly LayerRole[] = ['input', 'hidden', 'output'];

export type OptimizerName = 'sgd' | 'adam';

/** The optimizer whose exponents hold for an update rule: momentum adds up what gradient descent does. */
export function exponentsOf({ kind }: { readonly kind: 'sgd' | 'momentum' | 'adam' }): OptimizerName {
  return kind === 'adam' ? 'adam' : 'sgd';
}

/**
 * How one weight scales with width n, in the abc form of Yang & Hu.
 *
 *     W = n^−a · w        w ~ N(0, n^−2b)        learning rate on w = η · n^−c
 *
 * @see Yang & Hu 2021, "Feature Learning in Infinite-Width Neural Networks", abc-parametrization
 */
export interface AbcExponents {
  readonly a: number;
  readonly b: InitExponent;
  readonly c: number;
}

/** Exponents of a weight that does not start at 0. */
export interface NumericExponents extends AbcExponents {
  readonly b: number;
}

/** The exponents of every layer role, and the optimizer they are meant for. The name is a label: nothing judges by it. */
export interface Parametrization extends Readonly<Record<LayerRole, AbcExponents>> {
  readonly name: string;
  readonly optimizer: OptimizerName;
}

/** The role of layer l of L+1 (1-based): W¹ reads the input, W^{L+1} gives the output, the rest is hidden. */
export function roleOfLayer(layer: number, depth: number): LayerRole {
  if (layer === 1) return 'input';
  return layer === depth + 1 ? 'output' : 'hidden';
}
