import { type WeightEffects, weightEffects } from './effects.ts';
import type { GraphNode, WeightNode } from './graph.ts';
import { growsAt } from './graph-regime.ts';
import type { GraphStructure } from './graph-structure.ts';
import { initializationOf } from './initialization.ts';
import { type Judged, judgedTensors } from './judged.ts';
import type { Movement } from './movement.ts';
import { trained } from './training.ts';

/** A graph and what happens to it as it widens: all that is then told of it. */
export interface NetworkGrowth {
  readonly structure: GraphStructure;
  readonly judged: Judged;
  readonly movement: Movement;
  readonly effects: ReadonlyMap<number, WeightEffects>;
}

export interface GrowthOptions {
  /** Updates to foretell; without it, as many as change anything. */
  readonly steps?: number;
  /** Called after each update, the first being 1. */
  readonly onStep?: (step: number, movement: Movement) => void;
}

/** Sizes of a graph's tensors as exponents of the width: at initialization, after some updates, and what each weight adds to that. */
export function growthOf(structure: GraphStructure, options: GrowthOptions = {}): NetworkGrowth {
  const judged = judgedTensors(structure);
  const initialization = initializationOf(structure);
  const movement = trained({ structure, judged, initialization, ...options });
  return { structure, judged, movement, effects: weightEffects(movement, judged) };
}

/** Whether training was followed no further as something grows. */
export function isBroken({ structure, judged, movement }: NetworkGrowth): boolean {
  return structure.nodes.some((_, place) => growsAt(movement, judged, place));
}

/** The same graph with other initial sizes or rates. */
export function withNodes(structure: GraphStructure, nodes: readonly GraphNode[]): GraphStructure {
  return { ...structure, nodes };
}

/** The weight at this place. */
export function weightAt({ structure }: NetworkGrowth, place: number): WeightNode {
  // SAFETY: asked of the places of weights alone.
  return structure.nodes[place] as WeightNode;
}
