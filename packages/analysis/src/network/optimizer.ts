import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { ParameterValue } from './layer.ts';

/** What an orthogonalized update is multiplied by: nothing, √max(1, out/in), √(out/in), 0.2·√max(out, in). */
export type MuonShape = 'none' | 'jordan' | 'spectral' | 'moonlight';

/**
 * How an optimizer makes an update of a gradient: the kinds of the exponent calculus.
 *
 * @see docs/math.md#exponent-calculus
 */
export type UpdateRule =
  | { readonly kind: 'sgd' | 'adam' | 'relative' }
  | { readonly kind: 'muon'; readonly shape: MuonShape };

/** A weight decay of which each step takes the rate times it of a weight: λ·η. */
export interface CoupledDecay {
  /** Its place among the arguments of the call. */
  readonly index: number;
  /** What it is where the call gives none, as code would write it; null where the call gives one, or may. */
  readonly leftOut: string | null;
}

/** An optimizer that the code builds. Its parameter groups are in the store, as code changes them. */
export interface OptimizerBuild {
  /** Under what the store keeps its groups. */
  readonly id: number;
  /** Null for one whose updates are not modeled, or of which each group says how it is updated. */
  readonly update: UpdateRule | null;
  /** Whether it orthogonalizes or preconditions whole matrices; null where that depends on the group. */
  readonly isMatrix: boolean | null;
  /** The rate that it has where the call gives none, as code would write it; null where it gives one or that is not known. */
  readonly leftOutRate?: string | null;
  /** Null where decay does not go by the rate so, or that is not known. */
  readonly coupledDecay?: CoupledDecay | null;
  readonly qualified: string;
  readonly span: Span;
}

/** A line that may change rates or gradients in a way that is not read. */
export interface UnreadEffect {
  /** What is not read, as the code names it. */
  readonly what: string;
  readonly span: Span;
}

/** The groups of an optimizer as one step finds them. */
export interface OptimizerStep {
  readonly groups: readonly OptimizerGroup[];
  /** The groups as they were when they were made. */
  readonly started: readonly OptimizerGroup[];
  /** What may have changed them unread; null where all is read. */
  readonly unread: UnreadEffect | null;
  /** Where code last gave a group another rate; null where it gives none. */
  readonly written: Span | null;
}

export interface OptimizerGroup {
  /** How its updates are made; null where that is not modeled. */
  readonly update: UpdateRule | null;
  readonly members: readonly GroupMember[];
  /** Whether it may have parameters that are not followed. */
  readonly open: boolean;
  /** The dict that is given for it, as code; null where parameters are given, or none is seen. */
  readonly span: Span | null;
  readonly lr: Quantity;
  readonly weightDecay: Quantity;
  /** Numbers under names that no optimizer reads, such as a factor that code multiplies the rate by. */
  readonly scales: ReadonlyMap<string, Quantity>;
}

export interface GroupMember {
  readonly parameter: ParameterValue;
  /** Whether a condition that is not known decides if the group has it. */
  readonly perhaps: boolean;
  readonly gradient: Gradient;
}

/** What becomes of a parameter's gradient before a step. */
export interface Gradient {
  /** What the loss is multiplied by. */
  readonly factor: Quantity;
  /** What cuts it to a size that it has together with others; null where nothing does. */
  readonly clipped: UnreadEffect | null;
  /** What multiplies it by something that is not read. */
  readonly scaled: UnreadEffect | null;
  /** What makes of it something that is not read; null where nothing does. */
  readonly unread: UnreadEffect | null;
  /** What gives the weight other values behind a step, so that of how far it moves nothing is known. */
  readonly rewritten: UnreadEffect | null;
}
