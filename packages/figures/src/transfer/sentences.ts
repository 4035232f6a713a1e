import type { RateTransfer } from '@widthwise/core';
import { type Mark, SIGNS, type VerdictCell } from '../comparison/verdict-cells.ts';
import { listed } from '../words/counted.ts';
import { exponentText } from '../words/slope-text.ts';
import { type RateWords, rateWords } from './rate-words.ts';

const CELLS: Readonly<Record<NonNullable<RateTransfer['verdict']>, VerdictCell>> = {
  transfers: { mark: 'yes', word: 'transfers' },
  drifts: { mark: 'no', word: 'drifts' },
  undecided: { mark: 'open', word: 'undecided' },
};

/** A verdict as a sign and a word; neither where the search was interrupted. */
export function transferCell({ verdict }: Pick<RateTransfer, 'verdict'>): VerdictCell {
  return verdict === null ? { mark: 'none', word: '' } : CELLS[verdict];
}

/** Beside every table of best rates. */
export const HOW_TO_READ_TRANSFER: string =
  'Best η: the rate of the least loss, mean over steps or final, geometric mean over seeds, its 95\u00a0% interval in brackets, half the distance between rates of the grid included. Drift: the power of the width that it follows over these widths, with its interval; in brackets what theory foretells if the best rate is as large as can be with nothing growing. It transfers where the interval lies within ±¼ of 0 and the rate tuned at the smallest width trains all others: of the rates that were tried there, the one of the least mean over its seeds.';

/** What becomes of the best rate under one parametrization, in one sentence. */
function transferSentence(transfer: RateTransfer, label: string, words: RateWords): string {
  const { verdict, optima, reasons } = transfer;
  if (verdict === null) return `${label}: interrupted, no verdict.`;
  if (verdict === 'undecided') return `${label} is undecided: ${reasons.join('; ')}.`;
  const [from, to] = [optima[0]!.width, optima.at(-1)!.width];
  if (verdict === 'transfers') {
    return `${label} transfers: the best ${words.rate} keeps its size from width ${from} to ${to} (${powerText(transfer, words)})${widerText(transfer, words)}.`;
  }
  const way = transfer.drift.value! < 0 ? 'falls' : 'grows';
  return `${label} does not transfer: its best ${words.rate} ${way} as the network widens (${powerText(transfer, words)})${costText(transfer, words)}.`;
}

/** The verdict of each in turn. */
export function transferSentences(
  transfers: readonly RateTransfer[],
  labels: Readonly<Record<string, string>>,
  words: RateWords = rateWords('mean'),
): readonly { readonly mark: Mark; readonly text: string }[] {
  return transfers.map((transfer) => ({
    mark: transferCell(transfer).mark,
    text: transferSentence(transfer, labels[transfer.parametrization] ?? transfer.parametrization, words),
  }));
}

/** The verdicts in one text, each with its sign. */
export function transferAnswer(
  transfers: readonly RateTransfer[],
  labels: Readonly<Record<string, string>>,
): string {
  return transferSentences(transfers, labels)
    .map(({ mark, text }) => `${SIGNS[mark]} ${text}`.trim())
    .join(' ');
}

function powerText({ drift: { value, low, high } }: RateTransfer, { symbol }: RateWords): string {
  return `${symbol} ∝ n^${exponentText(value!)}, ${exponentText(low!)} to ${exponentText(high!)}`;
}

function widerText({ wider, tuned }: RateTransfer, { rate }: RateWords): string {
  if (wider === 'better')
    return `, and with the ${rate} tuned at ${tuned!.width} wider networks reach a lower loss`;
  if (wider === 'worse')
    return `, though with the ${rate} tuned at ${tuned!.width} wider networks end at a higher loss`;
  return '';
}

/** What tuning at the smallest width costs at others. */
function costText({ tuned }: RateTransfer, { rate }: RateWords): string {
  if (tuned === null) return '';
  const lost = tuned.losses.filter(({ state }) => state === 'diverged').map(({ width }) => String(width));
  if (lost.length > 0) {
    return `; the ${rate} tuned at width ${tuned.width} diverges at width${lost.length > 1 ? 's' : ''} ${listed(lost)}`;
  }
  const excess = tuned.losses.at(-1)?.excess ?? null;
  if (excess === null || excess < WORTH_SAYING) return '';
  return `; the ${rate} tuned at width ${tuned.width} leaves ${Number(excess.toPrecision(2))} times the least loss at width ${tuned.losses.at(-1)!.width}`;
}

/** A loss above the least by less is no cost. */
const WORTH_SAYING = 1.1;
