import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ExperimentSnapshot, REFUSED, ReadExperiment, StartExperiment } from '@widthwise/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');
const CONFIG = { data: 'mixture:4,8,24', widths: [32, 64, 128], seeds: 3, parametrization: 'ntp' };
const FLAGS = [
  '--data',
  'mixture:4,8,24',
  '--widths',
  '32,64,128',
  '--seeds',
  '3',
  '--parametrization',
  'ntp',
];

let server: ServerHandle;
beforeAll(async () => {
  server = await serverHandle();
});
afterAll(async () => {
  expect(await server.close()).toBe(0);
});

test('a coordinate check over the wire finds what the command prints', async () => {
  const { experimentId, experiment } = await server.connection.sendRequest(StartExperiment, {
    experiment: 'coord-check',
    config: CONFIG,
  });
  expect(experiment).toBe('coord-check');
  expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
  // SAFETY: what was started is a coordinate check.
  const { judgement, plan } = (await server.connection.sendRequest(ReadExperiment, {
    experimentId,
  })) as ExperimentSnapshot<'coord-check'>;
  const args = [CLI, 'coord-check', ...FLAGS, '--json', '-', '--fresh'];
  const run = promisify(execFile)(process.execPath, args, { cwd: server.folder });
  // A failed check exits with 1, and says all the same.
  const { stdout } = await run.catch((error: { readonly stdout: string }) => error);
  const { verdict, layers } = JSON.parse(stdout);
  expect(judgement).toMatchObject({ verdict, layers });
  expect(plan.parametrizations).toEqual([{ name: 'ntp', label: 'NTP' }]);
});

test('what it refuses is said in the words of its own settings', async () => {
  const start = server.connection.sendRequest(StartExperiment, {
    experiment: 'coord-check',
    config: { parametrization: 'mpu' },
  });
  await expect(start).rejects.toMatchObject({
    code: REFUSED,
    message: expect.stringMatching(/^widthwise\.coordCheck\.parametrization: 'mpu' does not exist/),
  });
});
