import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import {
  CancelExperiment,
  ExplainModel,
  FileStatus,
  ReadExperiment,
  StartExperiment,
} from '@widthwise/protocol';
import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { HELLO, type RawSession, rawSession } from './raw-session.ts';

const folder = tmpdir();

async function openSession(): Promise<RawSession> {
  const session = rawSession(folder);
  expect(await session.ask('initialize', HELLO)).toHaveProperty('result.capabilities');
  return session;
}

describe('bytes that are no message end the session with a reason', () => {
  test.each([
    ['Content-Length: -5\r\n\r\n{}', 'a Content-Length of "-5"'],
    ['Content-Length: NaN\r\n\r\n{}', 'a Content-Length of "NaN"'],
    ['Content-Length: 100000000000000\r\n\r\n{}', 'a Content-Length of "100000000000000"'],
    ['Content-Type: text/plain\r\n\r\n{}', 'a header with no Content-Length'],
    ['Content-Length: 2\n\n{}', 'a header line that does not end'],
    ['{"jsonrpc":"2.0","id":1,"method":"initialize"}\n', '"{" where a header should be'],
    ['Content-Length: 4\r\n\r\nabcd', 'a message that is not JSON'],
    ['Content-Length: 2\r\n\r\n[]', 'a message that is not an object'],
    ['Content-Length: 4\r\n\r\nnull', 'a message that is not an object'],
  ])('%j', async (bytes, sentence) => {
    const session = rawSession(folder);
    session.write(bytes);
    const { code, stderr } = await session.ended();
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a header without end', async () => {
    const session = rawSession(folder);
    session.write(`X-Long: ${'x'.repeat(1_000_000)}`);
    expect(await session.ended()).toMatchObject({ code: 1, stderr: expect.stringContaining('4096 bytes') });
  });
});

describe('the life of a session', () => {
  test('it ends with the process of its editor, also where its input stays open', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
    const session = rawSession(folder);
    await session.ask('initialize', { ...HELLO, processId: editor.pid });
    editor.kill('SIGKILL');
    expect(await session.ended()).toEqual({ code: 1, stderr: '' });
  });

  test('nothing is served before initialize', async () => {
    const session = rawSession(folder);
    const started = await session.ask(StartExperiment.method, { experiment: 'compare', config: {} });
    expect(started.error).toMatchObject({ code: ErrorCodes.ServerNotInitialized });
    expect(await session.ask('initialize', HELLO)).toHaveProperty('result');
    session.send({ method: 'exit' });
    expect(await session.ended()).toEqual({ code: 1, stderr: '' });
  });

  test('nothing is started after shutdown, and exit is no failure then', async () => {
    const session = await openSession();
    expect(await session.ask('shutdown')).toMatchObject({ result: null });
    for (const method of [StartExperiment.method, 'textDocument/hover', 'initialize', 'no/such/method']) {
      const { error } = await session.ask(method, {});
      expect(error).toEqual({ code: ErrorCodes.InvalidRequest, message: `${method} came after shutdown` });
    }
    session.send({ method: 'exit' });
    expect(await session.ended()).toEqual({ code: 0, stderr: '' });
  });

  test('a session is initialized once', async () => {
    const session = await openSession();
    expect((await session.ask('initialize', HELLO)).error).toMatchObject({ code: ErrorCodes.InvalidRequest });
    session.send({ method: 'exit' });
    await session.ended();
  });
});

/** Parameters that each method takes, from which every test takes something away. */
const GOOD: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'textDocument/hover': { textDocument: { uri: 'file:///a.py' }, position: { line: 0, character: 0 } },
  'textDocument/codeLens': { textDocument: { uri: 'file:///a.py' } },
  'workspace/executeCommand': { command: 'widthwise.declareWidth' },
  [StartExperiment.method]: { experiment: 'compare', config: {} },
  [ReadExperiment.method]: { experimentId: 'nobody' },
  [CancelExperiment.method]: { experimentId: 'nobody' },
  [ExplainModel.method]: { uri: 'file:///a.py' },
  [FileStatus.method]: { uri: 'file:///a.py' },
};

test('wrong parameters of any method are told by the field, in words of ours', async () => {
  const session = await openSession();
  for (const [method, good] of Object.entries(GOOD)) {
    const wrongWhole = [undefined, null, [], [good], 3, 'text', true];
    const wrongFields = Object.keys(good).flatMap((field) => {
      const { [field]: _, ...without } = good;
      const values = field === 'config' ? [null, 3, []] : [null, [], 3, true];
      return [
        [field, without] as const,
        ...values.map((value) => [field, { ...good, [field]: value }] as const),
      ];
    });
    for (const [field, params] of [...wrongWhole.map((params) => ['', params] as const), ...wrongFields]) {
      const { error } = await session.ask(method, params);
      const asked = `${method} ${JSON.stringify(params)}`;
      expect(error, asked).toMatchObject({ code: ErrorCodes.InvalidParams });
      expect(error!.message, asked).toContain(`${method}: `);
      expect(error!.message, asked).toContain(field);
      expect(error!.message, asked).not.toMatch(/Cannot read|undefined \(|is not a function|defines \d/);
    }
  }
  session.send({ method: 'exit' });
  await session.ended();
});

test('a command that is not there is an error, not a command that did nothing', async () => {
  const session = await openSession();
  const { error } = await session.ask('workspace/executeCommand', { command: 'widthwise.nothing' });
  expect(error).toMatchObject({
    code: ErrorCodes.InvalidParams,
    message: expect.stringContaining("there is no command 'widthwise.nothing'"),
  });
  session.send({ method: 'exit' });
  await session.ended();
});

test('wrong parameters of a notification are left out, and the session goes on', async () => {
  const session = await openSession();
  const notifications = [
    'textDocument/didOpen',
    'textDocument/didChange',
    'textDocument/didClose',
    'workspace/didChangeConfiguration',
    'workspace/didChangeWatchedFiles',
    'workspace/didChangeWorkspaceFolders',
    'window/workDoneProgress/cancel',
    '$/cancelRequest',
    '$/setTrace',
  ];
  for (const method of notifications) {
    for (const params of [undefined, null, [], [{}], {}, 3, { textDocument: null, id: {}, token: [] }]) {
      session.send({ method, ...(params !== undefined && { params }) });
    }
  }
  const { result } = await session.ask('textDocument/codeLens', GOOD['textDocument/codeLens']);
  expect(result).toEqual([]);
  expect(await session.ask('shutdown')).toMatchObject({ result: null });
  session.send({ method: 'exit' });
  expect(await session.ended()).toEqual({ code: 0, stderr: '' });
});

test('a long value that does not fit is not sent back whole', async () => {
  const session = await openSession();
  const { error } = await session.ask(ReadExperiment.method, { experimentId: ['x'.repeat(1_000_000)] });
  expect(error!.message.length).toBeLessThan(300);
  session.send({ method: 'exit' });
  await session.ended();
});
