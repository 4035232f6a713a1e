import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { emptyFolder, type Started, startWidthwise, storedHashes, widthwise } from './widthwise-process.ts';

const RUNS = 60;
/** Two parametrizations × three widths × ten seeds; about a second of work. */
const COMPARE = [
  'compare',
  ...['--parametrizations', 'sp,mup', '--widths', '32,64,128', '--seeds', '10', '--steps', '100'],
];

/** A process that is at a random moment of its work. */
async function startAndWait(cwd: string, results: number): Promise<Started> {
  const started = startWidthwise(cwd, COMPARE);
  await started.hasStored(results);
  return started;
}

async function readDocument(cwd: string): Promise<{ complete: boolean; rows: unknown[]; verdicts: unknown }> {
  return JSON.parse(await readFile(join(cwd, 'widthwise-digits.json'), 'utf8'));
}

/** What keeps a comparison for a while, some of them for minutes, before the first run. */
const PREPARATIONS: readonly (readonly string[])[] = [
  ['--data', 'digits:1797', '--probe', '1024', '--widths', '16384,16385'],
  ['--data', 'mixture:2,1000000,130'],
];

// Windows has no SIGINT for another process.
if (process.platform !== 'win32') {
  test.prop(
    [
      fc.constantFrom(...PREPARATIONS),
      fc.integer({ min: 0, max: 1500 }),
      fc.constantFrom('SIGINT', 'SIGTERM'),
    ],
    { numRuns: 6, endOnFailure: true },
  )('a comparison that is still being prepared ends at once', async (preparation, afterMs, signal) => {
    const cwd = await emptyFolder();
    const started = startWidthwise(cwd, ['compare', ...preparation]);
    await sleep(afterMs);
    started.kill(signal);
    expect(await started.ended).toMatchObject({ code: null, signal, stdout: '', stderr: '' });
    expect(started.leavesProcesses()).toBe(false);
    expect(await storedHashes(cwd)).toEqual([]);
  });

  test('an interrupted comparison costs no report that is whole', async () => {
    const cwd = await emptyFolder();
    await widthwise(cwd, [...COMPARE, '--json', 'numbers.json']);
    const whole = await readDocument(cwd);
    await rm(join(cwd, '.widthwise'), { recursive: true });
    const interrupted = startWidthwise(cwd, [...COMPARE, '--json', 'numbers.json']);
    await interrupted.hasStored(1);
    interrupted.kill('SIGINT');
    expect(await interrupted.ended).toMatchObject({
      code: 130,
      stderr: [
        "note: 'numbers.json' is complete and stays: this report is 'numbers-partial.json'\n",
        "note: 'widthwise-digits.json' is complete and stays: this report is 'widthwise-digits-partial.json'\n",
      ].join(''),
    });
    expect(await readDocument(cwd)).toEqual(whole);
    for (const name of ['numbers', 'widthwise-digits']) {
      const partial = JSON.parse(await readFile(join(cwd, `${name}-partial.json`), 'utf8'));
      expect(partial).toMatchObject({ complete: false });
    }
  });

  test('SIGTERM is heard as Ctrl-C is', async () => {
    const cwd = await emptyFolder();
    const terminated = await startAndWait(cwd, 1);
    terminated.kill('SIGTERM');
    expect(await terminated.ended).toMatchObject({ code: 143, stderr: '' });
    expect(await readDocument(cwd)).toMatchObject({ complete: false });
  });

  test.prop([fc.integer({ min: 1, max: RUNS / 2 })], { numRuns: 3, endOnFailure: true })(
    'Ctrl-C keeps what is finished, and the same command computes only the rest',
    async (results) => {
      const cwd = await emptyFolder();
      const interrupted = await startAndWait(cwd, results);
      interrupted.kill('SIGINT');
      const first = await interrupted.ended;
      expect(first).toMatchObject({ code: 130, stderr: '' });
      expect(interrupted.leavesProcesses()).toBe(false);

      const document = await readDocument(cwd);
      const kept = document.rows.length;
      expect(document).toMatchObject({ complete: false, verdicts: null });
      expect(kept).toBeGreaterThanOrEqual(results);
      expect(kept).toBeLessThan(RUNS);
      expect(await storedHashes(cwd)).toHaveLength(kept);
      expect(first.stdout).toContain('the same command again computes the rest');

      const second = await widthwise(cwd, COMPARE);
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(second.stdout).toMatch(new RegExp(`\\b${RUNS - kept} runs? computed`));
      expect(second.stdout).toMatch(new RegExp(`\\b${kept} runs? from the store`));
      expect(await readDocument(cwd)).toMatchObject({ complete: true, rows: { length: RUNS } });
    },
  );
}

test.prop([fc.integer({ min: 1, max: RUNS / 2 })], { numRuns: 2, endOnFailure: true })(
  'kill -9 leaves only whole results, and the same command goes on from them',
  async (results) => {
    const cwd = await emptyFolder();
    const killed = await startAndWait(cwd, results);
    killed.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });

    const hashes = await storedHashes(cwd);
    for (const hash of hashes) {
      const result = JSON.parse(await readFile(join(cwd, '.widthwise/store', `${hash}.json`), 'utf8'));
      expect(result).toMatchObject({ schema: 'widthwise/run', hash, layers: { length: 3 } });
    }
    const next = await widthwise(cwd, COMPARE);
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toMatch(new RegExp(`\\b${RUNS - hashes.length} runs? computed`));
  },
);

if (process.platform !== 'win32') {
  test.prop([fc.integer({ min: 300, max: 1200 }), fc.constantFrom('SIGINT', 'SIGTERM')], {
    numRuns: 3,
    endOnFailure: true,
  })('lint ends when it is asked to, and no file takes its place', async (afterMs, signal) => {
    const cwd = await emptyFolder();
    const model = 'import torch\nfrom torch import nn\nclass Net(nn.Module):\n  pass\n';
    await Promise.all(
      Array.from({ length: 3000 }, (_, index) => writeFile(join(cwd, `model${index}.py`), model)),
    );
    await writeFile(join(cwd, 'findings.json'), 'whole');
    const started = startWidthwise(cwd, ['lint', '.', '--json', 'findings.json']);
    await sleep(afterMs);
    started.kill(signal);
    const { code, stderr } = await started.ended;
    const stopped = signal === 'SIGINT' ? 130 : 143;
    const said = {
      [String(stopped)]: 'widthwise: interrupted: what is printed is of the files that had been read\n',
    };
    // Null is an end before there was anything to keep, 0 one before anybody asked.
    expect([null, 0, stopped]).toContain(code);
    expect(stderr).toBe(said[String(code)] ?? '');
    const kept = await readFile(join(cwd, 'findings.json'), 'utf8');
    if (code !== 0) expect(kept).toBe('whole');
  });
}
