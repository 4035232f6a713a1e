import { PassThrough } from 'node:stream';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { CommandIo } from '../command.ts';
import { type Terminal, terminalOf, toAscii } from './terminal.ts';

function terminal(isTTY: boolean, env: CommandIo['env'], columns: number = 100): Terminal {
  const stdout = Object.assign(new PassThrough(), { isTTY, columns });
  return terminalOf({ stdout, env });
}

test.prop([fc.string({ unit: 'binary' })])(
  'ASCII text has no other characters, and ASCII stays as it is',
  (text) => {
    expect(toAscii(text)).toMatch(/^[\n\x20-\x7e]*$/);
    expect(toAscii(toAscii(text))).toBe(toAscii(text));
  },
);

test('signs and Greek letters become words', () => {
  expect(toAscii('μP ✓ λ_min −0.52 ± 0.05, η = ½')).toBe('muP + lambda_min -0.52 +- 0.05, eta = 1/2');
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, {}, false],
])('terminal %s with %j has colors: %s', (isTTY, env, colors) => {
  expect(terminal(isTTY, env).toned('good', '✓') !== '✓').toBe(colors);
});

test('only a terminal has columns, 80 where it was told none', () => {
  expect(terminal(true, {}).columns).toBe(100);
  expect(terminal(true, {}, 0).columns).toBe(80);
  expect(terminal(false, {}).columns).toBeNull();
});
