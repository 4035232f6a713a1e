import type { RunResult } from '@widthwise/core';
import type { RunOutcome } from '@widthwise/protocol';

/** What only a whole run has, each layer beside its infinite-width λ_min. */
export function wireOutcome(
  { loss, outputChange, layers }: RunResult,
  limits: readonly (number | null)[],
): RunOutcome {
  return {
    loss,
    outputChange,
    layers: layers.map((layer) => ({ ...layer, lambdaMinLimit: limits[layer.layer - 1] ?? null })),
  };
}
