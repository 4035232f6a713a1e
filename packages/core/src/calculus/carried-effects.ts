import { slopeSize } from './activations.ts';
import { gainOf } from './contraction.ts';
import type { Use } from './graph-structure.ts';
import type { Judged } from './judged.ts';
import type { Movement } from './movement.ts';
import { divisorOf, factorOf } from './rules.ts';
import { either, largest, mayBeZero, over, type Size, times, UNKNOWN, ZERO } from './size.ts';

/**
 * By place, the exponent of the largest effect that a change of Θ(1) of this tensor has at the first judged tensors
 * behind it. Every operation adds to the exponent, whatever that is: so all are found in one pass.
 */
export function carriedEffects(movement: Movement, judged: Judged): readonly Size[] {
  const { structure } = movement;
  const carried: Size[] = structure.nodes.map(() => ZERO);
  for (let place = structure.nodes.length - 1; place >= 0; place--) {
    if (!structure.hasGradient[place]) continue;
    let effect: Size = ZERO;
    for (const use of structure.uses[place]) {
      const behind = effectBehind(judged, carried, use.node);
      effect = largest(effect, times(handedOn(movement, judged, use), behind));
    }
    carried[place] = effect;
  }
  return carried;
}

/** The effect that counts of a change of Θ(1) at this use: there if it is judged, else behind it. */
export function effectBehind({ judged }: Judged, carried: readonly Size[], node: number): Size {
  if (judged[node] === true) return 0;
  if (judged[node] === false) return carried[node];
  return either(0, carried[node]);
}

/** What an operation adds to the exponent of a small change of one operand. */
export function handedOn(movement: Movement, judged: Judged, use: Use): Size {
  const { structure } = movement;
  const node = structure.nodes[use.node];
  const operand = structure.operands[use.node][use.operand];
  switch (node.op) {
    case 'contract':
      return metOperand(movement, judged, use);
    case 'scale':
      return factorOf(node.exponent);
    case 'act':
      return slopeSize(node.kind, presentSize(movement, operand));
    case 'norm':
      return over(0, divisorOf(presentSize(movement, operand)));
    case 'unknown':
      return UNKNOWN;
    default:
      return 0;
  }
}

/** What is judged counts as Θ(1), so that one fault is not blamed on all. */
function metOperand(movement: Movement, { judged }: Judged, { node, operand }: Use): Size {
  const { structure, initialization, changes } = movement;
  const other = structure.operands[node][1 - operand];
  const { sum, freeLeft, freeRight } = structure.contractions[node]!.forward;
  if (judged[other] === true) return -sum;
  const { size, signs } = initialization.tensors[other];
  if (size === ZERO) return over(changes[other], sum);
  const gain = gainOf(signs.random, sum, operand === 0 ? freeRight : freeLeft);
  const met = over(size, gain);
  const ever = mayBeZero(size) ? either(met, over(changes[other], sum)) : met;
  return judged[other] === null ? either(ever, -sum) : ever;
}

/** The initial size, or that of the change where a tensor starts at exactly 0. */
export function presentSize({ initialization, changes }: Movement, place: number): Size {
  const { size } = initialization.tensors[place];
  if (size === ZERO) return changes[place];
  return mayBeZero(size) ? either(size, changes[place]) : size;
}
