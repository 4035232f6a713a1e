import { saturates, slopeSize } from './activations.ts';
import { contractedChange } from './contraction.ts';
import { boundedChange, type Movement, movedTensor, normalizedChange } from './movement.ts';
import { factorOf } from './rules.ts';
import { largest, type Size, sameSize, times, UNKNOWN, ZERO } from './size.ts';

/**
 * Carries the updates of the weights through the network: the change of every tensor.
 *
 * @returns how many changes it altered
 */
export function passForward(movement: Movement): number {
  let altered = 0;
  const { structure, changes, stirred } = movement;
  for (let place = 0; place < structure.nodes.length; place++) {
    stirred[place] = false;
    if (!isReached(movement, place)) continue;
    const change = changeOf(movement, place);
    if (sameSize(change, changes[place])) continue;
    changes[place] = change;
    stirred[place] = true;
    altered++;
  }
  return altered;
}

function isReached({ structure, stirred }: Movement, place: number): boolean {
  const { op } = structure.nodes[place];
  if (op === 'weight' || op === 'unknown') return true;
  for (const operand of structure.operands[place]) if (stirred[operand]) return true;
  return false;
}

function changeOf(movement: Movement, place: number): Size {
  const { structure, changes, updates, initialization } = movement;
  const node = structure.nodes[place];
  const [x, y] = structure.operands[place];
  switch (node.op) {
    case 'input':
      return ZERO;
    case 'weight':
      return updates[place];
    case 'contract':
      return contractedChange(
        movedTensor(movement, x),
        movedTensor(movement, y),
        structure.contractions[place]!.forward,
      );
    case 'add':
      return structure.operands[place].reduce<Size>((size, operand) => largest(size, changes[operand]), ZERO);
    case 'scale':
      return times(changes[x], factorOf(node.exponent));
    case 'act':
      if (saturates(node.kind)) return boundedChange(changes[x]);
      return times(changes[x], slopeSize(node.kind, largest(initialization.tensors[x].size, changes[x])));
    case 'norm':
      return normalizedChange(initialization.tensors[x].size, changes[x]);
    case 'softmax':
      return boundedChange(changes[x]);
    case 'view':
      return changes[x];
    case 'unknown':
      return UNKNOWN;
  }
}
