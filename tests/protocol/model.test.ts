import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExplainModel, REFUSED } from '@widthwise/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CodeLensRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol';
import { type ServerHandle, serverHandle } from './server-handle.ts';

let server: ServerHandle;
const published: PublishDiagnosticsParams[] = [];
beforeAll(async () => {
  server = await serverHandle();
  await cp(join(import.meta.dirname, '../../examples'), server.folder, { recursive: true });
  server.connection.onNotification(
    PublishDiagnosticsNotification.type,
    (params) => void published.push(params),
  );
});
afterAll(async () => {
  expect(await server.close()).toBe(0);
});

/** Opens an example and answers its address and text. */
async function opened(example: string): Promise<{ uri: string; text: string }> {
  const file = join(server.folder, example, 'model.py');
  const uri = pathToFileURL(file).toString();
  const text = await readFile(file, 'utf8');
  await server.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'python', version: 1, text },
  });
  return { uri, text };
}

/** The codes last published for a document, from its version on. */
async function codes(uri: string, version: number): Promise<unknown[]> {
  const last = () => published.findLast((each) => each.uri === uri && (each.version ?? 0) >= version);
  await expect.poll(last, { timeout: 10_000 }).toBeDefined();
  return last()!.diagnostics.map(({ code }) => code);
}

test('a client that has no configuration gets the findings that the project asks for, and loses them to the fix', async () => {
  const { uri, text } = await opened('pytorch-mlp');
  expect(await codes(uri, 1)).toEqual(['MUP101', 'MUP101']);
  await server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: text.replaceAll('std=0.02', 'std=width**-0.5') }],
  });
  expect(await codes(uri, 2)).toEqual([]);
});

test('a project that says nothing of μP gets a lens and no finding', async () => {
  const { uri } = await opened('plain-mlp');
  expect(await codes(uri, 1)).toEqual([]);
  const lenses = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
  expect(lenses?.map(({ command }) => command?.command)).toContain('widthwise.explain');
});

test('what hover says of a weight, explain says of the model', async () => {
  const { uri, text } = await opened('plain-mlp');
  const line = text.split('\n').findIndex((each) => each.includes('self.middle ='));
  const character = text.split('\n')[line]!.indexOf('middle');
  const hover = await server.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line, character },
  });
  expect(JSON.stringify(hover?.contents)).toContain('middle');
  const { markdown } = await server.connection.sendRequest(ExplainModel, { uri });
  for (const weight of ['first', 'middle', 'last']) expect(markdown).toContain(weight);
});

test('explaining what is no model is refused', async () => {
  const { uri } = await opened('plain-mlp');
  const refusal = { code: REFUSED, data: { kind: 'unknown-model' } };
  const ask = (params: { uri: string; className?: string }) =>
    server.connection.sendRequest(ExplainModel, params);
  await expect(ask({ uri, className: 'Nobody' })).rejects.toMatchObject(refusal);
  await expect(ask({ uri: `${server.folderUri}/missing.py` })).rejects.toMatchObject(refusal);
});
