/**
 * An exponent that is given: e stands for Θ(n^−e) in the width n. `unknown` where it cannot be read.
 */
export type GivenExponent = number | 'unknown';

/** Activations that the calculus knows: what is not among them is an `unknown` operation. */
export type GraphActivation =
  | 'identity'
  | 'relu'
  | 'leaky_relu'
  | 'relu2'
  | 'square'
  | 'cube'
  | 'gelu'
  | 'silu'
  | 'tanh'
  | 'erf'
  | 'softcap'
  | 'sigmoid'
  | 'softplus';

/**
 * Whose updates a weight gets.
 *
 * `sgd` with or without momentum; `adam` also for RMSprop, Lion, sign descent and Adafactor without relative steps;
 * `muon` for any orthogonalized update; `relative` for LAMB, LARS and Adafactor with relative steps.
 */
export type GraphOptimizer = 'sgd' | 'adam' | 'muon' | 'relative';

/** By what Muon multiplies its update: √max(1, out/in), √(out/in), 0.2·√max(out, in). */
export type MuonShape = 'jordan' | 'spectral' | 'moonlight';

interface Node {
  readonly id: string;
}

/** Data, one-hot tokens, masks: of size Θ(1), and never changed. */
export interface InputNode extends Node {
  readonly op: 'input';
  readonly axes: readonly string[];
}

export interface WeightNode extends Node {
  readonly op: 'weight';
  readonly axes: readonly string[];
  /**
   * b: i.i.d. centred entries of standard deviation n^−b; `zero` and `one` are constants.
   *
   * `unknown` stands for any of these, and for any other start.
   */
  readonly init: GivenExponent | 'zero' | 'one';
  /** c: the learning rate is η·n^−c. Null is frozen; `unknown` stands for any rate, but not for that. */
  readonly rate: GivenExponent | null;
  /** Absent: not known beside an unknown rate, else `adam`. */
  readonly optimizer?: GraphOptimizer;
  /** ε ~ n^−eps of Adam; absent: negligible. */
  readonly eps?: number;
  /** Of Muon; absent: none. */
  readonly shape?: MuonShape;
}

/** einsum(x, y): what of the operands' axes is not in `axes` is summed over. */
export interface ContractNode extends Node {
  readonly op: 'contract';
  readonly of: readonly [left: string, right: string];
  readonly axes: readonly string[];
  /** Whether nothing is summed over, not even along axes that do not grow. */
  readonly entrywise?: true;
}

/** A sum, whose operands may lack axes of the result: those they are broadcast along. */
export interface AddNode extends Node {
  readonly op: 'add';
  readonly of: readonly string[];
  /** Of the result; absent: those of the first operand. */
  readonly axes?: readonly string[];
}

/** A factor n^−exponent. */
export interface ScaleNode extends Node {
  readonly op: 'scale';
  readonly of: readonly [string];
  readonly exponent: GivenExponent;
}

export interface ActNode extends Node {
  readonly op: 'act';
  readonly of: readonly [string];
  readonly kind: GraphActivation;
}

/** LayerNorm, RMSNorm, BatchNorm, GroupNorm, weight normalization, each without its gain. */
export interface NormNode extends Node {
  readonly op: 'norm';
  readonly of: readonly [string];
}

/** Over an axis that does not grow. */
export interface SoftmaxNode extends Node {
  readonly op: 'softmax';
  readonly of: readonly [string];
}

/** The same numbers under other axes, which together grow as fast: a reshape, a split, dropout, rotary embedding. */
export interface ViewNode extends Node {
  readonly op: 'view';
  readonly of: readonly [string];
  /** Absent: those of the operand. */
  readonly axes?: readonly string[];
}

/**
 * An operation that is not understood. `of` has every tensor and weight that it may use.
 *
 * It is taken to see sizes, to be neither exactly 0 nor to keep gradients off what it uses.
 */
export interface UnknownNode extends Node {
  readonly op: 'unknown';
  readonly of: readonly string[];
  /**
   * It may also be a factor, a norm or a view: then what only it reads need not be of the right size in front of it, and
   * a weight that reads it is not judged as if it were Θ(1).
   */
  readonly mayRescale?: boolean;
  /** Absent: those of the first operand. */
  readonly axes?: readonly string[];
}

export type GraphNode =
  | InputNode
  | WeightNode
  | ContractNode
  | AddNode
  | ScaleNode
  | ActNode
  | NormNode
  | SoftmaxNode
  | ViewNode
  | UnknownNode;

/**
 * A forward pass of a network, of operations that attention, convolution, gates and lookups are built from.
 *
 * @see docs/math.md#exponent-calculus
 */
export interface Graph {
  /** The speed s ≥ 0 of each axis: its length is Θ(n^s). 0 does not grow. */
  readonly axes: ReadonlyMap<string, number>;
  /** In topological order: operands before what is made of them. */
  readonly nodes: readonly GraphNode[];
  /** What the loss sees: one tensor, or several, each of whose gradients is Θ(1). */
  readonly outputs: readonly string[];
}
