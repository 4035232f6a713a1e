import { slopeSize } from './activations.ts';
import { contractedChange, type Moved } from './contraction.ts';
import type { Use } from './graph-structure.ts';
import { boundedChange, type Movement, movedGradient, movedTensor, normalizedChange } from './movement.ts';
import { divisorOf, factorOf } from './rules.ts';
import { largest, over, type Size, sameSize, times, UNKNOWN, ZERO } from './size.ts';

const ONES: Moved = { init: 0, change: ZERO, random: false };

/** Carries the gradient of the loss back at the weights as they are now: how every gradient has changed. */
export function passBackward(movement: Movement): void {
  const { structure, gradientChanges, stirredGradients } = movement;
  for (let place = structure.nodes.length - 1; place >= 0; place--) {
    stirredGradients[place] = false;
    if (!(structure.hasGradient[place] && isReached(movement, place))) continue;
    const change = gradientChangeOf(movement, place);
    if (sameSize(change, gradientChanges[place])) continue;
    gradientChanges[place] = change;
    stirredGradients[place] = true;
  }
}

function isReached({ structure, stirred, stirredGradients }: Movement, place: number): boolean {
  if (stirred[place]) return true;
  for (const { node, operand } of structure.uses[place]) {
    if (stirredGradients[node]) return true;
    const { op } = structure.nodes[node];
    if (op === 'unknown' && stirred[node]) return true;
    if (op === 'contract' && stirred[structure.operands[node][1 - operand]]) return true;
  }
  return false;
}

function gradientChangeOf(movement: Movement, place: number): Size {
  const { structure, changes } = movement;
  let change: Size = structure.isOutput[place] ? boundedChange(changes[place]) : ZERO;
  for (const use of structure.uses[place]) change = largest(change, handedChange(movement, use));
  return change;
}

function handedChange(movement: Movement, { node: place, operand }: Use): Size {
  const { structure, changes, initialization } = movement;
  const node = structure.nodes[place];
  const gradient = movedGradient(movement, place);
  const x = structure.operands[place][operand];
  const init = initialization.tensors[x].size;
  switch (node.op) {
    case 'contract': {
      const { toLeft, toRight } = structure.contractions[place]!;
      const other = movedTensor(movement, structure.operands[place][1 - operand]);
      return contractedChange(gradient, other, operand === 0 ? toLeft : toRight);
    }
    case 'add':
      return contractedChange(gradient, ONES, structure.broadcasts[place]![operand]);
    case 'scale':
      return times(gradient.change, factorOf(node.exponent));
    case 'act': {
      const ofGradient = times(gradient.change, slopeSize(node.kind, largest(init, changes[x])));
      const ofSlope = times(largest(gradient.init, gradient.change), boundedChange(changes[x]));
      return largest(ofGradient, ofSlope);
    }
    case 'norm': {
      const ofGradient = over(gradient.change, divisorOf(largest(init, changes[x])));
      const ofNorm = times(over(gradient.init, divisorOf(init)), normalizedChange(init, changes[x]));
      return largest(ofGradient, ofNorm);
    }
    case 'softmax':
      return largest(gradient.change, times(gradient.init, boundedChange(changes[x])));
    case 'unknown':
      return largest(gradient.init, gradient.change) === ZERO ? ZERO : UNKNOWN;
    default:
      return gradient.change;
  }
}
