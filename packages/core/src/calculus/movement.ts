import type { Moved } from './contraction.ts';
import type { GraphStructure } from './graph-structure.ts';
import type { Initialization } from './initialization.ts';
import {
  ANY_BUT_ZERO,
  between,
  highOf,
  isKnown,
  lowOf,
  mayBeZero,
  type Size,
  smallest,
  ZERO,
} from './size.ts';

/** How far training has moved a network from where it started. Sizes are of (value now − value at initialization). */
export interface Movement {
  readonly structure: GraphStructure;
  readonly initialization: Initialization;
  /** Of each weight's accumulated update; exactly 0 for other nodes. */
  readonly updates: Size[];
  readonly changes: Size[];
  readonly gradientChanges: Size[];
  /**
   * The nodes whose change the last pass forward, whose gradient's change the last pass backward, has altered. At first
   * all gradients are news.
   */
  readonly stirred: boolean[];
  readonly stirredGradients: boolean[];
}

/** Before the first update: nothing has moved. */
export function stillness(structure: GraphStructure, initialization: Initialization): Movement {
  const all = <T>(value: T): T[] => structure.nodes.map(() => value);
  return {
    structure,
    initialization,
    updates: all<Size>(ZERO),
    changes: all<Size>(ZERO),
    gradientChanges: all<Size>(ZERO),
    stirred: all(false),
    stirredGradients: all(true),
  };
}

/** The tensor at a place of the graph, now. */
export function movedTensor({ initialization, changes }: Movement, place: number): Moved {
  const { size, signs } = initialization.tensors[place];
  return { init: size, change: changes[place], random: signs.random };
}

/** The gradient at a place of the graph, now; its signs are never those of a random weight. */
export function movedGradient({ initialization, gradientChanges }: Movement, place: number): Moved {
  return {
    init: initialization.gradients[place].size,
    change: gradientChanges[place],
    random: false,
  };
}

/** Of what a norm makes of a tensor: its change relative to its initial size. */
export function normalizedChange(init: Size, change: Size): Size {
  if (change === ZERO) return ZERO;
  if (init === ZERO) return mayBeZero(change) ? between(0, ZERO) : 0;
  if (isKnown(init) && isKnown(change)) return Math.max(0, change - init);
  const low = mayBeZero(init) ? 0 : Math.max(0, lowOf(change) - highOf(init));
  const high = mayBeZero(change) ? ZERO : Math.max(0, highOf(change) - lowOf(init));
  return between(low, mayBeZero(change) ? high : Math.min(high, ANY_BUT_ZERO));
}

/** What a function of bounded slope can make of a change: no more than Θ(1). */
export function boundedChange(change: Size): Size {
  return smallest(change, 0);
}
