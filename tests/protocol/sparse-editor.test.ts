import { ReadExperiment, StartExperiment } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { RegistrationRequest, ResponseError } from 'vscode-languageserver-protocol';
import { storedHashes } from '../cli/widthwise-process.ts';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const TINY = { widths: [16, 32], parametrizations: ['mup'], steps: 1, seeds: 1 };

/** Runs a comparison to its end; answers how many results the folder then keeps. */
async function keptAfterComparing({ connection, endOf, folder }: ServerHandle): Promise<number> {
  const { experimentId } = await connection.sendRequest(StartExperiment, {
    experiment: 'compare',
    config: TINY,
  });
  expect(await endOf(experimentId)).toEqual({ kind: 'finished' });
  await connection.sendRequest(ReadExperiment, { experimentId });
  return (await storedHashes(folder)).length;
}

test('an editor that knows folders but takes no registrations keeps its server', async () => {
  const server = await serverHandle({ workspace: { workspaceFolders: true } });
  const refused: string[] = [];
  server.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    refused.push(...registrations.map(({ method }) => method));
    throw new ResponseError(-32_601, 'no registrations here');
  });
  expect(server.initialized.capabilities.workspace?.workspaceFolders).toMatchObject({ supported: true });
  expect(await keptAfterComparing(server)).toBe(2);
  expect(refused).toEqual([]);
  expect(await server.close()).toBe(0);
});

test('an editor that knows one root and no folders has its results kept there', async () => {
  const server = await serverHandle({}, { workspaceFolders: null });
  expect(await keptAfterComparing(server)).toBe(2);
  expect(await server.close()).toBe(0);
});
