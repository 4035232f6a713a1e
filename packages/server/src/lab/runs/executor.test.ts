import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMPARISON } from '@widthwise/core';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import type { PreparedExperiment } from '../experiments/prepared.ts';
import { openStore, type Store } from '../store/store.ts';
import { type ExecuteOptions, executePlan } from './executor.ts';
import type { PlanEvents } from './plan-events.ts';

const BUILT_WORKER = new URL('../../../dist/run-worker.js', import.meta.url);

let directory: string;
let store: Store;
let prepared: PreparedExperiment;
let options: ExecuteOptions;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'widthwise-runs-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  store = await openStore(directory);
  const params = { widths: [16, 32], parametrizations: ['sp', 'mup'], seeds: 2, steps: 3, depth: 2 };
  prepared = await prepareExperiment(COMPARISON, params, { cwd: directory });
  options = { dataset: prepared.dataset, store, workers: 2, workerEntry: BUILT_WORKER };
});

/** What an execution told, by kind. */
function recorder(): { events: PlanEvents; told: string[]; steps: Map<number, number[]> } {
  const told: string[] = [];
  const steps = new Map<number, number[]>();
  const events: PlanEvents = {
    started: (index) => void told.push(`started ${index}`),
    advanced: (index, records) =>
      void steps.set(index, [...(steps.get(index) ?? []), ...records.map(({ step }) => step)]),
    ended: (index, _, origin) => void told.push(`ended ${index} ${origin}`),
    failed: (index, { message }) => void told.push(`failed ${index}: ${message}`),
  };
  return { events, told, steps };
}

test('every run of a plan is told from its first step to its result', async () => {
  const { events, told, steps } = recorder();
  const outcome = await executePlan(prepared.plan, { ...options, events });
  expect(outcome).toMatchObject({ complete: true, failures: [], computed: 8, stored: 0 });
  expect(outcome.results.size).toBe(8);
  for (const index of prepared.plan.keys()) {
    expect(told).toContain(`started ${index}`);
    expect(told).toContain(`ended ${index} computed`);
    expect(steps.get(index)).toEqual([0, 1, 2, 3]);
  }
});

test('two cells of one run share it', async () => {
  const { events, told } = recorder();
  const twice = [prepared.plan[0]!, prepared.plan[0]!];
  const outcome = await executePlan(twice, { ...options, events });
  expect(outcome.computed).toBe(1);
  expect(told).toEqual(['started 0', 'ended 0 computed', 'ended 1 computed']);
});

test('what the store has is told as such and starts nothing', async () => {
  await executePlan(prepared.plan.slice(0, 3), options);
  const { events, told } = recorder();
  const outcome = await executePlan(prepared.plan, { ...options, events });
  expect(outcome).toMatchObject({ computed: 5, stored: 3 });
  expect(told.slice(0, 3)).toEqual(['ended 0 store', 'ended 1 store', 'ended 2 store']);
  expect(told.filter((line) => line.startsWith('started'))).toHaveLength(5);
});

test('what was trained to try a machine is told as computed, kept, and not trained again', async () => {
  const whole = await executePlan(prepared.plan, {
    ...options,
    store: await openStore(join(directory, 'other')),
  });
  const tried = prepared.plan.slice(0, 2).map(({ hash }) => whole.results.get(hash)!);
  const { events, told } = recorder();
  const outcome = await executePlan(prepared.plan, { ...options, events, tried });
  expect(outcome).toMatchObject({ complete: true, computed: 8, stored: 0 });
  expect(told.slice(0, 2)).toEqual(['ended 0 computed', 'ended 1 computed']);
  expect(told.filter((line) => line.startsWith('started'))).toHaveLength(6);
  expect(await store.list()).toHaveLength(8);
});

test('a thread trains its next run while the result of the last one is kept', async () => {
  let begun = 0;
  let secondBegins = (): void => {};
  const second = new Promise<void>((resolve) => {
    secondBegins = resolve;
  });
  const slow: Store = { ...store, publish: (result) => second.then(() => store.publish(result)) };
  const events: PlanEvents = {
    started: () => {
      if (++begun === 2) secondBegins();
    },
  };
  const outcome = await executePlan(prepared.plan, { ...options, store: slow, workers: 1, events });
  expect(outcome).toMatchObject({ complete: true, computed: 8, unkept: 0 });
  expect(await store.list()).toHaveLength(8);
});

test('an execution aborted before it starts runs nothing', async () => {
  const outcome = await executePlan(prepared.plan, { ...options, signal: AbortSignal.abort() });
  expect(outcome).toMatchObject({ complete: false, computed: 0, stored: 0 });
});

