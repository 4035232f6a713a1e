import type { InitExponent } from '@widthwise/core';
import type { Span } from './syntax/span.ts';

/** Why something about a model is not known. `words/missing-text` says it in a sentence. */
export type Missing = MissingOfWeight | MissingOfModel;

/** What one row of the weight table lacks. */
export type MissingOfWeight =
  | {
      readonly kind:
        | 'unread-part'
        | 'role'
        | 'use-in-forward'
        | 'multiplier'
        | 'rate'
        | 'no-optimizer'
        | 'no-group'
        | 'unread-groups'
        | 'perhaps-no-group'
        | 'several-optimizers'
        | 'perhaps-frozen'
        | 'frozen'
        | 'rows-differ'
        | 'no-gradient';
    }
  | UnreadChange
  | { readonly kind: 'init'; readonly by: readonly string[]; readonly choice?: InitChoice }
  | { readonly kind: 'unread-optimizer' | 'unread-layer'; readonly qualified: string };

/** What chooses how a parameter is initialized, and the exponent b on each way; null is not known. */
export interface InitChoice {
  /** The condition, as the code has it. */
  readonly condition: string;
  readonly holds: InitExponent | null;
  readonly fails: InitExponent | null;
}

/** A line that changes learning rates or gradients, or may do so. */
export interface UnreadChange {
  readonly kind: 'unread-rate' | 'unread-gradient' | 'clipped';
  /** What is not read, as the code names it. */
  readonly what: string;
  /** Of an outline, null where it stands in another file. */
  readonly span: Span | null;
  /** The place in words: `line 3`. */
  readonly where?: string;
}

/** What keeps a whole model from a verdict. */
export type MissingOfModel =
  | { readonly kind: 'weights'; readonly names: readonly string[]; readonly why: MissingOfWeight }
  | { readonly kind: 'no-width' | 'added-decay' | 'growing-decay' | MissingInForward }
  /** Its file does not parse in this line; null where that is another file, in which a part of it stands. */
  | { readonly kind: 'syntax'; readonly line: number | null }
  | MissingStep;

/** What of a forward pass is not known as a whole. */
type MissingInForward = 'no-output' | 'depth' | 'heads' | 'wide-output';

/** A step of a forward pass of which the size is not known. */
export interface MissingStep {
  readonly kind: 'growing-softmax' | 'open-dimensions' | 'many-conditions' | 'unread-step';
  /** The operation that is not followed, as it is called. */
  readonly what?: string;
  /** Everywhere that the same is missing, in the order of the pass; of an outline, what stands in its file. */
  readonly spans: readonly Span[];
  /** The places in words: `line 3`. */
  readonly where?: string;
}
