import type { Model } from './model.ts';

/** Those of some names that no model has; none where there is no model, or one whose sizes are all unknown. */
export function unfoundOf(
  names: readonly string[],
  models: readonly { readonly model: Pick<Model, 'outline'> }[],
): readonly string[] {
  const outlines = models.map(({ model }) => model.outline);
  const isKnown = outlines.every(({ weights }) => weights.some(({ shape }) => shape !== '?'));
  if (outlines.length === 0 || !isKnown) return [];
  return [...new Set(names)].filter((name) => outlines.every(({ unfound }) => unfound.includes(name)));
}
