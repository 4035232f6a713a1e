import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const BIN = fileURLToPath(new URL('../../packages/server/bin/widthwise.js', import.meta.url));
const INPUTS = join(import.meta.dirname, 'snapshots/inputs');

interface Answer {
  readonly id: number | string | null;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client of a session in a folder with a model. */
async function session() {
  const cwd = await emptyFolder();
  await cp(join(INPUTS, 'blocks.py'), join(cwd, 'blocks.py'));
  const child = spawn(process.execPath, [BIN, 'mcp'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  const waiting = new Map<Answer['id'], (answer: Answer) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer: Answer = JSON.parse(line);
    waiting.get(answer.id)?.(answer);
  });
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  let last = 0;
  const raw = (id: Answer['id'], line: string): Promise<Answer> => {
    const answered = new Promise<Answer>((resolve) => void waiting.set(id, resolve));
    child.stdin.write(`${line}\n`);
    return answered;
  };
  const ask = (method: string, params: object = {}) => {
    const id = ++last;
    return raw(id, JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  };
  const call = (name: string, given: object) => ask('tools/call', { name, arguments: given });
  return { cwd, child, ended, ask, call, raw };
}

test('a session begins with what it speaks, lists its tools, and ends with its client', async () => {
  const { ask, child, ended } = await session();
  const begun = await ask('initialize', { protocolVersion: '2025-03-26', capabilities: {} });
  expect(begun.result).toMatchObject({
    protocolVersion: '2025-03-26',
    capabilities: { tools: {} },
    serverInfo: { name: 'widthwise' },
  });
  child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  const { result } = await ask('tools/list');
  const tools = result?.['tools'] as { name: string; inputSchema: object }[];
  expect(tools.map(({ name }) => name)).toEqual(['lint', 'explain', 'classify']);
  for (const { inputSchema } of tools) expect(inputSchema).toMatchObject({ type: 'object' });
  expect((await ask('ping')).result).toEqual({});
  child.stdin.end();
  expect(await ended).toBe(0);
});

test('each tool answers with the JSON of its command', async () => {
  const { cwd, call } = await session();
  const cases = [
    ['lint', { paths: ['.'], profile: 'mup' }, ['lint', '.', '--profile', 'mup']],
    ['explain', { file: 'blocks.py' }, ['explain', 'blocks.py']],
    [
      'classify',
      { init: [0, '1/2', 0.5, 1], lr: [-1, 0, 0, 1], optimizer: 'sgd' },
      ['classify', '--init', '0,1/2,1/2,1', '--lr', '-1,0,0,1', '--optimizer', 'sgd'],
    ],
  ] as const;
  const answers = await Promise.all(cases.map(([name, given]) => call(name, given)));
  for (const [at, [, , args]] of cases.entries()) {
    const { stdout } = await widthwise(cwd, [...args, '--json', '-']);
    const result = answers[at]?.result;
    expect(result?.['structuredContent']).toEqual(JSON.parse(stdout));
    expect(result?.['content']).toEqual([{ type: 'text', text: stdout }]);
  }
});

test('what a command refuses is a result that says why', async () => {
  const { call } = await session();
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['lint', { paths: ['nowhere.py'] }, /no such file or folder: nowhere\.py/],
    ['lint', {}, /paths is missing/],
    ['lint', { paths: ['.'], fix: true }, /there is no argument fix/],
    ['lint', { paths: ['.'], constructor: 'x' }, /there is no argument constructor/],
    ['lint', { paths: [{}] }, /paths is a text, a number or a list of them/],
    ['lint', { paths: ['--fix', '.'] }, /no such file or folder: --fix/],
    ['classify', { init: ['x'], lr: [0] }, /--init/],
  ];
  for (const [name, given, sentence] of refused) {
    const { result } = await call(name, given);
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(sentence) }] });
  }
});

test('what is no request of the protocol is answered by an error, and the session goes on', async () => {
  const { ask, call, raw } = await session();
  expect((await raw(null, '{"jsonrpc":')).error).toMatchObject({ code: -32700 });
  expect((await raw(null, '[1]')).error).toMatchObject({ code: -32600 });
  expect((await raw('a', '{"id":"a","method":3}')).error).toMatchObject({ code: -32600 });
  expect((await ask('resources/list')).error).toMatchObject({ code: -32601 });
  expect((await call('constructor', {})).error).toMatchObject({ code: -32602 });
  expect((await ask('ping')).result).toEqual({});
});
