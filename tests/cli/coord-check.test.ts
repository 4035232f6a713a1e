import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const SMALL = ['--data', 'mixture:4,8,24', '--widths', '64,128,256,512', '--seeds', '4'];

function check(cwd: string, ...args: readonly string[]) {
  return widthwise(cwd, ['coord-check', ...SMALL, ...args]);
}

test('μP passes: the verdict comes first, and files hold its numbers', async () => {
  const cwd = await emptyFolder();
  const { code, stdout } = await check(cwd, '--parametrization', 'mup');
  const [setting, work, blank, verdict] = stdout.split('\n');
  expect(setting).toMatch(/^μP on mixture .* · widths 64 128 256 512 · 4 seeds$/);
  expect(work).toMatch(/^16 runs on /);
  expect([blank, verdict]).toEqual(['', expect.stringMatching(/^✓ μP passes/)]);
  expect(stdout).toContain(
    'report  widthwise-coord-check-mixture.html      numbers  widthwise-coord-check-mixture.json',
  );
  expect(code).toBe(0);
  const document = JSON.parse(await readFile(join(cwd, 'widthwise-coord-check-mixture.json'), 'utf8'));
  expect(document).toMatchObject({
    schema: 'widthwise/coord-check',
    version: 1,
    complete: true,
    verdict: 'pass',
  });
  expect(await readFile(join(cwd, 'widthwise-coord-check-mixture.md'), 'utf8')).toContain('**μP passes');
});

test('SP fails at every hidden layer: updates shrink as theory says, exit code 1, and its rate is suspect', async () => {
  const cwd = await emptyFolder();
  const { code, stdout } = await check(cwd, '--parametrization', 'sp', '--json', '-');
  const { verdict, layers, suspects } = JSON.parse(stdout);
  expect([verdict, code]).toEqual(['fail', 1]);
  // η/n: updates of layer 1 fall like n^−3/2, of deeper hidden layers like n^−1/2.
  for (const [layer, slope] of [
    [1, -1.5],
    [2, -0.5],
    [3, -0.5],
  ] as const) {
    const { update } = layers.find(
      (each: { layer: number; step: number }) => each.layer === layer && each.step === 1,
    );
    expect(update.low - 0.1).toBeLessThanOrEqual(slope);
    expect(update.high + 0.1).toBeGreaterThanOrEqual(slope);
  }
  expect(suspects[0]).toMatchObject({ layer: 1, what: 'update', exponent: { name: 'c', is: 1, wants: -1 } });
});

test('fewer than three widths or seeds decide nothing', async () => {
  const cwd = await emptyFolder();
  const { code, stdout } = await widthwise(cwd, [
    'coord-check',
    ...['--data', 'mixture:4,8,24', '--widths', '32,64', '--seeds', '2', '--json', '-'],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'undecided' });
  expect(code).toBe(0);
});

test.each([
  [['--parametrization', 'mpu'], /--parametrization: 'mpu' does not exist \(did you mean 'mup'\?\)/],
  [
    ['--parametrizations', 'mup'],
    /unknown flag '--parametrizations' of coord-check \(did you mean '--parametrization'\?\)/,
  ],
  [['--widths', '64'], /--widths: a slope needs at least two widths, got 64/],
  [['--probe', '25'], /--probe: expected a whole number from 1 to 24, got 25/],
])('%j is refused in one sentence', async (args, says) => {
  const { code, stderr } = await check(await emptyFolder(), ...args);
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
