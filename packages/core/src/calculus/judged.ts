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
  const rescaled = rescaledTensors(structure);
  const isJudgedAt = (free: boolean | null, place: number) =>
    isJudged(structure, place, { free, rescaled: rescaled[place] });
  return { scaleFree, judged: scaleFree.map(isJudgedAt) };
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

/**
 * A tensor that only scales read is judged behind them, in the units that it is used in; so is one that reaches them through
 * nothing but φ(s x) = s^k φ(x), sums and products entry by entry, as z in relu(z)·z/n.
 */
function isJudged(
  { nodes, ofWeightsOnly, isOutput }: GraphStructure,
  place: number,
  { free, rescaled }: { readonly free: boolean | null; readonly rescaled: boolean | null },
): boolean | null {
  const { op } = nodes[place];
  if (ofWeightsOnly[place] || op === 'input' || op === 'view') return false;
  if (rescaled !== false) return rescaled === null ? null : false;
  if (isOutput[place] || op === 'norm') return true;
  return free === null || (!free && isRescaling(nodes[place]) === null) ? null : !free;
}

/** Of each tensor, whether all that reads it is a scale, or a tensor that only scales read; null where something may be one. */
function rescaledTensors(structure: GraphStructure): readonly (boolean | null)[] {
  const { nodes, uses, isOutput } = structure;
  const rescaled: (boolean | null)[] = nodes.map(() => false);
  for (let place = nodes.length - 1; place >= 0; place--) {
    const each = uses[place].map(({ node }) =>
      !isOutput[node] && passesScales(structure, node) ? rescaled[node] : isRescaling(nodes[node]),
    );
    if (each.length > 0 && !each.includes(false)) rescaled[place] = each.includes(null) ? null : true;
  }
  return rescaled;
}

/** Whether a scale behind it may as well stand in front: of φ(s x) = s^k φ(x), of sums, and of products that sum nothing up. */
function passesScales({ nodes, operands, ofWeightsOnly }: GraphStructure, place: number): boolean {
  const node = nodes[place];
  if (node.op === 'add') return true;
  if (node.op === 'act') return isHomogeneous(node.kind);
  const isProduct = node.op === 'contract' && node.entrywise === true;
  return isProduct && !operands[place].some((one) => ofWeightsOnly[one]);
}

function isRescaling(node: GraphNode): boolean | null {
  if (node.op === 'scale') return true;
  return node.op === 'unknown' && node.mayRescale === true ? null : false;
}
