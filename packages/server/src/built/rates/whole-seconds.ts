import { USUAL_RATES } from '@widthwise/core';
import type { RateRecord } from './rate-record.ts';

/** What a whole search takes as a rule: so many rates and seeds at each width that was trained, by what a run took there; in half minutes. */
export function wholeSeconds(
  records: readonly Pick<RateRecord, 'width' | 'seconds'>[],
  seeds: number,
): number {
  const each = [...Map.groupBy(records, ({ width }) => width).values()].map(
    (own) => own.reduce((sum, { seconds }) => sum + seconds, 0) / own.length,
  );
  const whole = USUAL_RATES * seeds * each.reduce((sum, seconds) => sum + seconds, 0);
  return 30 * Math.max(1, Math.ceil(whole / 30));
}

/**
 * That a search will not end within its time, as soon as a run of every width has; null where it will, and before.
 *
 * @returns a clause
 */
export function whyTooLong(
  records: readonly Pick<RateRecord, 'width' | 'seconds'>[],
  { widths, seeds, timeBudget }: { widths: readonly number[]; seeds: number; timeBudget: number },
): string | null {
  const seen = new Set(records.map(({ width }) => width));
  const seconds = wholeSeconds(records, seeds);
  if (!widths.every((width) => seen.has(width)) || seconds <= timeBudget) return null;
  return `a whole search takes about ${seconds} s as a rule, and the time budget ends it after ${timeBudget} s: --time-budget ${seconds}`;
}
