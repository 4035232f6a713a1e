import { expect, test } from 'vitest';
import { FrameCheck } from './framing.ts';

/** What a check says of some bytes that come in pieces of so many. */
function problemOf(text: string, piece = text.length): string | null {
  const check = new FrameCheck();
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += piece) {
    const problem = check.take(bytes.subarray(at, at + piece));
    if (problem !== null) return problem;
  }
  return null;
}

const FRAME = 'Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}';

test.each([1, 2, 3, 7, 1000])('frames are frames, in pieces of %i bytes', (piece) => {
  expect(problemOf(FRAME + FRAME + FRAME, piece)).toBeNull();
});

test('a body may hold what would be no header', () => {
  expect(problemOf('content-length:8\r\n\r\n\n\n{"\r\n\r\n')).toBeNull();
});

const REFUSED: readonly (readonly [text: string, sentence: string])[] = [
  ['Content-Length: -5\r\n\r\n{}', 'a Content-Length of "-5"'],
  ['Content-Length: NaN\r\n\r\n{}', 'a Content-Length of "NaN"'],
  ['Content-Length: 2 bytes\r\n\r\n{}', 'a Content-Length of "2 bytes"'],
  ['Content-Length: 100000000000000\r\n\r\n{}', 'a Content-Length of "100000000000000"'],
  ['Content-Length: 1e2\r\n\r\n{}', 'a Content-Length of "1e2"'],
  ['Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}', 'a header with several Content-Length'],
  ['Content-Type: x\r\n\r\n{}', 'a header with no Content-Length'],
  ['\r\n\r\n', 'a header with no Content-Length'],
  ['Content-Length: 2\n\n{}', 'a header line that does not end in a carriage return'],
  ['{"jsonrpc":"2.0"}', '"{" where a header should be'],
  [`X-Long: ${'x'.repeat(5000)}`, 'a header of more than 4096 bytes'],
];

test.each(REFUSED.map(([text, sentence]) => [JSON.stringify(text).slice(0, 60), text, sentence] as const))(
  '%s is refused',
  (_, text, sentence) => {
    expect(problemOf(text)).toContain(sentence);
    expect(problemOf(text, 1)).toContain(sentence);
  },
);

test('what a lying length announces is not waited for', () => {
  const check = new FrameCheck();
  expect(check.take(Buffer.from('Content-Length: 134217729\r\n\r\n'))).toContain('up to 134217728');
});
