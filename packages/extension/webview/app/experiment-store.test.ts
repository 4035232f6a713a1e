import type { ExperimentAdvancedParams, ExperimentId } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { EXAMPLE_ID, exampleComparison } from './example-comparison.fixture.ts';
import { ExperimentStore } from './experiment-store.ts';

const advance = (revision: number, steps: number[], run = 0): ExperimentAdvancedParams => ({
  experimentId: EXAMPLE_ID,
  revision,
  state: { kind: 'running' },
  progress: { finished: 0, total: 4, secondsLeft: 3 },
  planned: [],
  runs: [
    {
      run,
      state: { kind: 'running' },
      series: [{ quantity: 'loss', layer: null, steps, values: steps.map((step) => 1 / (step + 1)) }],
      outcome: null,
    },
  ],
  judgement: null,
});

function hydrated(): ExperimentStore {
  const store = new ExperimentStore();
  store.hydrate(exampleComparison());
  return store;
}

test('appends what comes, column by column', () => {
  const store = hydrated();
  expect(store.advance(advance(1, [0, 1]))).toBe('applied');
  expect(store.advance(advance(2, [2]))).toBe('applied');
  const [loss] = store.shown!.runs[0]!.columns;
  expect(loss).toMatchObject({ steps: [0, 1, 2], values: [1, 1 / 2, 1 / 3], min: 1 / 3, max: 1 });
  expect(store.shown).toMatchObject({ latestRun: 0, progress: { secondsLeft: 3 } });
});

test('a message that the hydration already held is not appended twice', () => {
  const store = new ExperimentStore();
  store.hydrate({ ...exampleComparison(), revision: 5 });
  expect(store.advance(advance(5, [0]))).toBe('ignored');
  expect(store.shown!.runs[0]!.columns).toEqual([]);
});

test('a gap asks for the whole experiment and appends nothing', () => {
  const store = hydrated();
  expect(store.advance(advance(2, [1]))).toBe('missed');
  expect(store.shown!.runs[0]!.columns).toEqual([]);
});

test('another experiment changes nothing', () => {
  const store = hydrated();
  const other = 'other' as ExperimentId;
  expect(store.advance({ ...advance(1, [0]), experimentId: other })).toBe('ignored');
  store.end({ experimentId: other, state: { kind: 'cancelled' } });
  expect(store.shown!.state).toEqual({ kind: 'running' });
});

test('hydrated in the middle, it stands where a view stands that saw every message', () => {
  const watching = hydrated();
  watching.advance(advance(1, [0, 1], 2));
  watching.advance(advance(2, [2], 2));
  const late = new ExperimentStore();
  const runs = exampleComparison().runs.map((run, index) =>
    index === 2
      ? {
          ...run,
          state: { kind: 'running' } as const,
          series: [{ quantity: 'loss' as const, layer: null, steps: [0, 1, 2], values: [1, 1 / 2, 1 / 3] }],
        }
      : run,
  );
  late.hydrate({ ...exampleComparison(), revision: 2, runs, progress: advance(2, []).progress });
  expect(late.shown).toEqual(watching.shown);
});

test('the judgement stays until a new one comes', () => {
  const store = hydrated();
  const judgement = {
    slopes: {},
    verdicts: {},
    features: null,
    infiniteWidth: null,
    sentence: 'μP keeps them.',
  };
  store.advance({ ...advance(1, [0]), judgement });
  store.advance(advance(2, [1]));
  expect(store.shown!.judgement.sentence).toBe('μP keeps them.');
});

test('a new comparison ends the loss of the old one', () => {
  const store = hydrated();
  store.lost = 'the server is gone';
  store.hydrate(exampleComparison());
  expect(store.lost).toBeNull();
});

test('an experiment that waited for a place says when it has begun', () => {
  const store = new ExperimentStore();
  store.hydrate({ ...exampleComparison(), state: { kind: 'queued', before: 1 } });
  store.advance({ ...advance(1, []), runs: [] });
  expect(store.shown?.state).toEqual({ kind: 'running' });
});

test('runs that are planned on the way come after those there are, and are drawn as they advance', () => {
  const store = hydrated();
  const { length } = store.shown!.runs;
  const cell = { parametrization: 'mup', width: 64, seed: 9 };
  store.advance({
    ...advance(1, [0, 1], length),
    planned: [{ ...cell, state: { kind: 'waiting' }, series: [], outcome: null }],
  });
  expect(store.shown!.runs).toHaveLength(length + 1);
  expect(store.shown!.runs[length]).toMatchObject({ ...cell, columns: [{ steps: [0, 1] }] });
});
