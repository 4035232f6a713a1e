import { isHomogeneous } from './activations.ts';
import type { GraphStructure, Use } from './graph-structure.ts';

/** Which tensors' sizes matter, by place; null where that rests on an operation that is not understood. */
export interface Judged {
  /** Every way to the output meets a norm before anything that sees sizes. */
  readonly scaleFree: readonly (boolean | null)[];
  /** What may not grow, and what the effects of a weight are told at. */
  readonly judged: readonly (boolean | null)[];
}

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
      return null;
    default:
      return free[place];
  }
}

/** A tensor that only scales read is judged behind them, in the units that it is used in. */
function isJudged(
  { nodes, uses, ofWeightsOnly, isOutput }: GraphStructure,
  place: number,
  free: boolean | null,
): boolean | null {
  const { op } = nodes[place];
  if (uses[place].length > 0 && uses[place].every(({ node }) => nodes[node].op === 'scale')) return false;
  if (ofWeightsOnly[place] || op === 'input' || op === 'view') return false;
  if (isOutput[place] || op === 'norm') return true;
  return free === null ? null : !free;
}
