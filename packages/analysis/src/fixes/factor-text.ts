import { codeSpan } from '@widthwise/core';
import { growthText } from '../words/exponent-text.ts';
import type { ScalingFactor } from './scaling-factor.ts';

/** In words: by what something is multiplied, and where that changes nothing. */
export function factorText(power: number, factor: ScalingFactor | null): string {
  if (factor === null || factor.declares !== null) {
    return `a factor ${power > 0 ? growthText(power, '(n₀/n)') : growthText(-power, '(n/n₀)')} leaves it as it is at the width n₀ it was chosen at`;
  }
  const { text, base, width, from } = factor;
  const given = isNumber(base) ? `, ${WHOSE[from]}` : '';
  return `a factor ${codeSpan(text)} leaves it as it is at ${codeSpan(`${width} = ${base}`)}${given}`;
}

const WHOSE: Readonly<Record<ScalingFactor['from'], string>> = {
  setting: 'the base width of the settings',
  calls: 'the number that the code makes it with',
  default: 'the number that the code gives it unless it is told another',
};

/** Whether a base width is a number of the file, and no name: whoever trains may have given another. */
function isNumber(base: string): boolean {
  return Number.isFinite(Number(base.replaceAll('_', '')));
}
