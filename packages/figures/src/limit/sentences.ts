import type { LimitEstimate, LimitPoint, LimitReport } from '@widthwise/core';
import { counted, listed } from '../words/counted.ts';
import { valueText } from '../words/number-text.ts';
import { slopeText } from '../words/slope-text.ts';
import { isRounding } from './law-figures.ts';

/** Beside every table of a limit. */
export const HOW_TO_READ_LIMIT: string =
  'By width: means over seeds, of the loss the geometric one, of λ_min that of the Gram averaged over seeds. Extrapolated: a of q = a + c/n over these widths with its 95\u00a0% interval. Limit: of the equations for n → ∞ at this number of steps; theirs are features that move, not a kernel that stays.';

/** What the networks come to, first; then how near they are. */
export function limitSentences(report: LimitReport, label: string): readonly string[] {
  const last = report.loss.at(-1);
  if (last === undefined || last.byWidth.length === 0) {
    return [
      `${label}: ${report.complete ? nothingMeasured(report) : 'interrupted, nothing to compare yet'}.`,
      ...(report.limitDivergesAt === null ? [] : [divergingSentence(report.limitDivergesAt)]),
    ];
  }
  return [
    lossSentence(report, last, label),
    ...unsteadySentences(report),
    ...outsideSentences(report),
    ...distanceSentences(report),
    ...readoutSentences(report),
  ];
}

function nothingMeasured({ diverged }: LimitReport): string {
  return diverged.length > 0
    ? 'runs diverge at every width; a smaller η keeps them'
    : 'one seed or one width, which has no interval';
}

function divergingSentence(step: number): string {
  return `The limit diverges at step ${step} at this η.`;
}

function lossSentence(
  { method, limitError, limitDivergesAt }: LimitReport,
  last: LimitPoint,
  label: string,
): string {
  const widest = last.byWidth.at(-1)!;
  const networks = `networks of width ${widest.width} have a loss of ${intervalText(widest)}`;
  const extrapolated =
    last.extrapolated === null ? '' : `, extrapolated to n → ∞ ${intervalText(last.extrapolated)}`;
  if (method === 'extrapolated' || last.limit === null) {
    const why =
      limitDivergesAt === null ? 'Its limit is not computed here.' : divergingSentence(limitDivergesAt);
    return `${label} after ${counted(last.step, 'step')}: ${networks}${extrapolated}. ${why}`;
  }
  const how = method === 'exact' ? 'exactly' : `with errors up to ${valueText(limitError)} in outputs`;
  return `${label} at infinite width has a loss of ${valueText(last.limit)} after ${counted(last.step, 'step')}, ${how}; ${networks}${extrapolated}.`;
}

/** A mean over seeds that rises by more between two steps does not by chance. */
const RISE = 1.02;

/** Near the largest stable rate what width changes is no series in 1/n: some seeds oscillate, others do not. */
function unsteadySentences({ loss, diverged }: LimitReport): readonly string[] {
  const rises = loss.some(({ byWidth }, at) =>
    byWidth.some(({ width, value }) => {
      const before = loss[at - 1]?.byWidth.find((each) => each.width === width);
      return before !== undefined && value > RISE * before.value;
    }),
  );
  if (!rises && diverged.length === 0) return [];
  const what = diverged.length > 0 ? 'Runs diverge' : 'The loss rises between steps';
  return [
    `${what}: η is near the largest stable one, where a + c/n need not hold. Extrapolated values are no estimate there; a smaller η gives one.`,
  ];
}

function outsideSentences({ outside, method }: LimitReport): readonly string[] {
  const quantities = [
    { name: 'the loss', ...outside.loss },
    { name: 'λ_min', ...outside.lambdaMin },
  ].filter(({ of }) => of > 0);
  if (method === 'extrapolated' || quantities.length === 0) return [];
  const each = quantities.map(({ name, steps, of }) => `of ${name} ${atSteps(steps)} of ${of}`);
  return [`The limit lies outside the extrapolated 95\u00a0% interval ${each.join(', and ')}.`];
}

function atSteps(steps: readonly number[]): string {
  if (steps.length === 0) return 'at no step';
  return `at ${steps.length > 1 ? 'steps' : 'step'} ${listed(steps.map(String))}`;
}

function distanceSentences({ distance, marginals }: LimitReport): readonly string[] {
  const near = [
    { what: 'The Gram of one network comes near the limit’s', of: 'of it', found: distance },
    {
      what: 'How its units are spread comes near the law of the limit’s neuron',
      of: 'of its spread',
      found: marginals,
    },
  ];
  return near.flatMap(({ what, of, found }) => {
    const widest = found?.byWidth.at(-1);
    if (found === null || found.slope.value === null || widest === undefined) return [];
    return [
      `${what} like n^${slopeText(found.slope)}, where theory has −½: ${valueText(widest.value)} ${of} away at width ${widest.width}.`,
    ];
  });
}

/** The last layer as a sum: what its start still is of it, and what its updates are. */
function readoutSentences({ readout }: LimitReport): readonly string[] {
  if (readout === null) return [];
  const updates = readout.updates.reduce((sum, each) => sum + each, 0);
  const total = readout.start + updates;
  if (isRounding(total)) return ['The limit’s readout stays 0.'];
  const share = (part: number): string => `${((100 * part) / total).toFixed(0).replace('-', '−')}\u00a0%`;
  return [
    `Of the limit’s readout after training, E[Ẑ²] = ${valueText(total)}, ${share(readout.start)} is its start and ${share(updates)} its updates.`,
  ];
}

/** `0.412 (0.401–0.423)`. */
export function intervalText({ value, low, high }: LimitEstimate): string {
  return low === null || high === null
    ? valueText(value)
    : `${valueText(value)} (${valueText(low)}–${valueText(high)})`;
}
