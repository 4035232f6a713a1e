import { type CoordinateReport, type CoordinateSuspect, FAILING_SLOPE, PASSING_SLOPE } from '@widthwise/core';
import { exponentText } from '../words/slope-text.ts';
import { layerName } from './layer-name.ts';

const VERDICTS: Readonly<Record<NonNullable<CoordinateReport['verdict']>, string>> = {
  pass: 'passes: coordinates keep their size as width grows, and move',
  warn: `is close: a size or an update depends on width, slope within ±${FAILING_SLOPE}`,
  fail: `fails: a size or an update depends on width, slope beyond ${FAILING_SLOPE}`,
  undecided: 'is undecided',
};

/** Beside every table of a check. */
export const HOW_TO_READ_CHECK: string = `Slopes against width of mean |h| and of mean |h − h at step 0|, with 95\u00a0% intervals over widths and seeds: within ±${PASSING_SLOPE} passes, beyond ±${FAILING_SLOPE} fails. The readout's size may shrink, and before the last step its update.`;

/** Beside the table of weights. */
export const HOW_TO_READ_WEIGHTS: string =
  'Slopes against width at the last step: ‖W‖₂ and ‖W − W at step 0‖₂ times √(fan-in/fan-out), where 0 is the size that keeps features and moves them most; and how updates align with the features they meet, where 1 is full alignment, which theory assumes, and ½ none.';

/** The verdict first, in words: `μP passes: …`. */
export function coordinateSentence(
  { verdict, reasons }: Pick<CoordinateReport, 'verdict' | 'reasons'>,
  label: string,
): string {
  if (verdict === null) return `${label}: interrupted, no verdict.`;
  if (verdict === 'undecided') return `${label} ${VERDICTS.undecided}: ${reasons.join('; ')}.`;
  const sentences = reasons.map((reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`);
  return [`${label} ${VERDICTS[verdict]}.`, ...sentences].join(' ');
}

/** `layer 2, from step 1: its update shrinks (−0.50); c of layer 2 is 1, and μP has 0`; the readout by its name. */
export function suspectSentence(
  { layer, step, what, slope, exponent }: CoordinateSuspect,
  depth: number,
): string {
  const place = `${layerName(layer, depth)}${step === 0 ? ' at initialization' : `, from step ${step}`}`;
  const does =
    slope === null
      ? 'runs diverge'
      : `its ${what} ${slope > 0 ? 'grows' : 'shrinks'} (${exponentText(slope)})`;
  if (exponent === null) return `${place}: ${does}`;
  const { name, is, wants } = exponent;
  const has = is === 'zero' ? '∞ (starts at 0)' : exactText(is);
  return `${place}: ${does}; ${name} of ${layerName(exponent.layer, depth)} is ${has}, and μP has ${exactText(wants)}`;
}

/** An exponent as it is asked for, with the minus of every other number: `−1`, `0.5`. */
function exactText(value: number): string {
  return String(value).replace('-', '−');
}
