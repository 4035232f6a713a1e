import { COORDINATE_CHECK, type PlannedRun, train } from '@widthwise/core';
import { expect, test } from 'vitest';
import { requireEngine } from '../engines/engines.ts';
import { prepareExperiment } from './prepare.ts';
import { cutExperiment } from './time-budget.ts';

const SMALL = { data: 'mixture:2,3,4', widths: [16, 32], steps: 1, depth: 1, parametrization: 'mup' };
const budget = { seconds: 9, untilMs: 0 };

/** A check of three seeds, of which these runs have ended. */
async function ended(isEnded: (run: PlannedRun) => boolean) {
  const prepared = await prepareExperiment(COORDINATE_CHECK, { ...SMALL, seeds: 3 }, { cwd: '/' });
  const { plan, dataset } = prepared;
  const results = new Map(
    plan.filter(isEnded).map(({ hash, spec }) => {
      const run = train(spec, dataset, requireEngine(spec.engine.name));
      for (let next = run.next(); ; next = run.next()) if (next.done) return [hash, next.value];
    }),
  );
  const counts = { failures: [], computed: results.size, stored: 0, unkept: 0 };
  const outcome = { ...counts, results, plan, complete: false };
  return { outcome, cut: cutExperiment(COORDINATE_CHECK, prepared, { outcome, budget }) };
}

test('what a time budget has left is the report of fewer seeds, which says so', async () => {
  const { outcome, cut } = await ended(({ seed, width }) => seed < 2 || width === 16);
  const fewer = await prepareExperiment(COORDINATE_CHECK, { ...SMALL, seeds: 2 }, { cwd: '/' });
  expect(cut!.request).toEqual({
    ...fewer.request,
    cut: { timeBudget: 9, seedsAsked: 3, endedSearch: false },
  });
  expect(cut!.reduce({ ...outcome, complete: true })).toEqual(
    fewer.reduce({ results: outcome.results, complete: true }),
  );
});

test('nothing is left where the first seed misses a width, whatever of others has ended', async () => {
  const { cut } = await ended(({ seed, width }) => seed > 0 || width === 16);
  expect(cut).toBeNull();
});
