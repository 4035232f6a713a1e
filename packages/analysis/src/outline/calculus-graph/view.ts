import { ROUNDING } from '../../growth/rounding.ts';
import type { View } from '../../network/graph.ts';
import { isOfParameters } from '../../network/tensor.ts';
import { growing, namesFor, nodeOf, type Placed, speedsOf, unknownOf, type Writing } from './placed.ts';

/** A view as a node: the operand itself where its dimensions grow as those of the view do, in any order. */
export function placeView({ of, shape }: View, operand: Placed, writing: Writing): Placed {
  const { nodes, speedOf } = writing;
  const speeds = speedsOf(shape, speedOf);
  if (speeds === null) return { ...operand, names: null };
  const before = speedsOf(of.shape, speedOf);
  if (operand.names === null || before === null) return unknownOf([operand], shape, writing);
  const own = nodes.axesOfNode(operand.node);
  const { names, unused, added } = namesFor(speeds, nodes, own);
  if (unused.length === 0 && added.length === 0) return { ...operand, names };
  const axes = growing(names);
  if (isAlike(before, speeds)) return { ...operand, node: nodes.renamed(operand.node, axes), names };
  if (unused.length > 0) return unknownOf([operand], shape, writing);
  // Repeated along a dimension that grows: a product with ones.
  const ones = nodes.add({ op: 'input', axes: added }, added);
  const repeat = (node: string) => nodes.add({ op: 'contract', of: [node, ones], axes }, axes);
  // A factor on numbers of a weight alone is its multiplier; one on features makes them as large as they are.
  if (isOfParameters(of)) return { ...operand, node: repeat(operand.node), names };
  return { node: repeat(nodeOf(operand, writing)), factor: 0, names };
}

/** Whether as many numbers are there as before, up to a factor that does not grow. */
function isAlike(before: readonly number[], after: readonly number[]): boolean {
  const total = (speeds: readonly number[]) => speeds.reduce((sum, speed) => sum + speed, 0);
  return Math.abs(total(before) - total(after)) < ROUNDING;
}
