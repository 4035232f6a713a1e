import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { exampleText } from '@widthwise/analysis/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { AnalyserPool, type PoolOptions } from './analyser-pool.ts';
import type { Reading } from './file-analyser.ts';

const SCRIPTED = new URL('../../../test/scripted-analyser.mjs', import.meta.url);
const BUILT = new URL('../../../dist/analyser.js', import.meta.url);

const BRIEF = { timeMs: 500, memoryMb: 512 };

/** A pool whose processes do what the text says, and how often each file was tried. */
async function scripted(options: Partial<PoolOptions> = {}) {
  const folder = await folderOf({});
  const pool = new AnalyserPool({ processes: 1, entry: SCRIPTED, ...options });
  onTestFinished(() => pool.close());
  return {
    pool,
    analyse: (file: string, script: string, signal?: AbortSignal): Promise<Reading> =>
      pool.analyse(
        { file, text: `${join(folder, file)}: ${script}`, options: DEFAULT_OPTIONS, place: null },
        signal,
      ),
    triesOf: async (file: string) => (await readFile(join(folder, file), 'utf8')).length,
  };
}

const read = { kind: 'read' };

/** An entry that ends its first process before it is loaded. */
const FIRST_DIES = `
  import { existsSync, writeFileSync } from 'node:fs';
  const been = new URL('./been', import.meta.url);
  if (!existsSync(been)) {
    writeFileSync(been, '');
    process.kill(process.pid, 'SIGKILL');
  }
  await import(${JSON.stringify(SCRIPTED.href)});
`;

describe('a file whose analyser dies', () => {
  test.each(['die', 'exhaust', 'hang'])('is tried once more, and the others are read: %s', async (word) => {
    const { analyse, triesOf } = await scripted({ limits: BRIEF });
    const [bad, good, other] = await Promise.all([
      analyse('bad.py', `${word} answer`),
      analyse('good.py', 'answer'),
      analyse('other.py', 'answer'),
    ]);
    expect([bad, good, other]).toMatchObject([read, read, read]);
    expect(await triesOf('bad.py')).toBe(2);
    expect(await triesOf('good.py')).toBe(1);
  });

  test.each([
    ['die', /^ends the analyser \(SIGKILL\), which is a bug of Widthwise$/],
    ['exhaust', /^takes more memory to read than there is for one file \(512 MB\)$/],
    ['hang', /^takes longer than 0\.5 s to read$/],
  ])('twice is left alone with the reason until it changes: %s', async (word, why) => {
    const { analyse, triesOf } = await scripted({ limits: BRIEF });
    const given = await analyse('bad.py', word);
    expect(given).toMatchObject({ kind: 'unread', why: expect.stringMatching(why) });
    expect(await triesOf('bad.py')).toBe(2);
    expect(await analyse('bad.py', word)).toEqual(given);
    expect(await triesOf('bad.py')).toBe(2);
    expect(await analyse('bad.py', 'answer')).toMatchObject(read);
  });

  test('again in its next version costs one process, not two', async () => {
    const { analyse, triesOf } = await scripted();
    await analyse('bad.py', 'die');
    await analyse('bad.py', 'die die die');
    expect(await triesOf('bad.py')).toBe(3);
  });

  test('waits behind what it held up', async () => {
    const { analyse } = await scripted();
    const order: string[] = [];
    const bad = analyse('bad.py', 'die answer').then(() => order.push('bad'));
    const good = analyse('good.py', 'answer').then(() => order.push('good'));
    await Promise.all([bad, good]);
    expect(order).toEqual(['good', 'bad']);
  });
});

test('a text that makes the analysis throw is not tried again, and its process goes with it', async () => {
  const { analyse, triesOf } = await scripted();
  const pidOf = async (file: string) => JSON.stringify(await analyse(file, 'answer'));
  const before = await pidOf('a.py');
  expect(await analyse('bad.py', 'throw')).toEqual({
    kind: 'unread',
    why: 'cannot be read, which is a bug of Widthwise (no luck)',
    detail: 'no luck at here',
  });
  expect(await triesOf('bad.py')).toBe(1);
  expect(await pidOf('a.py')).not.toBe(before);
});

test('a file that hangs holds nobody up where there may be a second process', async () => {
  const { analyse } = await scripted({ processes: 2 });
  const over = new AbortController();
  void analyse('bad.py', 'hang', over.signal);
  expect(await analyse('good.py', 'answer')).toMatchObject(read);
});

