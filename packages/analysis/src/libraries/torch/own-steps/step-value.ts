import type { FunctionStatement, LambdaExpression } from '../../../syntax/ast.ts';
import type { Magnitude } from './magnitude.ts';

/** What an expression of an optimizer's step stands for, at the first step. */
export type StepValue =
  | NumberValue
  | Tensor
  | ListValue
  | DictValue
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'optimizer' }
  | {
      readonly kind: 'function';
      readonly definition: FunctionStatement | LambdaExpression;
      readonly isMethod: boolean;
    }
  | { readonly kind: 'reference'; readonly qualified: string }
  | { readonly kind: 'unknown' };

/** A number, or a tensor of one. */
export interface NumberValue {
  readonly kind: 'number';
  /** Null where it is not known. */
  readonly magnitude: Magnitude | null;
  /** Null where it is not spelled out. */
  readonly exact: number | null;
  /** Whether it is 1 less something times the rate, as what a weight that decays is multiplied by. */
  readonly isLeft?: true;
  /** Whether it is between 0 and 1. */
  readonly isShare?: true;
  /** Whether it is how many of several there are, one at least, or the place of one of them. */
  readonly of?: 'count' | 'place';
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: StepValue[];
  /** Whether its items stand for several, as one parameter does for all of its group. */
  isSome?: true;
  /** Whether it is the shape of something that may have more dimensions, or fewer. */
  readonly isShape?: true;
}

export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<unknown, StepValue>;
  /** Whether what it does not list is unknown, and not absent. */
  readonly open: boolean;
  /** Whether it lasts from step to step, so that numbers in it change. */
  lasts?: true;
}

/** A tensor: in-place operations give it another state, for all that hold it. */
export interface Tensor {
  readonly kind: 'tensor';
  state: TensorState;
}

export type TensorState =
  | { readonly form: 'unknown' }
  | { readonly form: 'zero'; readonly dims: readonly Magnitude[] }
  | NumberState
  | WeightState
  | MadeState;

/** A tensor of one number. */
export interface NumberState {
  readonly form: 'number';
  readonly number: NumberValue;
}

/** A parameter, or several of one shape, with what has been added to it; null where that is not known. */
export interface WeightState {
  readonly form: 'weight';
  readonly dims: readonly Magnitude[];
  readonly added: readonly MadeState[] | null;
}

/**
 * How a tensor is made of the gradient: linear in its entries; their squares, entry by entry; the root of such; a linear one
 * over such a root, or signs; a linear one times something else; orthogonalized; what goes with the weight; anything.
 */
export type Form =
  | 'linear'
  | 'even'
  | 'root'
  | 'inverse'
  | 'ratio'
  | 'scaled'
  | 'turning'
  | 'product'
  | 'decay'
  | 'other';

export interface MadeState {
  readonly form: Form;
  /** Of its entries' root mean square. */
  readonly magnitude: Magnitude;
  readonly dims: readonly Magnitude[];
  /** Of a matrix that is being orthogonalized, or of a product of it with itself: what some singular values have become. */
  readonly spectrum?: readonly number[];
}

export const UNKNOWN: StepValue = { kind: 'unknown' };

export const NONE: StepValue = { kind: 'none' };

export function truth(value: boolean): StepValue {
  return { kind: 'truth', value };
}

export function tensor(state: TensorState): Tensor {
  return { kind: 'tensor', state };
}

/** A number of the code: as its value where it is spelled out, else as how large it is. */
export function numberOf(exact: number | null, magnitude: Magnitude | null): NumberValue {
  return { kind: 'number', exact, magnitude };
}

/** A number, also as a tensor of one; undefined of anything else. */
export function asNumber(value: StepValue | undefined): NumberValue | undefined {
  if (value?.kind === 'truth') return numberOf(Number(value.value), null);
  if (value?.kind === 'tensor') return value.state.form === 'number' ? value.state.number : undefined;
  return value?.kind === 'number' ? value : undefined;
}

/** A text, a number or a thing as the key of a dict. */
export function keyOf(value: StepValue): unknown {
  if (value.kind === 'text') return value.text;
  return value.kind === 'number' ? value.exact : value;
}
