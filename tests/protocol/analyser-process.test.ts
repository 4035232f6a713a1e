import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import {
  CodeLensRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol';
import { inModel } from '../fuzz/adversarial/named-text.ts';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const MODEL = await readFile(join(import.meta.dirname, '../../examples/plain-mlp/model.py'), 'utf8');

/** Each ended the server or the document's analysis for good. */
const HOSTILE = {
  'a text of 2^27 letters that is split': inModel(
    "s = 'ab'",
    'for i in range(27): s = s + s',
    "s.split('b')",
  ),
  'a text that doubles beyond what a text may be': inModel("s = 'ab'", 'for i in range(60): s = s + s'),
  'a list that doubles beyond what a list may be': inModel('xs = [1, 2]', 'for i in range(60): xs = xs + xs'),
};

async function server(): Promise<ServerHandle> {
  const handle = await serverHandle();
  onTestFinished(async () => {
    expect(await handle.close()).toBe(0);
  });
  return handle;
}

/** Opens a text; resolves when its diagnostics have come. */
function editing({ connection }: ServerHandle) {
  const told = new Map<string, number>();
  connection.onNotification(
    PublishDiagnosticsNotification.type,
    ({ uri, version = 0 }) => void told.set(uri, version),
  );
  const toldOf = (uri: string, version: number): Promise<void> =>
    expect.poll(() => told.get(uri), { timeout: 60_000 }).toBe(version);
  return {
    async open(uri: string, text: string): Promise<void> {
      const textDocument = { uri, languageId: 'python', version: 1, text };
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      await toldOf(uri, 1);
    },
    async type(uri: string, version: number, text: string): Promise<void> {
      const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
      await connection.sendNotification(DidChangeTextDocumentNotification.type, change);
      await toldOf(uri, version);
    },
    lensesOf: async (uri: string): Promise<number> => {
      const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
      return lenses?.length ?? 0;
    },
  };
}

test.each(Object.entries(HOSTILE))(
  '%s costs its own document that version, and no other anything',
  async (_, hostile) => {
    const handle = await server();
    const { open, type, lensesOf } = editing(handle);
    await open('untitled:good.py', MODEL);
    await open('untitled:changing.py', MODEL);
    const before = await lensesOf('untitled:changing.py');
    await type('untitled:changing.py', 2, hostile);
    expect(await lensesOf('untitled:good.py')).toBe(before);
    await open('untitled:later.py', MODEL);
    expect(await lensesOf('untitled:later.py')).toBe(before);
    await type('untitled:changing.py', 3, MODEL);
    expect(await lensesOf('untitled:changing.py')).toBe(before);
    const textDocument = { uri: 'untitled:changing.py' };
    const position = { line: 0, character: 0 };
    await handle.connection.sendRequest(HoverRequest.type, { textDocument, position });
    expect(handle.process.exitCode).toBeNull();
  },
);

function childrenOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// Elsewhere nothing tells which processes are the server's.
if (process.platform === 'linux') {
  test('a document that waits while the analyser is killed is analysed by the next one', async () => {
    const handle = await server();
    const { open, lensesOf } = editing(handle);
    await open('untitled:first.py', MODEL);
    const before = await lensesOf('untitled:first.py');
    const waiting = open('untitled:second.py', MODEL.replaceAll('\n', '\n\n'));
    for (const pid of childrenOf(handle.process.pid!)) process.kill(pid, 'SIGKILL');
    await waiting;
    expect(await lensesOf('untitled:second.py')).toBe(before);
    expect(await lensesOf('untitled:first.py')).toBe(before);
  });

  test('a server that is killed leaves no analyser behind', async () => {
    const handle = await serverHandle();
    await editing(handle).open('untitled:first.py', MODEL);
    const children = childrenOf(handle.process.pid!);
    expect(children).not.toEqual([]);
    handle.process.kill('SIGKILL');
    await expect.poll(() => children.filter(runs), { timeout: 30_000 }).toEqual([]);
    handle.connection.dispose();
  });
}
