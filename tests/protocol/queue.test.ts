import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancelExperiment,
  ExperimentAdvanced,
  type ExperimentConfig,
  type ExperimentSnapshot,
  REFUSED,
  ReadExperiment,
  StartExperiment,
} from '@widthwise/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  DidOpenTextDocumentNotification,
  HoverRequest,
  LSPErrorCodes,
} from 'vscode-languageserver-protocol';
import { type ServerHandle, serverHandle } from './server-handle.ts';

/** Many minutes of work, so that it is surely still running at the end of a test; prepared in a moment. */
const LONG = { data: 'mixture:2,4,10', widths: [512, 1024], parametrizations: ['mup'], steps: 100_000 };
/** Minutes of preparation: the kernel of a thousand samples. */
const HEAVY = { data: 'mixture:10,64,2048', probe: 1024, widths: [16_384, 16_385] };

let server: ServerHandle;
beforeEach(async () => {
  server = await serverHandle();
});
afterEach(async () => {
  expect(await server.close()).toBe(0);
});

const start = (config: ExperimentConfig): Promise<ExperimentSnapshot> =>
  server.connection.sendRequest(StartExperiment, { experiment: 'compare', config });

const cancel = ({ experimentId }: ExperimentSnapshot): Promise<ExperimentSnapshot> =>
  server.connection.sendRequest(CancelExperiment, { experimentId });

const read = ({ experimentId }: ExperimentSnapshot): Promise<ExperimentSnapshot> =>
  server.connection.sendRequest(ReadExperiment, { experimentId });

/** Starts so many, each of other runs, one after the other. */
async function started(count: number): Promise<ExperimentSnapshot[]> {
  const snapshots: ExperimentSnapshot[] = [];
  for (let index = 0; index < count; index++)
    snapshots.push(await start({ ...LONG, steps: LONG.steps - index }));
  return snapshots;
}

const QUEUED = (before: number) => ({ kind: 'queued', before });

test('the server answers while an experiment is prepared, and a cancelled preparation ends', async () => {
  const uri = pathToFileURL(join(server.folder, 'model.py')).toString();
  const text = 'import torch.nn as nn\nlayer = nn.Linear(2, 3)\n';
  await server.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'python', version: 1, text },
  });
  const source = new CancellationTokenSource();
  const told: string[] = [];
  const heavy = server.connection
    .sendRequest(StartExperiment, { experiment: 'compare', config: HEAVY }, source.token)
    .then(
      () => told.push('prepared'),
      (error) => {
        told.push('cancelled');
        return error;
      },
    );
  for (let index = 0; index < 20; index++) {
    await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 2 },
    });
  }
  told.push('hovered');
  source.cancel();
  expect(await heavy).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(told).toEqual(['hovered', 'cancelled']);
});

test('two experiments run, the others say their place and move up', async () => {
  const [first, second, third, fourth, fifth] = await started(5);
  expect([first, second].map((each) => each!.state)).toEqual([{ kind: 'running' }, { kind: 'running' }]);
  expect([third, fourth, fifth].map((each) => each!.state)).toEqual([1, 2, 3].map(QUEUED));

  const { state } = await cancel(third);
  expect(state).toEqual({ kind: 'cancelled' });
  expect(await server.endOf(third!.experimentId)).toEqual({ kind: 'cancelled' });
  expect(await read(fifth)).toMatchObject({ state: QUEUED(2) });

  await cancel(first);
  const running = new Promise((resolve) =>
    server.connection.onNotification(ExperimentAdvanced, ({ experimentId, runs }) => {
      if (experimentId === fourth!.experimentId && runs.length > 0) resolve(null);
    }),
  );
  await running;
  const now = await read(fourth);
  expect(now).toMatchObject({ state: { kind: 'running' }, plan: fourth!.plan });
  expect(await read(fifth)).toMatchObject({ state: QUEUED(1) });
});

test('what waited is told from its first message to its end without a gap', async () => {
  const told: number[] = [];
  const [first] = await started(2);
  const small = { widths: [16, 32], parametrizations: ['mup'], steps: 2, seeds: 1, data: 'mixture:2,4,10' };
  const waiting = await start(small);
  expect(waiting.state).toEqual(QUEUED(1));
  server.connection.onNotification(ExperimentAdvanced, ({ experimentId, revision }) => {
    if (experimentId === waiting.experimentId) told.push(revision);
  });
  await cancel(first);
  expect(await server.endOf(waiting.experimentId)).toEqual({ kind: 'finished' });
  const whole = await read(waiting);
  expect(told).toEqual(told.map((_, index) => index + 1));
  expect(whole.revision).toBe(told.length);
  expect(whole.runs.map(({ state }) => state.kind)).toEqual(['finished', 'finished']);
});

test('data that has changed while an experiment waited ends it with a reason', async () => {
  const table = join(server.folder, 'points.csv');
  const rows = Array.from({ length: 12 }, (_, row) => `${row},${row % 3},${row % 2}`);
  await writeFile(table, ['a,b,label', ...rows].join('\n'));
  const [first] = await started(2);
  const waiting = await start({ widths: [16, 32], steps: 2, seeds: 1, data: 'csv:points.csv' });
  await writeFile(table, ['a,b,label', ...rows, '100,2,1'].join('\n'));
  await cancel(first);
  expect(await server.endOf(waiting.experimentId)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('has changed while it waited'),
  });
});

test('more than ten are refused with a sentence', async () => {
  await started(10);
  await expect(start(LONG)).rejects.toMatchObject({
    code: REFUSED,
    data: { kind: 'busy' },
    message: '10 experiments are running or waiting: cancel one, or wait until one ends.',
  });
});
