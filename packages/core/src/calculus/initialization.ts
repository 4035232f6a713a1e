import type { GraphStructure } from './graph-structure.ts';
import type { Initial } from './initial.ts';
import { initialGradients } from './initial-gradients.ts';
import { initialTensors } from './initial-tensors.ts';
import { WeightUnions } from './weight-set.ts';

/** A network before its first update. */
export interface Initialization {
  readonly tensors: readonly Initial[];
  /** Of the loss with respect to each node; exactly 0 where no gradient comes. */
  readonly gradients: readonly Initial[];
}

/** More branches than the sources of any network need, of some hundred bytes each. */
const MOST_BRANCHES = 2_000_000;

export interface InitializationOptions {
  /** That of a network of which the same is random and the same exactly 0: its signs are those of this one. */
  readonly alike?: Initialization | null;
  /** Whether how large gradients are is asked for, and not only where there is any: their signs are told for that alone. */
  readonly hasGradientSizes?: boolean;
}

/** Size and signs of every tensor and every gradient of a graph before its first update. */
export function initializationOf(
  structure: GraphStructure,
  { alike = null, hasGradientSizes = true }: InitializationOptions = {},
): Initialization {
  const unions = new WeightUnions(MOST_BRANCHES);
  const tensors = initialTensors(structure, unions, alike?.tensors);
  const known = alike?.gradients ?? (hasGradientSizes ? null : 'not asked');
  return { tensors, gradients: initialGradients(structure, { tensors, unions }, known) };
}
