import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { fakePython, saying } from './fake-python.ts';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const WIDTHS = [64, 128, 256];
const READY = { event: 'ready', python: '3.12.1', torch: '2.9.0', seconds: 1 };
const GROUP = {
  optimizer: 'Adam',
  learningRate: 1e-3,
  weightDecay: 0,
  betas: null,
  epsilon: null,
  momentum: null,
  others: {},
};

/** A hidden matrix under Adam at a constant rate. */
const built = (width: number) => ({
  event: 'width',
  width,
  model: 'Net',
  source: null,
  groups: [GROUP],
  strangers: 0,
  warmedUp: 0,
  stepWhy: null,
  seconds: 0.1,
  parameters: [
    {
      name: 'fc.weight',
      aliases: [],
      shape: [width, width],
      dtype: 'float32',
      isLookup: false,
      isOriented: true,
      isTrained: true,
      isFused: false,
      into: [1],
      stacked: [],
      start: { size: width ** -0.5, mean: 0, isConstant: false, error: 1e-3 },
      groups: [0],
      step: { update: width, updateOfFullRank: width, decayed: 0 },
      lines: { made: ['model.py', 1], start: ['model.py', 1], group: ['model.py', 2] },
    },
  ],
});

const run = (width: number, seed: number) => {
  const moved = [0, width * (1 + 0.01 * seed)];
  return {
    event: 'run',
    width,
    seed,
    losses: [2, 1 + 0.1 * seed],
    stoppedAt: null,
    output: 'fc',
    isOptimized: true,
    hadDropout: false,
    seconds: 0.1,
    layers: [
      {
        layer: 'fc',
        kind: 'Linear',
        shape: [8, width],
        line: null,
        size: [1, 1],
        update: moved,
        gradient: [1, 1],
        input: [1, 1],
        inputUpdate: [0, 0],
        own: moved,
        carried: [0, 0],
      },
    ],
    weights: [{ name: 'fc.weight', norm: [2, 2], update: moved }],
  };
};

const RUNS = WIDTHS.flatMap((width) => [0, 1, 2, 3, 4].map((seed) => run(width, seed)));

const check = async (script: string, ...flags: readonly string[]) => {
  const folder = await fakePython(script);
  await writeFile(join(folder, 'model.py'), 'def make(width):\n    return Adam(lr=1e-3)\n');
  const given = ['--interpreter', join(folder, 'python'), '--widths', WIDTHS.join(), '--steps', '1'];
  const line = ['coord-check', '--python', 'model.py:make', ...given, ...flags];
  return { folder, ...(await widthwise(folder, line)) };
};

test.skipIf(process.platform === 'win32')(
  'a check of a built model fails with the line that explains it',
  async () => {
    const whole = saying(READY, ...WIDTHS.map(built), ...RUNS, { event: 'done', seconds: 2 });
    const { folder, code, stdout, stderr } = await check(whole);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^✗ Net fails: a size or an update of 1 of 1 places depends on the width/);
    expect(stdout).toMatch(/fc\.weight moves too far .*learning rate is η, μP wants η\/n/);
    expect(stdout).toContain('model.py:2  return Adam(lr=1e-3)');
    const stem = join(folder, 'widthwise-coord-check-model');
    const document = JSON.parse(await readFile(`${stem}.json`, 'utf8'));
    expect(document).toMatchObject({
      schema: 'widthwise/coord-check-python',
      complete: true,
      verdict: 'fail',
      suspects: [{ cause: 'rate', line: { file: 'model.py', line: 2 }, exponent: { is: 0, wants: 1 } }],
    });
    for (const ending of ['md', 'html']) {
      const text = await readFile(`${stem}.${ending}`, 'utf8');
      expect(text).toContain('μP wants η/n');
      expect(text).toMatch(
        /coord-check --python model\.py:make --widths 64,128,256 --steps 1 --interpreter \S+\/python/,
      );
    }
    const github = await widthwise(folder, [
      ...['coord-check', '--python', 'model.py:make', '--interpreter', join(folder, 'python')],
      ...['--widths', WIDTHS.join(), '--steps', '1', '--format', 'github'],
    ]);
    expect(github.stdout).toMatch(/^::error file=model\.py,line=2,title=coordinate check::fc\.weight/m);
  },
);

test.skipIf(process.platform === 'win32')(
  'a loss that is finite at no width fails, and that is all',
  async () => {
    const lost = RUNS.map((one) => ({ ...one, losses: [2, null], stoppedAt: 1 }));
    const { code, stdout } = await check(
      saying(READY, ...WIDTHS.map(built), ...lost, { event: 'done', seconds: 2 }),
    );
    expect(stdout).toMatch(/^✗ Net is unstable .* The loss is not finite at any width, from step 1 on:/);
    expect(code).toBe(1);
  },
);

test.skipIf(process.platform === 'win32')('widths that were measured stay where another fails', async () => {
  const near = [504, 516];
  const failed = { event: 'failed', stage: 'run', width: 512, why: 'ValueError', line: null, near };
  const script = saying(READY, ...WIDTHS.map(built), ...RUNS, failed, { event: 'done', seconds: 2 });
  const { code, stdout } = await check(script, '--widths', '64,128,256,512');
  expect(stdout).toContain('not measured at width 512: ValueError; near it, widths 504 and 516 run');
  expect(stdout).toContain('μP wants η/n');
  expect(code).toBe(2);
});

