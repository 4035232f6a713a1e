import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Preset } from './companions.ts';

/** What the code makes smaller than the largest by more than this is a bottleneck, as what an autoencoder has in the middle. */
const BOTTLENECK = 1 / 8;

/** Those that the code does not make far smaller than the largest of them. */
export function unsqueezed(sizes: readonly WidthSymbol[], presetOf: Preset): WidthSymbol[] {
  const largest = Math.max(...sizes.map((symbol) => presetOf(symbol) ?? 0));
  return sizes.filter((symbol) => (presetOf(symbol) ?? largest) >= largest * BOTTLENECK);
}
