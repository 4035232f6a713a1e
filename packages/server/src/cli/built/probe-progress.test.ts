import { expect, test } from 'vitest';
import type { RunRecord } from '../../built/coordinates/run-record.ts';
import { ProbeProgress } from './probe-progress.ts';

const WIDTHS = [64, 128];

/** Hears the runs of some seeds at every width, and says the share of the work after each. */
function heard(progress: ProbeProgress, seeds: readonly number[]): readonly number[] {
  return WIDTHS.flatMap((width) =>
    seeds.map((seed) => {
      progress.hear({ event: 'run', width, seed } as RunRecord & { readonly event: 'run' });
      return progress.state.share;
    }),
  );
}

test('a check that goes on to more seeds is not done before them, and its share never goes back', () => {
  const question = { asks: 'coordinates', seeds: 2, steps: 3, mayGoOn: true } as const;
  const progress = new ProbeProgress(WIDTHS, question);
  const first = heard(progress, [0, 1]);
  expect(first).toEqual([1 / 8, 1 / 4, 3 / 8, 1 / 2]);
  expect(progress.state).toMatchObject({ done: 4, total: 4 });
  progress.goOn(2, 4);
  expect(progress.state).toMatchObject({ done: 4, total: 8, share: 1 / 2 });
  expect(heard(progress, [2, 3])).toEqual([9 / 16, 5 / 8, 11 / 16, 3 / 4]);
});

test('a check with the seeds that somebody asked for is done with the last', () => {
  const progress = new ProbeProgress(WIDTHS, { asks: 'coordinates', seeds: 2, steps: 3, mayGoOn: false });
  expect(heard(progress, [0, 1])).toEqual([1 / 4, 1 / 2, 3 / 4, 1]);
});
