import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ExperimentSnapshot, ReadExperiment, StartExperiment } from '@widthwise/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');
const CONFIG = { data: 'mixture:3,8,8', widths: [32, 64], seeds: 2, steps: 20, depth: 2 };
const FLAGS = Object.entries(CONFIG).flatMap(([name, value]) => [`--${name}`, String(value)]);

let server: ServerHandle;
beforeAll(async () => {
  server = await serverHandle();
});
afterAll(async () => {
  expect(await server.close()).toBe(0);
});

test('a convergence check over the wire finds what the command prints', async () => {
  const { experimentId, experiment } = await server.connection.sendRequest(StartExperiment, {
    experiment: 'check',
    config: CONFIG,
  });
  expect(experiment).toBe('check');
  expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
  // SAFETY: what was started is a convergence check.
  const { judgement, plan, runs } = (await server.connection.sendRequest(ReadExperiment, {
    experimentId,
  })) as ExperimentSnapshot<'check'>;
  const args = [CLI, 'check', ...FLAGS, '--json', '-', '--fresh'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: server.folder });
  const { verdict, bound, independence, hypotheses } = JSON.parse(stdout);
  expect(judgement).toMatchObject({ verdict, bound, independence, hypotheses });
  expect(judgement.sentence).toMatch(/^μP at width 64 /);
  expect(plan.limits['mup']).toHaveLength(2);
  expect(new Set(runs[0]?.series.map(({ quantity }) => quantity))).toContain('tangentErrorBound');
});
