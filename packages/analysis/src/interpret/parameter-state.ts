import { isWithinQuantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { InitWrite } from '../network/init.ts';

/** What has become of one parameter. */
export interface ParameterState {
  /** What may have initialized it last; null for its default. */
  readonly writes: readonly InitWrite[] | null;
  /** Whether it is computed from something else, so that no initializer of its own says what it is. */
  readonly sealed: boolean;
  /** Whether it may be kept from being trained. */
  readonly frozen: boolean;
}

export const UNTOUCHED: ParameterState = { writes: null, sealed: false, frozen: false };

/** Stands for a layer's default until the layer is at hand. */
export const DEFAULT: InitWrite = { std: UNKNOWN_QUANTITY, span: null, by: 'default' };

/** Whether all that may have become of it was so before. */
export function isStateWithin(now: ParameterState, before: ParameterState): boolean {
  if ((now.sealed && !before.sealed) || (now.frozen && !before.frozen)) return false;
  const known = before.writes ?? [DEFAULT];
  return (now.writes ?? [DEFAULT]).every((write) =>
    known.some((other) => write === other || (other !== DEFAULT && isWithinQuantity(write.std, other.std))),
  );
}

/** A parameter that each round initializes in another way. */
export function movedState({ writes, sealed, frozen }: ParameterState): ParameterState {
  const [last = DEFAULT] = [...(writes ?? [])].reverse();
  return { writes: [{ ...last, std: UNKNOWN_QUANTITY }], sealed, frozen };
}

/** What may have become of it on either of two ways. */
export function eitherState(left: ParameterState, right: ParameterState): ParameterState {
  return {
    writes: [...new Set([...(left.writes ?? [DEFAULT]), ...(right.writes ?? [DEFAULT])])],
    sealed: left.sealed || right.sealed,
    frozen: left.frozen || right.frozen,
  };
}

/** What initializes a parameter that may be another one. */
export const PERHAPS_SHARED: InitWrite = {
  std: UNKNOWN_QUANTITY,
  span: null,
  by: 'perhaps that of another layer',
};
