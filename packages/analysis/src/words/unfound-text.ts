import { didYouMean, nameText } from '@widthwise/core';
import type { ModelOutline } from '../model-outline.ts';

/** That a name is declared a width and no model has it: a misspelled one would be obeyed by nobody. */
export function unfoundText(
  name: string,
  where: 'here' | 'of the file',
  models: readonly Pick<ModelOutline, 'widths' | 'candidates'>[],
): string {
  const known = models.flatMap(({ widths, candidates }) => [...widths, ...candidates]);
  return `${nameText(name)} is declared a width, and no model ${where} has a size of that name${didYouMean(name, known)}`;
}
