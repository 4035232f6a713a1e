import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { fakePython, saying } from './fake-python.ts';
import { emptyFolder, startWidthwise, widthwise } from './widthwise-process.ts';

/** What a probe says of `Net` at one width: an embedding, a hidden matrix and a readout under AdamW at a constant rate. */
function record(width: number): object {
  const start = { size: 1 / Math.sqrt(width), mean: 0, isConstant: false, error: 0.005 };
  const common = {
    aliases: [],
    dtype: 'float32',
    isOriented: true,
    isTrained: true,
    isFused: false,
    stacked: [],
    lines: { made: null, start: null, group: null },
  };
  const step = (update: number) => ({
    update,
    updateOfFullRank: update,
    decayed: 1e-4,
    decaysInProportion: true,
    isOrthogonal: false,
    isScaleFree: true,
  });
  return {
    event: 'width',
    width,
    model: 'Net',
    source: null,
    parameters: [
      {
        ...common,
        name: 'emb.weight',
        shape: [50, width],
        isLookup: true,
        into: [0],
        groups: [0],
        start: { ...start, size: 1 },
        step: step(0.05),
      },
      {
        ...common,
        name: 'fc.weight',
        shape: [width, width],
        isLookup: false,
        into: [1],
        groups: [0],
        start,
        step: step(width * 1e-3),
      },
      {
        ...common,
        name: 'head.weight',
        shape: [10, width],
        isLookup: false,
        into: [1],
        groups: [],
        start,
        step: step(0),
      },
    ],
    groups: [
      {
        optimizer: 'AdamW',
        learningRate: 1e-3,
        weightDecay: 0.1,
        betas: [0.9, 0.999],
        epsilon: 1e-8,
        momentum: null,
        others: {},
      },
    ],
    strangers: 0,
    warmedUp: 0,
    stepWhy: null,
    seconds: 0.1,
  };
}

const READY = { event: 'ready', python: '3.12.1', torch: '2.9.0', seconds: 1 };
const DONE = { event: 'done', seconds: 2 };

const explain = (folder: string, ...flags: readonly string[]) =>
  widthwise(folder, [
    'explain',
    '--python',
    'model.py:make',
    '--interpreter',
    join(folder, 'python'),
    ...flags,
  ]);

describe.skipIf(process.platform === 'win32')('explain --python', () => {
  test('tells exponents, groups and what is wrong with them', async () => {
    const folder = await fakePython(saying(READY, ...[64, 128, 256].map(record), DONE));
    const { code, stdout, stderr } = await explain(folder, '--json', '-', '--at', '256,1024');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { schema, parameters, groups, findings } = JSON.parse(stdout);
    expect(schema).toBe('widthwise/explain-python');
    const [embedding, hidden, head] = parameters;
    expect(embedding).toMatchObject({
      role: 'input',
      speeds: [0, 1],
      b: 0,
      c: 0,
      decay: 0,
      update: 0,
      group: 0,
    });
    expect(hidden).toMatchObject({
      role: 'hidden',
      speeds: [1, 1],
      b: 0.5,
      c: 0,
      update: 1,
      optimizer: 'AdamW',
    });
    expect(head).toMatchObject({
      role: 'output',
      group: null,
      c: null,
      optimizer: null,
      problems: [expect.any(String)],
    });
    expect(findings).toMatchObject([{ kind: 'no-group', parameters: ['head.weight'] }]);
    expect(groups).toMatchObject([
      { learningRate: [1e-3, 1e-3, 1e-3], parameters: ['emb.weight', 'fc.weight'] },
    ]);
    const at = groups[0].at.map(({ weights }: { weights: { update: number }[] }) => weights[1]?.update);
    expect(at[0]).toBeCloseTo(0.256, 9);
    expect(at[1]).toBeCloseTo(1.024, 9);
  });

  test('prints a line a weight, and of each group its numbers', async () => {
    const folder = await fakePython(saying(READY, ...[64, 128, 256].map(record), DONE));
    const { stdout } = await explain(folder);
    expect(stdout).toMatch(
      /^Net, built at widths 64, 128, 256 with torch 2\.9\.0 on Python 3\.12\.1; one problem/,
    );
    expect(stdout).toMatch(/^ {2}fc\.weight +hidden +n × n +AdamW +n\^-½ +η +constant +n$/m);
    expect(stdout).toMatch(
      /^ {2}AdamW +0\.001 +0\.1 +hidden +0\.064 +0\.256 +0\.0001 +0\.0001 +fc\.weight$/m,
    );
  });

  test('keeps the widths that were built when another fails', async () => {
    const failed = { event: 'failed', stage: 'width', width: 256, why: 'MemoryError', line: null };
    const folder = await fakePython(saying(READY, record(64), record(128), failed, DONE));
    const { code, stdout } = await explain(folder);
    expect(stdout).toContain('width 256: MemoryError');
    expect(stdout).toContain('fc.weight');
    expect(code).toBe(2);
  });

  test.each([
    [
      'is killed',
      `${saying(READY, record(64))}process.kill(process.pid, 'SIGKILL');`,
      'its process was killed',
    ],
    [
      'has no torch',
      saying({ event: 'failed', stage: 'torch', why: "No module named 'torch'" }),
      "cannot import what its model is made with: No module named 'torch'",
    ],
    [
      'is another program',
      'console.log("hello"); console.error("what?"); process.exit(3);',
      'exit code 3: what?',
    ],
    ['prints what is no record', `console.log('{"event": "width"}');process.exit(1);`, 'exit code 1'],
  ])('says in a sentence that it %s', async (_, script, sentence) => {
    const { code, stdout, stderr } = await explain(await fakePython(script));
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('ends what does not end, with all that it has started', async () => {
    const script = `
      import { spawn } from 'node:child_process';
      const beat = "setInterval(() => require('node:fs').writeFileSync('beat', ''), 50)";
      spawn(process.execPath, ['-e', beat], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`;
    const folder = await fakePython(script);
    const { code, stderr } = await explain(folder, '--timeout', '3');
    expect(stderr).toContain('is not done after 3 s');
    expect(code).toBe(2);
    await rm(join(folder, 'beat'));
    await sleep(500);
    await expect(stat(join(folder, 'beat'))).rejects.toThrow('ENOENT');
  });

  test('stops at once when it is asked to, and says so', async () => {
    const folder = await fakePython('setInterval(() => {}, 1000);');
    const line = ['explain', '--python', 'model.py:make', '--interpreter', join(folder, 'python')];
    const started = startWidthwise(folder, line);
    setTimeout(() => started.kill('SIGINT'), 1500);
    const { code, stderr } = await started.ended;
    expect(stderr).toContain('stopped: nothing is kept, and the same command starts over');
    expect(code).toBe(130);
  });
});

test.each([
  [['explain', '--python', 'model.py'], "--python: expected FILE.py:FACTORY, got 'model.py'"],
  [['explain', '--python', 'gone.py:make'], "--python: 'gone.py' is no file"],
  [['explain', '--python', 'model.py:make', '--widths', '64'], '--widths: expected two widths or more'],
  [
    ['explain', '--python', 'model.py:make', '--interpreter', './gone'],
    "--interpreter: './gone' cannot be run",
  ],
  [
    ['explain', '--python', 'model.py:make', '--launch', 'srun --gpus=1'],
    "--launch: expected a command with one {} in it, got 'srun --gpus=1'",
  ],
  [['explain', 'model.py', '--widths', '64,128'], '--widths: goes with --python alone'],
])('%s is refused in a sentence', async (line, sentence) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'model.py'), 'def make(width): ...\n');
  const { code, stderr } = await widthwise(folder, line);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});
