import { type WeightEffects, weightEffects } from './effects.ts';
import type { GraphNode, WeightNode } from './graph.ts';
import { growsAt } from './graph-regime.ts';
import type { GraphStructure } from './graph-structure.ts';
import { initializationOf } from './initialization.ts';
import { type Judged, judgedTensors } from './judged.ts';
import type { Movement } from './movement.ts';
import { type TrainingRequest, trained } from './training.ts';
import { hangsOnGradient } from './updates.ts';

/** A graph and what happens to it as it widens: all that is then told of it. */
export interface NetworkGrowth {
  readonly structure: GraphStructure;
  readonly judged: Judged;
  readonly movement: Movement;
  readonly effects: ReadonlyMap<number, WeightEffects>;
}

export interface GrowthOptions {
  /** Whether how large gradients are is asked for where no update hangs on it. */
  readonly gradients?: boolean;
  /** Updates to foretell; without it, as many as change anything. */
  readonly steps?: number;
  /** Called after each update, the first being 1. */
  readonly onStep?: (step: number, movement: Movement) => void;
}

/** Sizes of a graph's tensors as exponents of the width: at initialization, after some updates, and what each weight adds to that. */
export function growthOf(structure: GraphStructure, options: GrowthOptions = {}): NetworkGrowth {
  const { gradients = true } = options;
  const hasGradientSizes = gradients || structure.nodes.some(hangsOnGradientAt);
  const initialization = initializationOf(structure, { hasGradientSizes });
  return grown({ structure, judged: judgedTensors(structure), initialization }, options);
}

function hangsOnGradientAt(node: GraphNode): boolean {
  return node.op === 'weight' && hangsOnGradient(node);
}

/** The growth of the same network whose weights have other initial sizes or rates. */
export function regrown(growth: NetworkGrowth, nodes: readonly GraphNode[]): NetworkGrowth {
  const { structure: before, judged, movement } = growth;
  const structure = { ...before, nodes };
  const areAll = (same: (one: Start, other: Start) => boolean) =>
    nodes.every((node, place) => same(startOf(node), startOf(before.nodes[place])));
  const initialization = areAll((one, other) => one === other)
    ? movement.initialization
    : initializationOf(structure, {
        alike: areAll(areOfOneKind) ? movement.initialization : null,
        hasGradientSizes: nodes.some(hangsOnGradientAt),
      });
  return grown({ structure, judged, initialization });
}

type Start = WeightNode['init'] | null;

function startOf(node: GraphNode): Start {
  return node.op === 'weight' ? node.init : null;
}

/** Whether both are random, or exactly 0, or ones, or not read: how large a random one is leaves all signs. */
function areOfOneKind(one: Start, other: Start): boolean {
  return one === other || (typeof one === 'number' && typeof other === 'number');
}

type Untrained = Pick<TrainingRequest, 'structure' | 'judged' | 'initialization'>;

function grown(network: Untrained, options: GrowthOptions = {}): NetworkGrowth {
  const { structure, judged } = network;
  const movement = trained({ ...network, ...options });
  return { structure, judged, movement, effects: weightEffects(movement, judged) };
}

/** Whether training was followed no further as something grows. */
export function isBroken({ structure, judged, movement }: NetworkGrowth): boolean {
  return structure.nodes.some((_, place) => growsAt(movement, judged, place));
}

/** The weight at this place. */
export function weightAt({ structure }: NetworkGrowth, place: number): WeightNode {
  // SAFETY: asked of the places of weights alone.
  return structure.nodes[place] as WeightNode;
}
