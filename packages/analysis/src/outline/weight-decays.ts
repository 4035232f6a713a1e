import type { Quantity } from '../growth/quantity.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Weight } from './weights.ts';

/** The decays of the groups that have some of the weights, at every step. */
export function decaysOf({ steps }: ObservedOptimizer, weights: readonly Weight[]): readonly Quantity[] {
  const names = new Set(
    weights.flatMap(({ path, aliases }) => [path, ...aliases.map((alias) => alias.path)]),
  );
  return steps.flatMap(({ groups }) =>
    groups
      .filter(({ members }) => members.some((member) => names.has(member.path)))
      .map(({ weightDecay }) => weightDecay),
  );
}
