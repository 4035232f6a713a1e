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

/**
 * Size and signs of every tensor and every gradient of a graph before its first update.
 *
 * @param alike that of a network of which the same is random and the same exactly 0: its signs are those of this one
 */
export function initializationOf(
  structure: GraphStructure,
  alike: Initialization | null = null,
): Initialization {
  const unions = new WeightUnions(MOST_BRANCHES);
  const tensors = initialTensors(structure, unions, alike?.tensors);
  return { tensors, gradients: initialGradients(structure, { tensors, unions }, alike?.gradients) };
}
