import type { ConvergenceReport, IndependenceCell, RunBound } from '@widthwise/core';
import { verdictSentence } from '../comparison/sentences.ts';
import { counted } from '../words/counted.ts';
import { valueText } from '../words/number-text.ts';

/** Beside every table of a check. */
export const HOW_TO_READ_CONVERGENCE: string =
  'The gradient–loss bound is algebra: the gradient of the readout, divided by the smallest singular value σ_min of the features, bounds the error. It explains what keeps the loss up at these widths and steps; it certifies no success and says nothing of other data. λ_min stands by its infinite-width value at initialization (1 is as rich as there); 0 is below its numerical floor.';

/** The verdict first, in one sentence. */
export function convergenceSentence(
  report: Pick<
    ConvergenceReport,
    'verdict' | 'bound' | 'rows' | 'dependentSamples' | 'hypotheses' | 'stationarity'
  >,
  label: string,
): string {
  const { verdict, bound, rows } = report;
  if (verdict === null) return `${label}: interrupted, no verdict.`;
  const width = Math.max(...rows.map((row) => row.width));
  if (verdict === 'diverged' || bound === null)
    return `${label} diverges at width ${width}, so nothing is measured there: a smaller learning rate may train.`;
  const at = `${label} at width ${width}`;
  const loss = `loss ${valueText(bound.loss)}`;
  switch (verdict) {
    case 'holds':
      return `${at} has all but stopped at a minimum: with independent features, its gradient leaves at most ${gapText(bound)} above the least possible loss (${loss}).`;
    case 'not-stationary':
      return movingSentence(at, bound, report.stationarity);
    case 'rank-deficient':
      return deficientSentence(at, bound, deficiencyCause(bound, report));
    case 'undecidable':
      return `${at} is undecidable: σ_min of the features, ${valueText(bound.sigmaMin)}, is below its numerical floor ${valueText(bound.floor)}, so that no gradient bounds the error (${loss}).`;
  }
}

/** A small gradient over features that are all but dependent is a plateau and no minimum. */
function movingSentence(
  at: string,
  { gap, loss, sigmaMin, tolerance }: RunBound,
  stationarity: ConvergenceReport['stationarity'],
): string {
  if (stationarity?.plateau) {
    return `${at} is on a plateau that is no minimum, at loss ${valueText(loss)}: a step takes ${percent(stationarity.fall ?? 0)} off it, but over features whose σ_min is ${valueText(sigmaMin)} so small a gradient bounds nothing.`;
  }
  // No loss here is below 0, so one within ε is as near its least as the check asks, whatever bounds it.
  const near = loss > tolerance ? '' : `, which is within ε = ${valueText(tolerance)} of 0 already`;
  if (gap !== null && gap >= loss)
    return `${at} has not stopped: its gradient still allows all of the loss, ${valueText(loss)}${near} (σ_min of the features ${valueText(sigmaMin)}).`;
  const allows =
    gap === null
      ? 'is too large to bound the loss'
      : `still allows ${gapText({ gap, tolerance })} above the least possible loss`;
  return `${at} has not stopped: its gradient ${allows} (loss ${valueText(loss)}${near}).`;
}

/** What makes the rank smaller than the number of samples; null where it is not known. */
function deficiencyCause(
  { rank, width }: RunBound,
  { dependentSamples, hypotheses }: Pick<ConvergenceReport, 'dependentSamples' | 'hypotheses'>,
): string | null {
  if (dependentSamples[0] !== undefined) return dependentSamples[0];
  if (rank === width) return 'there are more samples than units';
  const reason = hypotheses.find(({ name }) => name === 'data')?.reason ?? '';
  return reason.startsWith('rows') ? reason : null;
}

