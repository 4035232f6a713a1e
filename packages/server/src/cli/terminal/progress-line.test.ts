import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ProgressLine, progressText } from './progress-line.ts';

const HALFWAY = { done: 51, total: 100, share: 0.5, current: 'μP 1024 seed 2', secondsLeft: 4 };

test('the line says what, how many of how many, and how long', () => {
  expect(progressText(HALFWAY)).toBe('  ━━━━━━━━━━━━━━╺─────────────  51/100  μP 1024 seed 2  4 s left');
});

test.each([0, 0.01, 0.5, 0.999, 1])('the bar keeps its length at %d', (share) => {
  const [bar] = progressText({ ...HALFWAY, share })
    .trim()
    .split(' ');
  expect(bar).toHaveLength(28);
});

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { TERM: 'dumb' }, false],
])('on terminal %s with %j something is drawn: %s', (isTTY, env, drawn) => {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const line = new ProgressLine({ stderr, env }, (text) => text);
  line.update(() => HALFWAY);
  line.clear();
  expect(stderr.read() !== null).toBe(drawn);
});
