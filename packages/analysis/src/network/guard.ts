import type { Quantity } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';

/** What decides between two ways that the code may take: the same object for the same condition. */
export interface Guard {
  /** The condition, as the code has it. */
  readonly text: string;
  /** Whether one model may take both ways: on what it is given, and whether it is being trained. */
  readonly ofCall: boolean;
  /** The names that it asks for; null where it asks for what is computed, or given to a call, too. */
  readonly asks: readonly WidthSymbol[] | null;
}

const deciding = new WeakMap<Quantity, Guard>();

/** Notes on which condition a number is one of two. */
export function noteDeciding(either: Quantity, guard: Guard): void {
  deciding.set(either, guard);
}

/** The condition on which a number is one of two; undefined where it is not known, or not one. */
export function decidingOf(either: Quantity): Guard | undefined {
  return deciding.get(either);
}
