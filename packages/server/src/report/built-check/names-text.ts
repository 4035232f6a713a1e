import { cutText, nameText } from '@widthwise/core';
import { starred } from '../../built/starred.ts';

const MOST_NAMES = 6;
/** A longer name is cut, or a line would be as long as it. */
const LONGEST_NAME = 100;

/** Names with a star for the place in a loop, each once. */
export function namesText(names: readonly string[]): string {
  const shown = [...new Set(names.map(starred))];
  const first = shown.slice(0, MOST_NAMES).map((name) => nameText(cutText(name, LONGEST_NAME)));
  return [...first, ...(shown.length > first.length ? [`${shown.length - first.length} more`] : [])].join(
    ', ',
  );
}
