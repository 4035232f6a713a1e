import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMPARISON, mixtureDataset, type RunSpec } from '@widthwise/core';
import { expect, onTestFinished, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { ThreadPool } from './thread-pool.ts';

/** Threads that answer every order so. */
async function poolOf(answer: string): Promise<ThreadPool> {
  const directory = await mkdtemp(join(tmpdir(), 'widthwise-pool-'));
  const entry = join(directory, 'worker.mjs');
  await writeFile(
    entry,
    `import { parentPort, workerData } from 'node:worker_threads';
     parentPort.on('message', (order) => { ${answer} });`,
  );
  const data = mixtureDataset({ classes: 2, dim: 2, samples: 4, seed: 0 });
  const pool = new ThreadPool(data, { workerEntry: pathToFileURL(entry) });
  onTestFinished(async () => {
    await pool.close();
    await rm(directory, { recursive: true, force: true });
  });
  return pool;
}

async function spec(): Promise<RunSpec> {
  const small = { data: 'mixture:2,2,4', widths: [8, 16], depth: 1, steps: 1, seeds: 1 };
  return (await prepareExperiment(COMPARISON, small, { cwd: '' })).plan[0]!.spec;
}

test('how fast threads are together is tried while each of them is busy', async () => {
  const pool = await poolOf(`
    const begun = new Int32Array(workerData.stop);
    Atomics.add(begun, 0, 1);
    while (Atomics.load(begun, 0) < 2);
    parentPort.postMessage({ kind: 'tried', rate: 3, results: [] });`);
  expect((await pool.try(await spec(), [], 2)).rate).toBe(6);
});

test('each thread tries runs of its own seeds', async () => {
  const pool = await poolOf(
    `parentPort.postMessage({ kind: 'tried', rate: 1, results: order.runs.map(({ seed }) => seed) });`,
  );
  const run = await spec();
  const runs = [0, 0, 1, 2, 3].map((seed) => ({ ...run, seed }));
  expect((await pool.try(run, runs, 2)).results).toEqual([0, 0, 2, 1, 3]);
});

test('a thread that ends in its trial is told of', async () => {
  const pool = await poolOf('process.exit(5);');
  const tried = pool.try(await spec(), [], 1);
  await expect(tried).rejects.toThrow('a thread ended with code 5 in its first run');
});
