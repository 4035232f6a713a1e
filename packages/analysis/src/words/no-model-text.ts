import { codeSpan } from '@widthwise/core';
import type { Analysis } from '../analysis.ts';

/** Why there is nothing to explain of a file or of one of its classes: a clause behind the file's name. */
export function noModelText({ models, bare }: Pick<Analysis, 'models' | 'bare'>, className?: string): string {
  const isBare = className === undefined ? models.length === 0 && bare.length > 0 : bare.includes(className);
  if (isBare)
    return `has no model that can be read: ${barelyText(className === undefined ? bare : [className])}`;
  if (className === undefined || models.length === 0)
    return 'has no model that can be read: a class of torch.nn.Module with layers';
  const names = models.map(({ name }) => name).join(', ');
  return `has no model ${codeSpan(className)}; it has ${names}`;
}

/** That classes of modules may have layers that analysis does not see. */
function barelyText(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => codeSpan(name));
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `what ${shown.join(', ')}${more} ${names.length === 1 ? 'is' : 'are'} made of is not read, unless ${names.length === 1 ? 'it has' : 'they have'} no layers`;
}

/** More classes than these are counted. */
const MOST_NAMED = 5;
