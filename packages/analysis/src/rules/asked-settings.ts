import { knownExponent } from '../growth/growth.ts';
import type { Guard } from '../network/guard.ts';
import type { Widths } from '../outline/widths.ts';

/**
 * Whether a condition asks for nothing but settings that say what a model is like at any width. One that asks for a size, as
 * `width <= 512`, or for what is computed of others, has the one answer for narrow models and the other for wide ones.
 */
export function asksForSettings({ asks }: Guard, widths: Widths): boolean {
  return (
    asks?.every((symbol) => knownExponent(widths.growthOf({ op: 'symbol', symbol, value: null })) === 0) ===
    true
  );
}
