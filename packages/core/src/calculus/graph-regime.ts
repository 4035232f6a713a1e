import type { Judged } from './judged.ts';
import type { Movement } from './movement.ts';
import type { Regime } from './regime.ts';
import { isKnown, mayBeZero, mayVanish, surelyGrows, surelyLarger, surelyVanishes } from './size.ts';

/** What a network does as its width grows: unstable also where something grows whatever the unknown exponents are. */
export function regimeOf(movement: Movement, judged: Judged): Regime {
  const { structure } = movement;
  if (structure.nodes.some((_, place) => growsAt(movement, judged, place))) return 'unstable';
  if (structure.nodes.some((_, place) => isUnread(movement, judged, place))) return 'unknown';
  const outputs = structure.isOutput.flatMap((isOutput, place) => (isOutput ? [place] : []));
  if (outputs.every((place) => surelyVanishes(movement.changes[place]))) return 'trivial';
  const moving = [...structure.nodes.keys()].filter((place) => moves(movement, judged, place));
  if (moving.some((place) => judged.judged[place] === true)) return 'feature-learning';
  return moving.length === 0 ? 'kernel' : 'unknown';
}

/** Whether this tensor grows, whatever the unknown exponents are. */
export function growsAt({ initialization, changes }: Movement, judged: Judged, place: number): boolean {
  if (judged.judged[place] !== true || judged.scaleFree[place] !== false) return false;
  return surelyGrows(initialization.tensors[place].size) || surelyGrows(changes[place]);
}

/** Whether a size that matters, or whether it matters, is not known. */
function isUnread({ initialization, changes }: Movement, judged: Judged, place: number): boolean {
  if (judged.judged[place] === false) return false;
  const [size, change] = [initialization.tensors[place].size, changes[place]];
  if (!isKnown(size) || !isKnown(change)) return true;
  return judged.judged[place] === null && (surelyGrows(size) || surelyGrows(change));
}

/** A feature is a tensor with a growing axis, other than the output, whose size matters. */
function moves({ structure, changes }: Movement, judged: Judged, place: number): boolean {
  if (judged.judged[place] === false || structure.isOutput[place]) return false;
  return structure.speeds[place] > 0 && !mayVanish(changes[place]);
}

/** Whether the first updates leave nothing of the initialization in front of this norm; null where that is not known. */
export function isOverwritten(
  { structure, initialization, changes }: Movement,
  place: number,
): boolean | null {
  if (structure.nodes[place].op !== 'norm') return false;
  const [operand] = structure.operands[place];
  const { size } = initialization.tensors[operand];
  if (!mayBeZero(size) && surelyLarger(changes[operand], size)) return true;
  return isKnown(size) && isKnown(changes[operand]) ? false : null;
}