test('aborting stops the runs in hand between two steps and keeps what was finished', async () => {
  const long = await prepareExperiment(
    COMPARISON,
    { widths: [16, 512], steps: 100_000, seeds: 1 },
    { cwd: directory },
  );
  const abort = new AbortController();
  const outcome = await executePlan(long.plan, {
    ...options,
    dataset: long.request.dataset,
    signal: abort.signal,
    events: { advanced: () => abort.abort() },
  });
  expect(outcome.complete).toBe(false);
  expect(outcome.failures).toEqual([]);
  expect([...(await store.list())].sort()).toEqual([...outcome.results.keys()].sort());
});

test('a thread that crashes fails its run and no other', async () => {
  const entry = join(directory, 'crashing-worker.mjs');
  await writeFile(
    entry,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ index }) => {
       if (index === 1) process.exit(3);
       if (index === 2) throw new Error('out of luck');
       parentPort.postMessage({ kind: 'failed', index, message: 'as told' });
     });`,
  );
  const { events, told } = recorder();
  const plan = prepared.plan.slice(0, 4);
  const outcome = await executePlan(plan, { ...options, events, workerEntry: pathToFileURL(entry) });
  expect(told.filter((line) => line.startsWith('failed')).sort()).toEqual([
    'failed 0: as told',
    'failed 1: its thread ended with code 3',
    'failed 2: out of luck',
    'failed 3: as told',
  ]);
  expect(outcome.failures.map(({ hash }) => hash).sort()).toEqual(plan.map(({ hash }) => hash).sort());
});

test('aborting ends a thread that never looks up, and the plan with it', async () => {
  const entry = join(directory, 'deaf-worker.mjs');
  await writeFile(
    entry,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ index }) => {
       parentPort.postMessage({ kind: 'advanced', index, records: [] });
       for (;;);
     });`,
  );
  const abort = new AbortController();
  const outcome = await executePlan(prepared.plan, {
    ...options,
    workerEntry: pathToFileURL(entry),
    signal: abort.signal,
    events: { advanced: () => abort.abort() },
  });
  expect(outcome).toMatchObject({ complete: false, failures: [], computed: 0 });
});

test('a thread in native code is ended after it, as the process would be aborted', async () => {
  const entry = join(directory, 'native-worker.mjs');
  const returned = join(directory, 'returned');
  await writeFile(
    entry,
    `import { writeFileSync } from 'node:fs';
     import { parentPort, workerData } from 'node:worker_threads';
     const native = new Int32Array(workerData.native);
     parentPort.on('message', ({ index }) => {
       Atomics.store(native, 0, 1);
       parentPort.postMessage({ kind: 'advanced', index, records: [] });
       for (const until = performance.now() + 300; performance.now() < until;);
       writeFileSync(${JSON.stringify(returned)}, '');
       Atomics.store(native, 0, 0);
       for (;;);
     });`,
  );
  const abort = new AbortController();
  await executePlan(prepared.plan.slice(0, 1), {
    ...options,
    workerEntry: pathToFileURL(entry),
    signal: abort.signal,
    events: { advanced: () => abort.abort() },
  });
  expect(existsSync(returned)).toBe(true);
});

test('threads without a share of the machine wait, also when it shrinks on the way', async () => {
  let ended = 0;
  let most = 0;
  // Begun since the share is 1: what was in hand before goes on to its end.
  const begunSince = new Set<number>();
  const outcome = await executePlan(prepared.plan, {
    ...options,
    workers: 3,
    share: () => (ended < 2 ? 3 : 1),
    events: {
      started: (index) => {
        if (ended < 2) return;
        begunSince.add(index);
        most = Math.max(most, begunSince.size);
      },
      ended: (index) => {
        begunSince.delete(index);
        ended++;
      },
    },
  });
  expect(outcome).toMatchObject({ complete: true, computed: 8 });
  expect(most).toBe(1);
});

test('results that cannot be kept are noted once and not lost', async () => {
  const notes: string[] = [];
  const full: Store = { ...store, publish: () => Promise.reject(new Error('no space left')) };
  const outcome = await executePlan(prepared.plan, {
    ...options,
    store: full,
    events: { noted: (sentence) => void notes.push(sentence) },
  });
  expect(outcome).toMatchObject({ complete: true, computed: 8 });
  expect(notes).toEqual([
    `results cannot be kept in ${directory} (no space left); the next time they are computed anew`,
  ]);
});
