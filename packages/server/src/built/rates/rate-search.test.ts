import { expect, test } from 'vitest';
import type { RateRecord, RateRun } from './rate-record.ts';
import { RateSearch } from './rate-search.ts';

const WIDTHS = [64, 128, 256];

/** A run whose best factor goes like n^drift, and which diverges far beyond it. */
function trained([width, seed, factor]: RateRun, drift: number): RateRecord {
  const off = Math.log(factor / (3 * (width / 64) ** drift)) + 0.02 * seed;
  const diverges = off > 2;
  return {
    ...{ event: 'rate', width, seed, factor, rate: 1e-3, hadDropout: false, seconds: 0 },
    losses: diverges ? [2, null] : [2, 1.5, 0.1 + 0.05 * off * off, 0.1 + 0.05 * off * off],
    stoppedAt: diverges ? 1 : null,
  };
}

/** A search that has trained so many runs, or all that it wants. */
function searched({ drift, most = Number.POSITIVE_INFINITY }: { drift: number; most?: number }): RateSearch {
  const search = new RateSearch({ name: 'make', widths: WIDTHS, seeds: 3 });
  for (let count = 0; count < most; count++) {
    const run = search.next();
    if (run === null) break;
    search.heard(trained(run, drift));
  }
  return search;
}

test('a best rate that falls with the width drifts by its power', () => {
  const transfer = searched({ drift: -1 }).transfer('whole');
  expect(transfer).toMatchObject({ verdict: 'drifts', reasons: [] });
  expect(transfer?.drift.value).toBeCloseTo(-1, 2);
});

test('one that keeps its place transfers, and one run has one row', () => {
  const search = searched({ drift: 0 });
  expect(search.transfer('whole')).toMatchObject({ verdict: 'transfers' });
  const keys = search.rows().map(({ width, rate, seed }) => `${width} ${rate} ${seed}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a search that time ends is judged by the rates that it has, with the wider interval', () => {
  const whole = searched({ drift: -1 }).transfer('whole');
  const cut = searched({ drift: -1, most: 75 }).transfer('cut');
  expect(cut?.optima.map(({ state }) => state)).toEqual(['found', 'found', 'found']);
  expect(cut!.drift.high! - cut!.drift.low!).toBeGreaterThan(whole!.drift.high! - whole!.drift.low!);
  expect([cut!.drift.low! < -1, cut!.drift.high! > -1]).toEqual([true, true]);
});

test('a search that time ends before every width has neighbors of its best is undecided', () => {
  expect(searched({ drift: 0, most: 20 }).transfer('cut')).toMatchObject({ verdict: 'undecided' });
});

test('where a search that time ends leaves both open, time narrows it, and not seeds', () => {
  const { verdict, reasons } = searched({ drift: 0.2, most: 75 }).transfer('cut')!;
  expect({ verdict, reasons }).toEqual({
    verdict: 'undecided',
    reasons: ['the interval of the drift holds both: a search that is not ended early narrows it'],
  });
});

test('one that somebody stops is not judged', () => {
  expect(searched({ drift: 0, most: 75 }).transfer('stopped')).toMatchObject({ verdict: null });
});

test('a width that cannot be trained is left out', () => {
  const search = new RateSearch({ name: 'make', widths: WIDTHS, seeds: 3 });
  search.leaveOut(64);
  for (let run = search.next(); run !== null; run = search.next()) search.heard(trained(run, 0));
  const transfer = search.transfer('whole');
  expect(transfer?.optima.map(({ width }) => width)).toEqual([128, 256]);
  expect(transfer).toMatchObject({ verdict: 'undecided', reasons: ['fewer than 3 widths'] });
});

test('what carrying a rate costs is by the least loss that stands beside it', () => {
  const { tuned, optima } = searched({ drift: -1 }).transfer('whole')!;
  const [carried, least] = [tuned!.losses.at(-1)!, optima.at(-1)!.loss!];
  expect(carried.excess! * least).toBeCloseTo(carried.loss!, 12);
});

test('where the loss falls to 0 no rate is best, and nothing is judged', () => {
  const search = new RateSearch({ name: 'make', widths: WIDTHS, seeds: 3 });
  for (let run = search.next(); run !== null; run = search.next()) {
    const record = trained(run, 0);
    search.heard(run[0] === 256 && run[2] > 1 && run[2] < 9 ? { ...record, losses: [2, 0, 0, 0] } : record);
  }
  expect(search.transfer('whole')).toMatchObject({
    verdict: 'undecided',
    reasons: [expect.stringMatching(/^the loss falls to 0 at width 256, where no rate is best/)],
  });
});
