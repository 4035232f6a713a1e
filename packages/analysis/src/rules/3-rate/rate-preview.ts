import type { GroupNumber } from '../../fixes/group-decay.ts';
import type { SplitEdits } from '../../fixes/split-group.ts';
import { numberText } from '../../words/number-text.ts';

/** How much wider a model is that numbers are told of beside those at the base width. */
const WIDER = 4;

/**
 * Rate and effective decay, rate × decay, of a group of its own at the base width and at four times that: as numbers where
 * the code has numbers, else by how much they change.
 */
export function previewText(power: number, { factor, lr, decay }: SplitEdits): string {
  const by = WIDER ** power;
  const [base, rate] = [numberOf(factor.base), numberOf(lr)];
  const decayed = decay && numberOf(decay.was);
  if (base === null || rate === null || (decay !== null && decayed === null)) {
    const same = decay === null ? '' : ' and rate × decay is as it was';
    return `At 4 times that width the rate is divided by ${numberText(by)}${same}`;
  }
  const at = (width: number, lower: number) =>
    `at ${width} rate ${numberText(rate / lower)}${decayed === null ? '' : `, rate × decay ${numberText(rate * decayed)}`}`;
  const told = `${at(base, 1)}; ${at(base * WIDER, by)}`;
  return `${told.slice(0, 1).toUpperCase()}${told.slice(1)}`;
}

/** What a number of the code is; null for anything else. */
function numberOf(written: GroupNumber): number | null {
  const text = typeof written === 'string' ? written : written.kind === 'number' ? written.text : '';
  const number = text === '' ? Number.NaN : Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? number : null;
}
