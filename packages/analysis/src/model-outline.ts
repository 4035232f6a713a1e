import type { Exponent, InitExponent, Regime } from '@widthwise/core';
import type { MissingOfModel, MissingOfWeight } from './missing.ts';
import type { UpdateRule } from './network/optimizer.ts';
import type { Span } from './syntax/span.ts';

/** Which of a weight's dimensions grow with width: as core's `LayerRole`, and `finite` where none does. */
export type WeightRole = 'input' | 'hidden' | 'output' | 'finite';

/** One row of the weight table: how a weight scales with width, in the abc form. Null is unknown. */
export interface WeightRow {
  /** As PyTorch names the parameter, such as `fc2.weight`; `layers.*.weight` stands for all that one line makes. */
  readonly name: string;
  /** Where else the model has the same tensor. */
  readonly aliases: readonly string[];
  /** Whether it is used in two ways, as an embedding and as a readout: what is right for one is not for the other. */
  readonly isTied: boolean;
  /** The settings that may leave it out, as far as they are known; null where it is there for certain. */
  readonly mayBeOff: readonly string[] | null;
  /** Whether rows of it are looked up. */
  readonly isEmbedding: boolean;
  readonly role: WeightRole | null;
  /** Fan-out × fan-in, in the words of the code: `width × 784`; of more or fewer dimensions as the framework has them. */
  readonly shape: string;
  /** Of a tied weight what all of its uses are multiplied by. */
  readonly a: number | null;
  readonly b: InitExponent | null;
  readonly c: number | null;
  /** The multipliers of a tied weight's uses where they differ: null of another weight, and where one is not known. */
  readonly tied: TiedMultipliers | null;
  readonly optimizer: UpdateRule['kind'] | null;
  /** The classes of its optimizers, as code calls them. */
  readonly trainers: readonly string[];
  /** Where the attribute is assigned, the layer constructed, the weight initialized, used by the forward pass, and trained. */
  readonly spans: {
    readonly attribute: Span | null;
    /** Where the attributes of all parts are assigned that it stands in. */
    readonly holders: readonly Span[];
    readonly constructor: Span;
    readonly init: readonly Span[];
    readonly uses: readonly Span[];
    /** The calls that make its optimizers. */
    readonly trained: readonly Span[];
    /** The dicts of the groups that it is trained in. */
    readonly groups: readonly Span[];
  };
  /** What is right for this weight, the others as they are, in the row's own form; null where nothing is known of that. */
  readonly wants: WantedExponents | null;
  /** What its start and its updates do to what is judged behind it: below 0 is too large by that power, 0 is right. */
  readonly effects: {
    readonly init: Exponent;
    readonly rate: Exponent;
    /** How large what it makes is at initialization, its multiplier included: e of Θ(n^−e). */
    readonly made: Exponent;
    /** How large the change of that is, its bias included, once nothing changes any more; null where something grows. */
    readonly moved: Exponent;
  };
  /** Whether nothing trains it, as `requires_grad` is off. */
  readonly isFixed: boolean;
  /** Whether something bounded is made of what it gives, as a soft cap does. */
  readonly isCapped: boolean;
  /** Why something about this row is unknown. */
  readonly missing: readonly MissingOfWeight[];
}

/** What one tensor is multiplied by as the embedding and as the readout, as exponents a of n^−a. */
export interface TiedMultipliers {
  readonly embedding: number;
  readonly readout: number;
}

/** The exponents that are right for one weight; null where that is not known. A readout may start smaller than `b`, down to zero. */
export interface WantedExponents {
  readonly a: number | null;
  readonly b: InitExponent | null;
  readonly c: number | null;
}

/** What a whole model does as its width grows. */
export interface Verdict {
  readonly regime: Regime;
  /** Whether the first updates leave nothing of the initialization in front of some norm. */
  readonly overwritten: boolean;
  /** Whether something is not known of the model that cannot change this. */
  readonly whateverTheRest: boolean;
}

