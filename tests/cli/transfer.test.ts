import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const SMALL = [
  ...['transfer', '--data', 'mixture:3,4,8', '--depth', '1', '--widths', '8,16,32'],
  ...['--steps', '4', '--seeds', '3'],
];

test('one rate for all widths drifts like 1/n, which μP does not; again, nothing is computed, and the files are the same', async () => {
  const cwd = await emptyFolder();
  const { code, stdout } = await widthwise(cwd, SMALL);
  const [setting, work, , sp] = stdout.split('\n');
  expect(setting).toMatch(/^mixture .* · 4 steps, η searched from 8 · widths 8 16 32 · 3 seeds$/);
  expect(work).toMatch(/^90 runs first, more around what they show on /);
  expect(sp).toMatch(/^✗ SP, constant η does not transfer: its best rate falls as the network widens/);
  expect(code).toBe(0);
  const file = join(cwd, 'widthwise-transfer-mixture.json');
  const before = await readFile(file, 'utf8');
  const { transfers, rows } = JSON.parse(before);
  const [ofSp, ofMup] = transfers;
  expect([ofSp.predicted, ofMup.predicted]).toEqual([-1, 0]);
  // Theory lies in the intervals, which of so few and narrow networks decide nothing.
  expect([ofSp.drift.low < -1, ofSp.drift.high > -1]).toEqual([true, true]);
  expect([ofMup.drift.low < 0, ofMup.drift.high > 0]).toEqual([true, true]);
  expect([ofSp.verdict, ofMup.verdict === 'drifts']).toEqual(['drifts', false]);
  // At the base width both are the same network.
  expect(ofSp.optima[0].rate).toBe(ofMup.optima[0].rate);
  expect(
    rows.every(
      ({ loss, state }: { loss: number | null; state: string }) => (loss === null) === (state === 'diverged'),
    ),
  ).toBe(true);
  expect(await readFile(join(cwd, 'widthwise-transfer-mixture.md'), 'utf8')).toContain(
    '**✗ SP, constant η does',
  );
  const page = await readFile(join(cwd, 'widthwise-transfer-mixture.html'), 'utf8');
  expect(page.match(/<svg /g)).toHaveLength(4);
  const again = await widthwise(cwd, SMALL);
  expect(again.stdout).toMatch(/runs from the store/);
  expect(again.stdout).not.toMatch(/computed in/);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test.each([
  [['--objective', 'last'], /--objective: 'last' does not exist; there are mean, final/],
  [['--seeds', '1000'], /--seeds: parametrizations × widths × seeds × about 16 rates would be 96000 runs/],
  [['--probe', '4'], /unknown flag '--probe' of transfer/],
])('%j is refused in one sentence', async (args, says) => {
  const { code, stderr } = await widthwise(await emptyFolder(), [...SMALL, ...args]);
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
