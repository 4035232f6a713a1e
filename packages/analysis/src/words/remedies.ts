import { codeSpan, didYouMean } from '@widthwise/core';
import type { ModelOutline } from '../model-outline.ts';

/** What a person can do so that more can be said of a model. */
export function remediesOf(model: ModelOutline): readonly string[] {
  if (model.weights.every(({ shape }) => shape === '?')) return [];
  return [...declarationRemedies(model), ...widthRemedies(model)];
}

/** What is declared a width and is none here. */
function declarationRemedies({ unfound, widths, candidates }: ModelOutline): readonly string[] {
  return unfound.map(
    (name) =>
      `${codeSpan(name)} is declared a width, and no layer has a size of that name${didYouMean(name, [...widths, ...candidates])}.`,
  );
}

function widthRemedies({ widths, candidates, missing }: ModelOutline): readonly string[] {
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
