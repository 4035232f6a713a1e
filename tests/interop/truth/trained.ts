import type { Regime } from '@widthwise/core';

/** What `train_models.py` writes: real models trained for a few steps at four widths. */
export interface Trained {
  readonly models: readonly TrainedModel[];
}

export interface TrainedModel {
  readonly name: string;
  readonly optimizer?: string;
  readonly modes?: readonly { readonly mode: string; readonly outputs: readonly TrainedOutput[] }[];
  readonly failure?: string;
}

/** A layer's output, or under the empty name the model's: slope and half its 95 % interval; null where it is 0. */
export interface TrainedOutput {
  readonly name: string;
  readonly size: readonly [number, number] | null;
  readonly change: readonly [number, number] | null;
}

/** How far a settled exponent may lie from a slope at these widths, and how far that of a small output's change may. */
const TOLERANCE = 0.15;
const SETTLING = 0.3;

/**
 * What training says against a verdict, one sentence a mode; none where it agrees.
 *
 * The model's output is what a regime is told by: it grows (unstable), stops moving (trivial), or moves while some layer
 * does (feature learning) or none (kernel).
 */
export function againstTraining(verdict: string, { modes = [] }: TrainedModel): readonly string[] {
  return modes.flatMap(({ mode, outputs }) => {
    const measured = regimeOf(outputs);
    return measured === null || measured === verdict ? [] : [`${mode}: says ${verdict}, trains ${measured}`];
  });
}

/** The regime that the slopes prove; null where their intervals leave it open. */
export function regimeOf(outputs: readonly TrainedOutput[]): Regime | null {
  const own = outputs.find(({ name }) => name === '');
  if (own === undefined || own.change === null) return null;
  if (isAbove(own.size, TOLERANCE) || isAbove(own.change, TOLERANCE)) return 'unstable';
  if (isBelow(own.change, -SETTLING)) return 'trivial';
  if (isAbove(own.change, -SETTLING)) {
    const layers = outputs.filter(({ name, change }) => name !== '' && change !== null);
    if (layers.some(({ change }) => isAbove(change, TOLERANCE))) return null;
    if (layers.some(({ change }) => isAbove(change, -TOLERANCE))) return 'feature-learning';
    if (layers.length > 0 && layers.every(({ change }) => isBelow(change, -TOLERANCE))) return 'kernel';
  }
  return null;
}

function isAbove(slope: TrainedOutput['size'], bound: number): boolean {
  return slope !== null && slope[0] - slope[1] > bound;
}

function isBelow(slope: TrainedOutput['size'], bound: number): boolean {
  return slope !== null && slope[0] + slope[1] < bound;
}
