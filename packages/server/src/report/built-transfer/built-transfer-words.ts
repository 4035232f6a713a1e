import { counted, listed, rateWords, transferSentences, transferTable, valueText } from '@widthwise/figures';
import type { BuiltTransferReport } from './built-transfer-report.ts';

/** The verdict, with its mark. */
export function builtTransferSentence(report: BuiltTransferReport): ReturnType<typeof transferSentences>[0] {
  return transferSentences([report.transfer], labelsOf(report), rateWords('end'))[0]!;
}

/** What the report is about. */
export function builtTransferTitle({ request }: BuiltTransferReport): string {
  return `${request.file}:${request.factory}: does the best learning rate transfer across width?`;
}

/** Best factors and losses by width. */
export function builtTransferTable(report: BuiltTransferReport): ReturnType<typeof transferTable> {
  const { parametrization } = report.transfer;
  return transferTable(report.transfer, { label: labelsOf(report)[parametrization]!, objective: 'end' });
}

function labelsOf({ request, transfer }: BuiltTransferReport): Readonly<Record<string, string>> {
  return { [transfer.parametrization]: `${request.file}:${request.factory}` };
}

/** What the numbers are, where they leave off, and what they can and cannot show. */
export function builtTransferNotes(report: BuiltTransferReport): readonly string[] {
  const { request, ending, hadDropout, failures } = report;
  const { steps, seeds, timeBudget, widths } = request;
  const cut = `the time budget of ${timeBudget} s ended the search after ${counted(report.rows.length, 'run')}: intervals count how far apart the rates then were. A whole search takes about ${report.wholeSeconds} s as a rule: --time-budget ${report.wholeSeconds}`;
  const dropped = 'dropout was off';
  return [
    ...failures.map(
      ({ width, why }) => `not measured${width === undefined ? '' : ` at width ${width}`}: ${why}`,
    ),
    `the rate factor multiplies every learning rate that the factory gives; at 1 they are its own (${ownText(report)})`,
    `the end loss is the mean over the last quarter of ${counted(steps, 'step')}, on the same batch at every rate and width, of ${counted(seeds, 'seed')}; schedules are held where their rates are no longer 0`,
    ...(ending === 'cut' ? [cut] : []),
    ...(hadDropout ? [dropped] : []),
    `${counted(steps, 'step')} on one batch show whether the rate that trains it fastest keeps its place from width ${widths[0]} to ${widths.at(-1)}, and coord-check --python says why where it does not. They do not show the best rate of a whole training, which data, batch size, schedule and length move, nor what becomes of wider networks; a batch that a narrow network cannot fit, or every network fits at once, hides the drift`,
  ];
}

/** `0.001`, or by width. */
function ownText({ ownRates }: BuiltTransferReport): string {
  const texts = ownRates.map(({ rate }) => valueText(rate));
  if (new Set(texts).size <= 1) return `the largest is ${texts[0] ?? 'not known'}`;
  return `the largest is ${listed(ownRates.map(({ width }, at) => `${texts[at]} at width ${width}`))}`;
}

/** Beside the table. */
export const HOW_TO_READ_BUILT_TRANSFER: string =
  'Best rate factor: that of the least end loss, geometric mean over seeds, its 95\u00a0% interval in brackets, half the distance between rates of the grid included. Drift: the power of the width that it follows over these widths, with its interval. It transfers where the interval lies within ±¼ of 0 and the factor tuned at the smallest width trains all others, and drifts where it lies beyond. That factor is, of those tried there, the one of the least mean over seeds, which need not be the mean of the best of each.';
