import { REFUSED } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes } from 'vscode-languageserver';
import { TEXT, table } from '../../input/schema.ts';
import { answering, checked, Refusal } from './answering.ts';
import { abortSignal } from './cancellation.ts';

const token = new CancellationTokenSource().token;
const silent = { error: () => {} };

test('a handler that answers is answered with', async () => {
  const handle = answering(silent, 'method', async (params: number) => 2 * params);
  expect(await handle(21, token)).toBe(42);
});

test('a refusal keeps its sentence and its kind', async () => {
  const handle = answering(silent, 'method', async () => {
    throw new Refusal('invalid-config', 'widths: expected two');
  });
  expect(await handle({}, token)).toMatchObject({
    code: REFUSED,
    message: 'widths: expected two',
    data: { kind: 'invalid-config' },
  });
});

test('a bug is logged with its stack and answered without it', async () => {
  const logged: string[] = [];
  const handle = answering({ error: (message) => void logged.push(message) }, 'method', async () => {
    throw new TypeError('the inside story');
  });
  const answer = await handle({}, token);
  expect(answer).toMatchObject({ code: ErrorCodes.InternalError });
  expect(JSON.stringify(answer)).not.toContain('inside story');
  expect(logged[0]).toMatch(/the inside story\n\s+at /);
});

test.each([
  [{ name: 3 }, 'method: name: expected a text, got 3'],
  [{}, 'method: name is missing'],
  [{ name: 'x', nmae: 'y' }, "method: there is no parameter 'nmae' (did you mean 'name'?); there are name"],
  [[], 'method: expected an object, got []'],
])('parameters that do not fit their schema are the fault of the client: %j', async (params, message) => {
  const schema = table({ name: TEXT }, { what: 'an object', noun: 'parameter' });
  const handle = answering(
    silent,
    'method',
    checked(schema, async ({ name }) => name),
  );
  expect(await handle(params, token)).toMatchObject({ code: ErrorCodes.InvalidParams, message });
});

test('a request that was cancelled is answered as cancelled, whatever its handler threw', async () => {
  const source = new CancellationTokenSource();
  const handle = answering(silent, 'method', async (_params, signal) => {
    source.cancel();
    signal.throwIfAborted();
  });
  expect(await handle({}, source.token)).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test('a token cancelled before anyone listens gives an aborted signal', () => {
  const source = new CancellationTokenSource();
  source.cancel();
  expect(abortSignal(source.token).aborted).toBe(true);
});
