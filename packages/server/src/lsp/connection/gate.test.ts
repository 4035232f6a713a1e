import { expect, test } from 'vitest';
import { ErrorCodes, type Message } from 'vscode-languageserver';
import { Gate, type Passage } from './gate.ts';

function request(method: string, params: unknown): Message {
  // SAFETY: what comes off the wire has more than its type says.
  return { jsonrpc: '2.0', id: 1, method, params } as Message;
}

function openGate(): Gate {
  const gate = new Gate();
  expect(gate.judge(request('initialize', { capabilities: {} }))).toEqual({ kind: 'pass' });
  return gate;
}

function answerOf(passage: Passage): { readonly code: number; readonly message: string } {
  if (passage.kind !== 'answer') throw new Error(`expected an answer, got ${passage.kind}`);
  return passage.error;
}

const position = (line: unknown): object => ({
  textDocument: { uri: 'file:///a.py' },
  position: { line, character: 0 },
});

test.each([
  ['a list deeper than the stack', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ['a text of a megabyte', 'x'.repeat(1_000_000)],
  ['a text that rings', '\u0007\u001b[2J'],
])('%s where a number should be is answered in a line', (_, line) => {
  const { code, message } = answerOf(openGate().judge(request('textDocument/hover', position(line))));
  expect(code).toBe(ErrorCodes.InvalidParams);
  expect(message).toMatch(
    /^textDocument\/hover: position\.line: expected a whole number from 0, got .{1,90}$/,
  );
});

test('the name of a method is said as far as a message goes', () => {
  const { code, message } = answerOf(new Gate().judge(request(`\u001b${'x'.repeat(1_000_000)}`, {})));
  expect(code).toBe(ErrorCodes.ServerNotInitialized);
  expect(message).toMatch(/^\\x1bx/);
  expect(message.length).toBeLessThan(2100);
});
