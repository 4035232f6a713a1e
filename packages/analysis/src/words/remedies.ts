import { codeSpan } from '@widthwise/core';
import type { ModelOutline } from '../model-outline.ts';

/** What a person can do so that more can be said of a model. */
export function remediesOf({ widths, candidates, missing, weights }: ModelOutline): readonly string[] {
  if (weights.every(({ shape }) => shape === '?')) return [];
  if (widths.length > 0 || missing.some(({ kind }) => kind === 'syntax')) return [];
  const [first, ...others] = candidates.map((name) => codeSpan(name));
  if (first === undefined) {
    return ['Give the size that you scale a name, such as a parameter `width`: here all sizes are numbers.'];
  }
  const seen = others.length === 0 ? first : `${first}, or ${others.join(', ')}`;
  return [
    `Say which name is the width: ${codeSpan(`# widthwise: width(${candidates[0]})`)} anywhere in the file, ` +
      `or the setting \`widths\`. Its layers have ${seen}.`,
  ];
}
