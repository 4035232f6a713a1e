import type { UnfoundWidth } from '../analysis.ts';
import type { DeclaredWidth } from '../directives.ts';
import type { Model } from './model.ts';

/** Those of some declared names that no model has, where each stands first; none where there is no model, or one whose sizes are all unknown. */
export function unfoundOf(
  declared: readonly DeclaredWidth[],
  models: readonly { readonly model: Pick<Model, 'outline'> }[],
): readonly UnfoundWidth[] {
  const outlines = models.map(({ model }) => model.outline);
  const isKnown = outlines.every(({ weights }) => weights.some(({ shape }) => shape !== '?'));
  if (outlines.length === 0 || !isKnown) return [];
  const firsts = new Map(declared.toReversed().map(({ name, comment }) => [name, comment.span]));
  return [...firsts]
    .filter(([name]) => outlines.every(({ unfound }) => unfound.includes(name)))
    .map(([name, span]) => ({ name, span }));
}