test('a file is read by the process that read it last, where that is idle', async () => {
  const { analyse } = await scripted({ processes: 2, limits: { ...BRIEF, timeMs: 3000 } });
  const pidOf = (reading: Reading) =>
    reading.kind === 'read' && 'pid' in reading.analysis ? reading.analysis.pid : null;
  const first = pidOf(await analyse('one.py', 'answer'));
  expect(pidOf(await analyse('both.py', 'answer'))).toBe(first);
  const called = new AbortController();
  const held = analyse('held.py', 'wait', called.signal);
  const second = pidOf(await analyse('two.py', 'answer'));
  expect(pidOf(await analyse('both.py', 'answer'))).toBe(second);
  called.abort();
  await held;
  expect(second).not.toBe(first);
  // What is called off is answered before its process is idle: until then the other one reads everything.
  const others = () =>
    Promise.all(['three.py', 'four.py'].map(async (file) => pidOf(await analyse(file, 'answer'))));
  await expect.poll(async () => new Set(await others()).size, { timeout: 30_000 }).toBe(2);
  expect(pidOf(await analyse('two.py', 'answer'))).toBe(second);
  expect(pidOf(await analyse('one.py', 'answer'))).toBe(first);
  expect(pidOf(await analyse('both.py', 'answer'))).toBe(second);
});

test('a text that nobody wants any more is answered at once, and never begun if it waits', async () => {
  const { analyse, triesOf } = await scripted({ limits: BRIEF });
  const [first, second] = [new AbortController(), new AbortController()];
  const running = analyse('a.py', 'hang', first.signal);
  const waiting = analyse('b.py', 'answer', second.signal);
  await expect.poll(() => triesOf('a.py').catch(() => 0)).toBe(1);
  first.abort();
  second.abort();
  expect(await Promise.all([running, waiting])).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
  expect(await analyse('c.py', 'answer')).toMatchObject(read);
  await expect(triesOf('b.py')).rejects.toThrow('ENOENT');
});

test('a text that nobody wants any more is left by the process that has begun it, which then reads the next', async () => {
  const { analyse, triesOf } = await scripted();
  const pidOf = async (file: string) => JSON.stringify(await analyse(file, 'answer'));
  const before = await pidOf('a.py');
  for (const file of ['b.py', 'c.py']) {
    const over = new AbortController();
    const running = analyse(file, 'wait', over.signal);
    await expect.poll(() => triesOf(file).catch(() => 0)).toBe(1);
    over.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
    expect(await pidOf('a.py')).toBe(before);
  }
});

test('an idle process that is killed is replaced', async () => {
  const { analyse } = await scripted();
  const pidOf = (reading: Reading): number => JSON.parse(JSON.stringify(reading)).analysis.pid;
  const before = pidOf(await analyse('a.py', 'answer'));
  process.kill(before, 'SIGKILL');
  expect(pidOf(await analyse('a.py', 'answer'))).not.toBe(before);
});

test('closed, it answers what waits and leaves no process', async () => {
  const { pool, analyse } = await scripted();
  const { analysis } = JSON.parse(JSON.stringify(await analyse('a.py', 'answer')));
  const [running, waiting] = [analyse('b.py', 'hang'), analyse('c.py', 'answer')];
  pool.close();
  expect(await Promise.all([running, waiting])).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
  expect(() => process.kill(analysis.pid, 0)).toThrow('ESRCH');
});

test('a process that is killed while it loads is replaced', async () => {
  const folder = await folderOf({ 'entry.mjs': FIRST_DIES });
  const { analyse } = await scripted({ entry: pathToFileURL(join(folder, 'entry.mjs')) });
  expect(await analyse('a.py', 'answer')).toMatchObject(read);
});

test('where no process can be started, that is said', async () => {
  const { analyse } = await scripted({ entry: new URL('nothing-here.mjs', SCRIPTED) });
  await expect(analyse('a.py', 'answer')).rejects.toThrow(
    /^the analyser does not start: .*Cannot find module/s,
  );
});

test('the built analyser answers what the analysis does, over and over', async () => {
  const pool = new AnalyserPool({ processes: 1, entry: BUILT });
  onTestFinished(() => pool.close());
  const text = exampleText('pytorch-mlp');
  const job = {
    file: 'model.py',
    text,
    options: { ...DEFAULT_OPTIONS, profile: 'mup' as const },
    place: null,
  };
  const [first, again] = [await pool.analyse(job), await pool.analyse(job)];
  expect(first).toMatchObject({
    kind: 'read',
    analysis: { findings: [{ code: 'MUP101' }, { code: 'MUP101' }] },
  });
  expect(again).toEqual(first);
});
