import { isHomogeneous } from './activations.ts';
import type { GraphNode } from './graph.ts';
import type { GraphStructure, Use } from './graph-structure.ts';

/** Which tensors' sizes matter, by place; null where an operation that is not understood may rescale. */
export interface Judged {
  /** Every way to the output meets a norm before anything that sees sizes. */
  readonly scaleFree: readonly (boolean | null)[];
  /** What may not grow, and what the effects of a weight are told at. */
  readonly judged: readonly (boolean | null)[];
}

/** Which tensors of a graph may not grow, read backward from its outputs. */
export function judgedTensors(structure: GraphStructure): Judged {
  const scaleFree = scaleFreeTensors(structure);
  return { scaleFree, judged: scaleFree.map((free, place) => isJudged(structure, place, free)) };
}

function scaleFreeTensors(structure: GraphStructure): readonly (boolean | null)[] {
  const free: (boolean | null)[] = structure.nodes.map(() => true);
  for (let place = structure.nodes.length - 1; place >= 0; place--) {
    if (structure.isOutput[place]) {
      free[place] = false;
      continue;
    }
    for (const use of structure.uses[place]) {
      const behind = isFreeIn(structure, use, free);
      if (behind === false || (behind === null && free[place] === true)) free[place] = behind;
    }
  }
  return free;
}

function isFreeIn(
  { nodes }: GraphStructure,
  { node: place }: Use,
  free: Judged['scaleFree'],
): boolean | null {
  const node = nodes[place];
  switch (node.op) {
    case 'norm':
      return true;
    case 'softmax':
      return false;
    case 'act':
      return isHomogeneous(node.kind) ? free[place] : false;
    case 'unknown':
      return node.mayRescale === true ? null : false;
    default:
      return free[place];
  }
}

/** A tensor that only scales read is judged behind them, in the units that it is used in. */
function isJudged(structure: GraphStructure, place: number, free: boolean | null): boolean | null {
  const { nodes, uses, ofWeightsOnly, isOutput } = structure;
  const { op } = nodes[place];
  if (ofWeightsOnly[place] || op === 'input' || op === 'view') return false;
  const rescaled = uses[place].map(({ node }) => isRescaling(nodes[node]));
  if (rescaled.length > 0 && !rescaled.includes(false)) return rescaled.includes(null) ? null : false;
  if (isOutput[place] || op === 'norm') return true;
  return free === null || (!free && isRescaling(nodes[place]) === null) ? null : !free;
}

function isRescaling(node: GraphNode): boolean | null {
  if (node.op === 'scale') return true;
  return node.op === 'unknown' && node.mayRescale === true ? null : false;
}
