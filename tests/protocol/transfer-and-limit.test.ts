import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ExperimentAdvanced,
  type ExperimentSnapshot,
  ReadExperiment,
  StartExperiment,
} from '@widthwise/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

let server: ServerHandle;
beforeAll(async () => {
  server = await serverHandle();
});
afterAll(async () => {
  expect(await server.close()).toBe(0);
});

async function printed(args: readonly string[]): Promise<Record<string, unknown>> {
  const line = [CLI, ...args, '--json', '-', '--fresh'];
  return JSON.parse((await promisify(execFile)(process.execPath, line, { cwd: server.folder })).stdout);
}

test('a search for the best rates plans more as it goes: whoever appends has all of it, and what the command prints', async () => {
  const config = {
    data: 'mixture:3,4,6',
    widths: [8, 16, 32],
    seeds: 2,
    steps: 3,
    parametrizations: ['mup'],
  };
  const planned: unknown[] = [];
  server.connection.onNotification(ExperimentAdvanced, (params) => void planned.push(...params.planned));
  const started = await server.connection.sendRequest(StartExperiment, { experiment: 'transfer', config });
  const { experimentId } = started;
  expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
  // SAFETY: what was started is a search for the best rates.
  const { judgement, runs, progress } = (await server.connection.sendRequest(ReadExperiment, {
    experimentId,
  })) as ExperimentSnapshot<'transfer'>;
  expect(planned.length).toBeGreaterThan(0);
  expect(runs).toHaveLength(started.runs.length + planned.length);
  expect(progress).toMatchObject({ finished: runs.length, total: runs.length });
  const flags = '--data mixture:3,4,6 --widths 8,16,32 --seeds 2 --steps 3 --parametrizations mup';
  const { transfers, rows } = await printed(['transfer', ...flags.split(' ')]);
  expect(judgement).toMatchObject({ transfers, rows });
  expect(judgement.sentence).toContain('μP');
});

test('networks beside their limit over the wire are what the command prints', async () => {
  const config = { data: 'digits:4', widths: [16, 32, 64], seeds: 3, steps: 3, activation: 'identity' };
  const { experimentId } = await server.connection.sendRequest(StartExperiment, {
    experiment: 'limit',
    config,
  });
  expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
  // SAFETY: what was started is a comparison with the limit.
  const { judgement } = (await server.connection.sendRequest(ReadExperiment, {
    experimentId,
  })) as ExperimentSnapshot<'limit'>;
  const flags = '--data digits:4 --widths 16,32,64 --seeds 3 --steps 3 --activation identity';
  const { method, loss, lambdaMin, distance } = await printed(['limit', ...flags.split(' ')]);
  expect(judgement).toMatchObject({ method, loss, lambdaMin, distance });
  expect(judgement.sentence).toContain('at infinite width');
});