function deficientSentence(at: string, bound: RunBound, cause: string | null): string {
  const { gap, tolerance, loss, lossFloor, rank } = bound;
  if (lossFloor === null) {
    return `${at} has features of rank ${rank}, fewer than samples, of which this bound says nothing for cross-entropy (loss ${valueText(loss)})${cause === null ? '' : `: ${cause}`}.`;
  }
  const stopped = (gap ?? 0) <= tolerance;
  const why = cause === null ? '' : `: ${cause}`;
  if (lossFloor <= tolerance) {
    return `${at} has features of rank ${rank}, fewer than samples, which fit all the same: ${stopped ? 'it has all but stopped' : `the gradient still allows ${gapText(bound)}`} (loss ${valueText(loss)})${why}.`;
  }
  return stopped
    ? `${at} stands at loss ${valueText(loss)}, and not for want of training: its features have rank ${rank}, and no readout of them gets below ${valueText(lossFloor)}${why}.`
    : `${at} cannot get below loss ${valueText(lossFloor)} with these features, whose rank is ${rank}, and its gradient still allows ${gap !== null && gap >= loss - lossFloor ? 'all that is above it' : `${gapText(bound)} above that`} (loss ${valueText(loss)})${why}.`;
}

/** A gap and how it stands to ε. */
function gapText({ gap, tolerance }: Pick<RunBound, 'gap' | 'tolerance'>): string {
  return `${valueText(gap)} (ε = ${valueText(tolerance)})`;
}

/** What the verdict rests on, a sentence each. */
export function convergenceEvidence(report: ConvergenceReport): readonly string[] {
  const { stationarity, bound, independence, overWidths } = report;
  return [
    ...(stationarity === null || bound === null ? [] : [stationaritySentence(stationarity, bound)]),
    ...(bound?.tangent == null ? [] : [tangentSentence(bound.tangent, bound)]),
    ...(independence === null ? [] : [independenceSentence(independence)]),
    ...(overWidths === null ? [] : [verdictSentence(overWidths)]),
  ].filter((sentence) => sentence !== '');
}

function stationaritySentence(
  { error, gradients, fall }: NonNullable<ConvergenceReport['stationarity']>,
  { tightness }: RunBound,
): string {
  const readout = gradients.at(-1)!.norms;
  const rest = fall === null ? '' : `; ${fallText(fall)}`;
  const tight = tightness === null ? '' : ` The bound is ${valueText(1 / tightness)} times what it bounds.`;
  return `Stationary? The error ‖χ‖ went from ${valueText(error[0])} to ${valueText(error[1])}, the readout's gradient from ${valueText(readout[0])} to ${valueText(readout[1])}${rest}.${tight}`;
}

/** What the gradient foretells of one more step; more than the loss itself no step takes off it. */
function fallText(fall: number): string {
  return fall > 1
    ? 'the rate is too large for the gradient to foretell what a step does to the loss'
    : `to first order, a step takes ${percent(fall)} off the loss`;
}

function tangentSentence({ lambdaMin, gap }: NonNullable<RunBound['tangent']>, { loss }: RunBound): string {
  if (gap === null && lambdaMin > 0) {
    return 'All layers together, each at its rate: their gradient is too large to bound cross-entropy.';
  }
  return gap === null
    ? 'All layers together: λ_min of their tangent kernel is below its numerical floor, so their gradient bounds nothing.'
    : `All layers together, each at its rate: the loss is at most ${valueText(gap)} (it is ${valueText(loss)}; λ_min of the tangent kernel ${valueText(lambdaMin)}).`;
}

/** Of the watched samples: that all of the training data are as independent is the bound's to say. */
function independenceSentence({
  state,
  width,
  samples,
  worst,
}: NonNullable<ConvergenceReport['independence']>): string {
  if (worst === null) return '';
  const place = `${layerSymbol(worst)} at step ${worst.step}, width ${width}`;
  if (state === 'dependent') return `Independent: no, λ_min of ${place} is below its numerical floor.`;
  if (samples === 1) return 'Independent? One watched sample tells nothing of it: watch more (--probe).';
  const watched = counted(samples, 'watched sample');
  if (worst.share === null)
    return `Independent at this width, over ${watched}, but λ_min of ${place} is ${valueText(worst.lambdaMin)}, and 0 at infinite width.`;
  return `Independent, over ${watched}: at every probed step λ_min of every layer is at least ${valueText(worst.share)} of its infinite-width value, the least in ${place}.`;
}

/** `h²`, `x³`. */
export function layerSymbol({ layer, which }: Pick<IndependenceCell, 'layer' | 'which'>): string {
  const digits = [...String(layer)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${which === 'preactivation' ? 'h' : 'x'}${digits}`;
}

function percent(share: number): string {
  return `${valueText(100 * share)}\u00a0%`;
}
