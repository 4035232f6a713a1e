import type { RunSetting } from '@widthwise/core';
import { counted } from './counted.ts';

/** What a time budget left out of an experiment, a clause; null where nothing was. */
export function cutText({ seeds, cut }: Pick<RunSetting, 'seeds' | 'cut'>): string | null {
  if (cut === undefined) return null;
  const { timeBudget, seedsAsked, endedSearch } = cut;
  const left = seedsAsked - seeds;
  const what = [
    ...(left > 0 ? [`left out ${left} of ${counted(seedsAsked, 'seed')}`] : []),
    ...(endedSearch
      ? ['ended the search for rates: intervals count how far apart those are that were tried']
      : []),
  ];
  return `the time budget of ${timeBudget} s ${what.join(' and ')}`;
}
