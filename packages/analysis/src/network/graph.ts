import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Guard } from './guard.ts';
import type { Values } from './init.ts';
import type { Layer } from './layer.ts';

/** How long each dimension of a tensor is, in the framework's order. */
export interface Shape {
  readonly dims: readonly Quantity[];
  /** Whether others may stand before these. They are the data's, as a batch is: no model makes them longer. */
  readonly open: boolean;
}

/** What every tensor has. */
interface Made {
  /** Null where not even the last dimension is known. */
  readonly shape: Shape | null;
  /** The code that makes it; null for what the model is given. */
  readonly span: Span | null;
  /** The dimensions of it that have zeros in them beside other entries. */
  readonly joined?: readonly Joined[];
}

/** A dimension that is joined of stretches, of which some are zeros. */
export interface Joined {
  /** How long each stretch is that is not zeros. */
  readonly filled: readonly Quantity[];
  readonly whole: Quantity;
}

/**
 * A tensor of a forward pass, by the operation that made it: a graph, as tensors share what they were made of.
 *
 * The operations are those of the exponent calculus; whatever a framework offers is made of them.
 *
 * @see docs/math.md#exponent-calculus
 */
export type Tensor =
  | InputTensor
  | WeightTensor
  | Contraction
  | Sum
  | Multiple
  | Activated
  | Normalized
  | Softmaxed
  | View
  | Loss
  | Choice
  | Repetition
  | UnreadTensor;

/** Data, tokens, masks, positions, ones: of size Θ(1), and never changed by training. */
export interface InputTensor extends Made {
  readonly op: 'input';
  /** What the code that makes it fills it with, where that is known. */
  readonly fill: Values | null;
  /** Whether code that is not read has made it of data, which may have trained parts for that. */
  readonly isMadeElsewhere?: true;
}

/** A parameter where the forward pass uses it. */
export interface WeightTensor extends Made {
  readonly op: 'weight';
  readonly layer: Layer;
  /** The parameter's name in its layer. */
  readonly which: string;
  /** Which of the layers that one line makes: those of the first and of the second pass of a loop are two. */
  readonly copy: string;
}

/**
 * z = einsum(x, y): a linear layer, a convolution over (channel, kernel), a lookup (one-hot × table), q·k, a gate.
 *
 * A name of an axis per dimension of each shape; axes of one name are one, and those that `out` lacks are summed over.
 * Dimensions that an open shape does not list are kept.
 */
export interface Contraction extends Made {
  readonly op: 'contract';
  readonly of: readonly [left: Tensor, right: Tensor];
  readonly axes: { readonly left: string; readonly right: string; readonly out: string };
}

/** x + y, where one may be broadcast: a residual, a bias, a position embedding. */
export interface Sum extends Made {
  readonly op: 'add';
  readonly of: readonly Tensor[];
}

/** A tensor times a number. */
export interface Multiple extends Made {
  readonly op: 'scale';
  readonly of: Tensor;
  readonly factor: Quantity;
  /** Whether it is what is left of the tensor without its mean over other dimensions than the last; its factor is 1. */
  readonly centres?: true;
  /** Whether it is what is left of the tensor where code takes a share of its entries away, as those above a diagonal; its factor is 1. */
  readonly thinned?: true;
}

/** φ(x), element by element; a soft cap is one that saturates. */
export interface Activated extends Made {
  readonly op: 'act';
  readonly of: Tensor;
  /** As the table of activations has it: `relu`, `gelu`, `tanh`. */
  readonly activation: string;
}

/** LayerNorm, RMSNorm, BatchNorm, GroupNorm, without gain and bias: size Θ(1) whatever it is given. */
export interface Normalized extends Made {
  readonly op: 'norm';
  readonly of: Tensor;
  /** Whether each channel loses its mean over the data, so that nothing is left of what is added to a channel before. */
  readonly centresChannels?: true;
}

export interface Softmaxed extends Made {
  readonly op: 'softmax';
  readonly of: Tensor;
  /** How long the dimension is over which it sums to 1. */
  readonly over: Quantity;
}

/** The same numbers in another order or shape, or some of them: a transpose, a split, dropout, pooling over positions. */
export interface View extends Made {
  readonly op: 'view';
  readonly of: Tensor;
  /** Of each dimension of its shape, the places of those of `of`'s shape that it is made of; null where that is not known. */
  readonly from: readonly (readonly number[])[] | null;
  /** What it takes, where it does not take all: query, key and value are three parts of one dimension. */
  readonly part: Part | null;
}

/** A stretch of one dimension. Stretches of different names of one dimension have no entry in common. */
export interface Part {
  /** The place of the dimension in the shape that it is taken of; below 0 where that does not list it. */
  readonly dim: number;
  readonly name: string;
  /** Whether it is a single entry of which the code says the place, as the row of a padding token. */
  readonly isEntry?: true;
}

/** What a loss, or another function behind the network's last layer, makes of its output. */
export interface Loss extends Made {
  readonly op: 'loss';
  readonly of: readonly Tensor[];
}

/** One of these, as a condition decides that is not known; choices of one guard are decided alike, place by place. */
export interface Choice extends Made {
  readonly op: 'choice';
  readonly of: readonly Tensor[];
  /** What decides, the same object for the same condition; null where nothing else depends on it. */
  readonly guard: Guard | null;
}

/** What a block that is repeated an unknown number of times leaves: known where its second pass does as its first did. */
export interface Repetition extends Made {
  readonly op: 'repeat';
  readonly of: readonly [first: Tensor, second: Tensor];
}

/** What something that is not understood makes of tensors. */
export interface UnreadTensor extends Made {
  readonly op: 'unread';
  readonly of: readonly Tensor[];
  readonly what: string;
  /** Whether it divides by what is not known, or multiplies: what it makes is not taken to be of size Θ(1). */
  readonly mayRescale: boolean;
  /** Whether it is what it is made of, or some of it, times what is not known: no factor there has an exponent. */
  readonly isMultiple?: true;
  /** Whether it is what it is made of and what is not known, added: no factor of that, but maybe larger. */
  readonly isSum?: true;
}
