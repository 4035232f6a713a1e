import { pathOf, type WidthSymbol } from '../../growth/symbol.ts';

/** What the code and its author say scales. */
export interface WidthDeclarations {
  readonly widths: readonly string[];
  readonly finite: readonly string[];
  readonly multipliers: readonly string[];
  readonly headScaling?: HeadScaling;
  /** Sizes that grow in a model which is handed this one. */
  readonly inWhole?: readonly string[];
  /** The width at which the numbers of the code were chosen. */
  readonly baseWidth?: number;
}

/** What of attention grows with the width: each head gets longer, or there are more of them. */
export type HeadScaling = 'head-dim' | 'head-count';

/** Whether a declared name, such as `n_embd` or `GPTConfig.n_embd`, means this symbol. */
export function matches(symbol: WidthSymbol, declared: string): boolean {
  const names = pathOf(symbol);
  const path = names.join('.');
  if (path === declared || path.endsWith(`.${declared}`)) return true;
  // A configuration reaches the model as a parameter: GPT.config.n_embd is GPTConfig.n_embd.
  return names.length > 2 && /\./.test(declared) && declared.endsWith(`.${symbol.name}`);
}
