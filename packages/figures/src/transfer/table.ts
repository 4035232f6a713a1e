import type { CarriedLoss, RateOptimum, RateTransfer } from '@widthwise/core';
import type { VerdictCell } from '../comparison/verdict-cells.ts';
import { valueText } from '../words/number-text.ts';
import { judgedSlopeText } from '../words/slope-text.ts';
import { type RateObjective, rateWords } from './rate-words.ts';
import { transferCell } from './sentences.ts';

/** One parametrization: its best rates and losses by width, in cells. */
export interface TransferTable {
  readonly label: string;
  readonly verdict: VerdictCell;
  readonly drift: string;
  readonly widths: readonly string[];
  /** Best η, least loss, loss at the tuned rate: a cell a width. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

export function transferTable(
  transfer: RateTransfer,
  { label, objective }: { readonly label: string; readonly objective: RateObjective },
): TransferTable {
  const { drift, predicted, optima, tuned } = transfer;
  const { symbol } = rateWords(objective);
  const carried =
    tuned === null
      ? []
      : [
          {
            name: `${objective} loss at ${symbol} ${objective === 'end' ? '' : '= '}${valueText(tuned.rate)}, tuned at ${tuned.width}`,
            cells: tuned.losses.map(carriedText),
          },
        ];
  return {
    label,
    verdict: transferCell(transfer),
    drift: judgedSlopeText({ ...drift, predicted, agreement: null }),
    widths: optima.map(({ width }) => String(width)),
    rows: [
      { name: `best ${symbol}`, cells: optima.map(rateText) },
      { name: `least ${objective} loss`, cells: optima.map(({ loss }) => valueText(loss)) },
      ...carried,
    ],
  };
}

const WITHOUT_RATE: Readonly<Record<Exclude<RateOptimum['state'], 'found'>, string>> = {
  'at-edge': 'beyond the grid',
  diverged: '✗ diverges',
  untrained: 'nothing learned',
  open: '…',
};

function rateText({ state, rate, low, high }: RateOptimum): string {
  if (state !== 'found') return WITHOUT_RATE[state];
  return low === null ? valueText(rate) : `${valueText(rate)} (${valueText(low)}–${valueText(high)})`;
}

function carriedText({ state, loss }: CarriedLoss): string {
  if (state === 'finished') return valueText(loss);
  return state === 'diverged' ? '✗ diverges' : '…';
}
