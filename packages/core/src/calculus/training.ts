import { growsAt } from './graph-regime.ts';
import type { GraphStructure } from './graph-structure.ts';
import type { Initialization } from './initialization.ts';
import type { Judged } from './judged.ts';
import { type Movement, movedGradient, stillness } from './movement.ts';
import { passBackward } from './pass-backward.ts';
import { passForward } from './pass-forward.ts';
import { between, highOf, isKnown, largest, lowOf, type Size, sameSize, settledSize } from './size.ts';
import { type Fans, fansOf, freshUpdate } from './updates.ts';

/** Networks settle in a few updates, a layer of zeros adding one: no more than this and one for each weight. */
const MOST_UPDATES = 100;

/** How many changes of exponents are followed before what still changes is unknown. */
const MOST_CHANGES = 4_000_000;

export interface TrainingRequest {
  readonly structure: GraphStructure;
  readonly initialization: Initialization;
  readonly judged: Judged;
  /** Updates to foretell; without it, as many as change anything. */
  readonly steps?: number;
  /** Called after each update, the first being 1. */
  readonly onStep?: (step: number, movement: Movement) => void;
}

/**
 * How far training moves a network: gradients before each update, a pass forward after it, until nothing changes,
 * something judged grows, or the updates are used up. What does not settle is unknown.
 */
export function trained(request: TrainingRequest): Movement {
  const { structure, initialization, judged, steps = Number.POSITIVE_INFINITY, onStep } = request;
  const movement = stillness(structure, initialization);
  const fans = new Map(
    [...structure.nodes.entries()].flatMap(([place, { op }]): readonly [number, Fans][] =>
      op === 'weight' ? [[place, fansOf(structure, place)]] : [],
    ),
  );
  const most = MOST_UPDATES + fans.size;
  let changes = 0;
  for (let step = 1; step <= steps; step++) {
    if (step > 1) passBackward(movement);
    const endless = step > most || changes > MOST_CHANGES;
    if (!updateWeights(movement, fans, endless ? runAway : widened)) break;
    changes += passForward(movement);
    onStep?.(step, movement);
    if (somethingGrows(movement, judged)) break;
  }
  return movement;
}

/** One update of each weight; false where it changes nothing. */
function updateWeights(
  movement: Movement,
  fans: ReadonlyMap<number, Fans>,
  next: (before: Size, after: Size) => Size,
): boolean {
  const { structure, initialization, updates, stirred, stirredGradients } = movement;
  let changed = false;
  for (const [place, fansOfWeight] of fans) {
    const weight = structure.nodes[place];
    if (weight.op !== 'weight' || !(stirred[place] || stirredGradients[place])) continue;
    const gradient = movedGradient(movement, place);
    const fresh = freshUpdate({
      weight,
      gradient: largest(gradient.init, gradient.change),
      now: largest(initialization.tensors[place].size, updates[place]),
      fans: fansOfWeight,
    });
    const update = next(updates[place], settledSize(largest(updates[place], fresh)));
    if (sameSize(update, updates[place])) continue;
    updates[place] = update;
    changed = true;
  }
  return changed;
}

/** What is not known and becomes larger may become larger without end. */
function widened(before: Size, after: Size): Size {
  if (isKnown(before) || isKnown(after) || lowOf(after) >= lowOf(before)) return after;
  return between(Number.NEGATIVE_INFINITY, highOf(after));
}

/** What still becomes larger now is of no known size, and larger at least than it was. */
function runAway(before: Size, after: Size): Size {
  return sameSize(before, after) ? before : between(Number.NEGATIVE_INFINITY, highOf(before));
}

/** Whether something judged grows, whatever the unknown exponents are. */
function somethingGrows(movement: Movement, judged: Judged): boolean {
  return movement.structure.nodes.some((_, place) => growsAt(movement, judged, place));
}