/** What Adam at one rate for all weights would make of a model of which no optimizer is found. */
export interface UnderAdam {
  readonly verdict: Verdict;
  /** What it would have wrong beside what the model has wrong already, one sentence each. */
  readonly problems: readonly string[];
}

/** A role that a matrix of an MLP has. */
export type TwinRole = Exclude<WeightRole, 'finite'>;

/** Exponents of a matrix, all known. */
export interface TwinExponents {
  readonly a: number;
  readonly b: InitExponent;
  readonly c: number;
}

/** The bias-free MLP that scales as a model does, and what it lacks of the model. */
export interface MlpTwin {
  readonly optimizer: 'sgd' | 'adam';
  /** Of all matrices of a role; null for hidden ones where the model has none. */
  readonly exponents: Readonly<Record<'input' | 'output', TwinExponents>> & {
    readonly hidden: TwinExponents | null;
  };
  /** As the table of activations has it; null where features pass none or several. */
  readonly activation: string | null;
  /** Each once. */
  readonly activations: readonly string[];
  /** L, how many hidden layers; null where the model is no chain, or its length is not known. */
  readonly depth: number | null;
  readonly beside: readonly (
    | 'bias'
    | 'decay'
    | 'norm'
    | 'softmax'
    | 'residual'
    | 'product'
    | 'embedding'
    | 'convolution'
    | 'linear'
    | 'choice'
    | 'unread'
  )[];
  /** Whether the model is a chain of matrices with an activation between any two, or none at all: the twin but for its biases. */
  readonly isChain: boolean;
}

/** Why there is no twin. */
export type TwinMissing =
  | { readonly kind: 'no-width' | 'optimizer' | 'no-ends' }
  | { readonly kind: 'unread' | 'tied' | 'frozen'; readonly name: string }
  | { readonly kind: 'differ'; readonly role: TwinRole };

export type TwinReading = { readonly twin: MlpTwin } | { readonly missing: TwinMissing };

/** A product of features with features whose size grows with the width. */
export interface GrowingProduct {
  /** Null where it is not in the file. */
  readonly span: Span | null;
  /** Where that is in words, as for somebody who sees the file alone. */
  readonly where?: string;
}

/** What was understood of one model of the file. */
export interface ModelOutline {
  readonly name: string;
  /** The class's name in its definition; of a chain of layers what it is given to, or the call that makes it. */
  readonly span: Span;
  /** Of a chain of layers that no class defines the call that makes it. */
  readonly chain?: Span;
  readonly weights: readonly WeightRow[];
  /** How many weights the table has read, out of all that were seen: role, multiplier and init are known. */
  readonly read: number;
  readonly total: number;
  /** The names in the code that were taken for widths. */
  readonly widths: readonly string[];
  /** The names that sizes of layers have, the likeliest width first; empty where a width is known. */
  readonly candidates: readonly string[];
  /** Names that are declared widths and that no size of a layer has. */
  readonly unfound: readonly string[];
  /** Where no width is known and one name alone may be it, that and what grows with it: the table holds if it is the width. */
  readonly supposed: readonly string[];
  /** What the calculus says of the whole model, or null where too little of it is understood. */
  readonly verdict: Verdict | null;
  /** Products of features with features that grow with the width, as attention logits, where it is unstable. */
  readonly growing: readonly GrowingProduct[];
  /** What is not known of the model. */
  readonly missing: readonly MissingOfModel[];
  /** Whether code in sight goes on with loaded weights, or with the state that an optimizer was left in. */
  readonly goesOn: boolean;
  /** What was taken for granted, each one sentence. */
  readonly assumptions: readonly string[];
  /** The MLP that experiments train in its place, or why there is none. */
  readonly twin: TwinReading;
  /** How the lens begins: `SP, Adam at one rate`, or null without a verdict. */
  readonly headline: string | null;
  /** Null where there is a verdict or an optimizer, and where it would have none with that either. */
  readonly underAdam: UnderAdam | null;
}
