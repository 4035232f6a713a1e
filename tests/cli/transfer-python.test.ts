import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { fakePython } from './fake-python.ts';
import { emptyFolder, widthwise } from './widthwise-process.ts';

/** A probe that trains what it is asked: its best factor is 4·(64/n)^p, or it fails at a width. */
const probe = ({ power = 1, failsAt = 0 }) => `
import { createInterface } from 'node:readline';
const say = (event, record) => console.log(JSON.stringify({ event, ...record }));
say('ready', { python: '3.12.1', torch: '2.9.0', seconds: 1 });
say('waiting', {});
for await (const line of createInterface({ input: process.stdin })) {
  const run = JSON.parse(line);
  if (run === null) {
    say('done', { seconds: 2 });
    process.exit(0);
  }
  const [width, seed, factor] = run;
  const off = Math.log(factor / 4 * (width / 64) ** ${power}) + 0.02 * seed;
  const end = 0.1 + 0.05 * off * off;
  const own = { width, seed, factor, rate: 1e-3, hadDropout: true, seconds: 0 };
  if (width === ${failsAt}) say('failed', { stage: 'rate', width, why: 'MemoryError', line: null });
  else if (off > 2) say('rate', { ...own, losses: [2, null], stoppedAt: 1 });
  else say('rate', { ...own, losses: [2, end, end], stoppedAt: null });
  say('waiting', {});
}`;

const tune = async (script: string, ...flags: readonly string[]) => {
  const folder = await fakePython(script);
  const given = ['--interpreter', join(folder, 'python'), '--steps', '2'];
  return {
    folder,
    ...(await widthwise(folder, ['transfer', '--python', 'model.py:make', ...given, ...flags])),
  };
};

describe.skipIf(process.platform === 'win32')('the best rate of a factory', () => {
  test('that falls with the width drifts, and the report says what so short a training shows', async () => {
    const { folder, code, stdout, stderr } = await tune(probe({}));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^✗ model\.py:make does not transfer: its best rate factor falls as the network widens \(rate factor ∝ n/,
    );
    expect(stdout).toContain('at 1 they are its own (the largest is 0.00100)');
    expect(stdout).toMatch(/They do not show the best rate of a whole\s+training/);
    expect(stdout).toContain('dropout was off');
    const document = JSON.parse(await readFile(join(folder, 'widthwise-transfer-model.json'), 'utf8'));
    expect(document).toMatchObject({
      schema: 'widthwise/transfer-python',
      complete: true,
      ending: 'whole',
      verdict: 'drifts',
      request: { file: 'model.py', factory: 'make', widths: [64, 128, 256], seeds: 3, steps: 2 },
      optima: [{ width: 64, state: 'found' }, { width: 128 }, { width: 256 }],
    });
    expect(document.drift.value).toBeCloseTo(-1, 2);
    for (const ending of ['md', 'html']) {
      const text = await readFile(join(folder, `widthwise-transfer-model.${ending}`), 'utf8');
      expect(text).toContain('model.py:make does not transfer');
      expect(text).toMatch(/transfer --python model\.py:make --steps 2 --interpreter \S+\/python/);
    }
  });

  test('is judged at the widths that could be trained', async () => {
    const widths = ['--widths', '64,128,256,512', '--format', 'github'];
    const { code, stdout } = await tune(probe({ power: 0, failsAt: 512 }), ...widths);
    expect(stdout).toMatch(/^::error file=model\.py,title=not measured::width 512: MemoryError/);
    expect(stdout).toMatch(
      /^::notice file=model\.py,title=learning-rate transfer::model\.py:make transfers/m,
    );
    expect(code).toBe(2);
  });

  test('is told before it is trained that fewer than three widths have no verdict', async () => {
    const { code, stderr } = await tune(probe({}), '--widths', '64,128', '--seeds', '1');
    expect(stderr).toBe(
      'note: a verdict needs three widths and three seeds: 2 widths and 1 seed will give best rate factors alone\n',
    );
    expect(code).toBe(0);
  });

  test('is undecided where time ends before it is known', async () => {
    const { code, stdout } = await tune(probe({}), '--time-budget', '0.000001');
    expect(stdout).toMatch(/model\.py:make is undecided/);
    expect(stdout).toMatch(
      /the time budget of 0\.000001 s ended the search after 1 run: .*\s.*--time-budget 30/,
    );
    expect(code).toBe(0);
  });
});

test.each([
  [['--parametrizations', 'mup'], '--parametrizations: does not go with --python'],
  [['--time-budget', '0'], '--time-budget: expected seconds above 0'],
  [['--seeds', '0'], '--seeds: expected a whole number from 1 to 100'],
])('%s is refused in a sentence', async (flags, sentence) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), 'def make(width): ...\n');
  const { code, stderr } = await widthwise(folder, ['transfer', '--python', 'model.py:make', ...flags]);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});
