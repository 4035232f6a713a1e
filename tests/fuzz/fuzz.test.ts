import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Failure, runCampaign } from './harness/campaign.ts';
import { readCorpus } from './harness/corpus.ts';
import { Isolate } from './harness/isolate.ts';
import { failures } from './harness/totals-text.ts';
import { KINDS } from './kinds/kinds.ts';

const SEED = 1;

let isolate: Isolate;
beforeAll(async () => {
  isolate = await Isolate.open();
});
afterAll(() => isolate.close());

for (const kind of KINDS.filter(({ counts }) => counts.short > 0)) {
  test(`the product stands ${kind.counts.short} inputs of the kind ${kind.name}: ${kind.summary}`, async () => {
    const failed: Failure[] = [];
    const totals = await runCampaign(kind, {
      seed: SEED,
      count: kind.counts.short,
      seconds: Number.POSITIVE_INFINITY,
      corpus: readCorpus([]),
      // How long an analysis takes is judged by a long run alone.
      tellsSlow: false,
      isolates: [isolate],
      onFailure: (failure) => failed.push(failure),
    });
    expect(failed).toEqual([]);
    expect(failures(totals, { slow: false })).toBe(0);
    expect(totals.tried).toBeGreaterThan(0);
  });
}