describe.skipIf(process.platform === 'win32')('a check that its seeds leave open', () => {
  /** A layer that keeps its size, up to noise that three seeds do not average out; as the probe, it measures what it is asked. */
  const noisy = (...more: readonly string[]): string => `
import { createInterface } from 'node:readline';
const { widths, seeds, mayGoOn } = JSON.parse(process.argv.at(-1));
const say = (record) => console.log(JSON.stringify(record));
const RUN = ${JSON.stringify(run(64, 0))};
const noise = (width, seed) => Math.exp(0.25 * Math.sin(width * 12.9898 + seed * 78.233));
const runs = (from, to) => {
  for (const width of widths)
    for (let seed = from; seed < to; seed++) {
      const update = [0, noise(width, seed)];
      const [layer] = RUN.layers;
      const weights = [{ name: 'fc.weight', norm: [2, 2], update }];
      say({ ...RUN, width, seed, losses: [2, update[1]], layers: [{ ...layer, shape: [8, width], update, own: update }], weights });
    }
};
say(${JSON.stringify(READY)});
for (const one of ${JSON.stringify(WIDTHS.map(built))}) say(one);
runs(0, seeds);
if (mayGoOn) {
  say({ event: 'waiting' });
  let done = seeds;
  for await (const line of createInterface({ input: process.stdin })) {
    const wanted = JSON.parse(line);
    if (wanted === null) break;
    ${more.join('\n')}
    runs(done, wanted);
    done = wanted;
    say({ event: 'waiting' });
  }
}
say({ event: 'done', seconds: 2 });
process.exit(0);
`;
  const documentOf = async (script: string, ...flags: readonly string[]) => {
    const { code, stdout, stderr } = await check(script, '--json', '-', ...flags);
    expect(stderr).toBe('');
    return { code, ...JSON.parse(stdout) };
  };

  test('goes on to those that decide, and finds what it finds of so many at first', async () => {
    const { notes, ...gone } = await documentOf(noisy());
    expect(notes).toEqual([expect.stringMatching(/^5 seeds left it open, so it went on to \d+/)]);
    expect(gone.verdict).toBe('pass');
    expect(gone.seeds).toBeGreaterThan(5);
    const { notes: none, ...asked } = await documentOf(noisy(), '--seeds', String(gone.seeds));
    expect(none).toEqual([]);
    expect(gone).toEqual(asked);
  });

  test.each([
    ['--most-seeds 5', ['--most-seeds', '5']],
    ['a number of seeds', ['--seeds', '5']],
  ])('does not go on with %s, and says what would decide', async (_, flags) => {
    const { verdict, seeds, notes, sentence } = await documentOf(noisy(), ...flags);
    expect({ verdict, seeds, notes }).toEqual({ verdict: 'undecided', seeds: 5, notes: [] });
    expect(sentence).toMatch(/About \d+ seeds should decide/);
  });

  test('does not go on where the project says how many are enough', async () => {
    const folder = await fakePython(noisy());
    await writeFile(join(folder, 'widthwise.json'), '{ "most-seeds": 5 }');
    const given = ['--interpreter', join(folder, 'python'), '--widths', WIDTHS.join(), '--steps', '1'];
    const line = ['coord-check', '--python', 'model.py:make', ...given, '--json', '-'];
    expect(JSON.parse((await widthwise(folder, line)).stdout)).toMatchObject({ seeds: 5, notes: [] });
  });

  test('goes on as far as there is time', async () => {
    const slow = noisy().replace('"seconds":0.1', '"seconds":100');
    expect(await documentOf(slow, '--timeout', '100')).toMatchObject({ verdict: 'undecided', seeds: 5 });
  });

  test('keeps those that it has where further ones cannot be measured', async () => {
    const failed = { event: 'failed', stage: 'run', width: 256, why: 'MemoryError', line: null };
    const lost = noisy(`say(${JSON.stringify(failed)}); break;`);
    const { code, complete, seeds, notes } = await documentOf(lost);
    expect({ code, complete, seeds }).toEqual({ code: 0, complete: true, seeds: 5 });
    expect(notes).toEqual(['no more seeds could be measured, at width 256: MemoryError']);
  });
});

test('a check that a script measured elsewhere is judged here', async () => {
  const folder = await emptyFolder();
  const asked = { event: 'asked', file: 'model.py', factory: 'make', widths: WIDTHS, seeds: 5, steps: 1 };
  const records = [asked, READY, ...WIDTHS.map(built), ...RUNS, { event: 'done', seconds: 2 }];
  await writeFile(join(folder, 'runs.jsonl'), records.map((one) => JSON.stringify(one)).join('\n'));
  const { code, stdout } = await widthwise(folder, ['coord-check', '--from-jsonl', 'runs.jsonl']);
  expect(stdout).toContain('μP wants η/n');
  expect(code).toBe(1);
  await writeFile(join(folder, 'other.jsonl'), '{}');
  const other = await widthwise(folder, ['coord-check', '--from-jsonl', 'other.jsonl']);
  expect(other.stderr).toContain(
    "--from-jsonl: 'other.jsonl' is not what a script of coord-check --script wrote",
  );
});

test('the script is one file that holds what is asked', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), 'def make(width): ...\n');
  const { code, stdout } = await widthwise(folder, ['coord-check', '--python', 'model.py:make', '--script']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^REQUEST = json\.loads\(".*model\.py.*64,128,256,512/m);
  expect(stdout).not.toMatch(/^from \./m);
});

test.each([
  [['--python', 'model.py:make', '--parametrization', 'mup'], '--parametrization: does not go with --python'],
  [['--from-jsonl', 'runs.jsonl', '--widths', '8'], '--widths: does not go with --from-jsonl'],
  [['--interpreter', 'python3'], '--interpreter: goes with --python alone'],
  [['--python', 'model.py:make', '--seeds', '0'], '--seeds: expected a whole number from 1 to 100'],
])('%s is refused in a sentence', async (flags, sentence) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), 'def make(width): ...\n');
  const { code, stderr } = await widthwise(folder, ['coord-check', ...flags]);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});
