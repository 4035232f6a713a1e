import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { called } from '../../../test/called.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { classify } from './classify.ts';

const MUP = ['--init', '0,1/2,1/2,1', '--lr', '-1,0,0,1'];

async function judged(args: readonly string[], cwd?: string): Promise<unknown> {
  const { code, stdout } = await called(classify, [...args, '--json', '-'], cwd);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('classify', () => {
  test('judges what each layer has of its own, the readout last', async () => {
    expect(await judged(MUP)).toEqual({
      schema: 'widthwise/classify',
      version: 1,
      regime: 'feature-learning',
      f0: 0.5,
      df: 0,
      features: [0, 0, 0],
      r: [0, 0, 0],
    });
    expect(await judged(['--init', '0,inf', '--lr', '0,0'])).toMatchObject({ f0: null });
  });

  test('foretells as many updates as are asked for', async () => {
    expect(await judged([...MUP, '--steps', '0'])).toMatchObject({ df: null, features: [null, null, null] });
    await expect(judged([...MUP, '--steps', '-1'])).rejects.toThrow('--steps');
    await expect(judged([...MUP, '--steps', '0.5'])).rejects.toThrow('--steps');
  });

  test('says the regime, then what it follows from', async () => {
    const { stdout } = await called(classify, MUP);
    expect(stdout).toMatch(/^feature-learning: /);
    expect(stdout).toMatch(/change of features +e = 0, 0, 0 +layer 1 first/);
    expect(stdout).toMatch(/each layer's own part +r = 0, 0, 0/);
  });

  test.each([
    [['--init', '0,1/2'], '--init and --lr'],
    [['--init', '0,1', '--lr', '0'], 'got 2 and 1'],
    [['--init', '0', '--lr', '0'], 'at least two'],
    [['--init', '0,x', '--lr', '0,0'], "--init: expected exponents such as 1/2, -1, 0.5 or inf, got 'x'"],
    [['--init', '0,1', '--lr', '0,inf'], '--lr: a learning rate cannot be inf'],
    [['--abc', 'mine.json', '--lr', '0,0'], '--abc goes without'],
    [['--abc', 'missing.json'], 'abc missing.json: cannot be read (ENOENT)'],
  ])('refuses %j', async (args, why) => {
    await expect(called(classify, args)).rejects.toThrow(why);
  });
});

describe('a file of exponents', () => {
  const abc = (a: number, b: number, c: number) => ({ a, b, c });
  const mine = { optimizer: 'adam', input: abc(0, 0, 0), hidden: abc(0, 0.5, 1), output: abc(0, 1, 1) };

  async function fileOf(content: string): Promise<string> {
    const folder = await folderOf({});
    await writeFile(path.join(folder, 'mine.json'), content);
    return folder;
  }

  test('is judged at a depth, for its own optimizer or another one', async () => {
    const folder = await fileOf(JSON.stringify(mine));
    expect(await judged(['--abc', 'mine.json'], folder)).toMatchObject({
      regime: 'feature-learning',
      features: [0, 0, 0],
    });
    expect(await judged(['--abc', 'mine.json', '--depth', '1'], folder)).toMatchObject({ features: [0] });
    expect(await judged(['--abc', 'mine.json', '--optimizer', 'sgd'], folder)).not.toMatchObject({
      regime: 'feature-learning',
    });
    for (const depth of ['0', '1.5', '1001'])
      await expect(called(classify, ['--abc', 'mine.json', '--depth', depth], folder)).rejects.toThrow(
        '--depth',
      );
    expect(await judged(['--abc', 'mine.json', '--depth', '1000'], folder)).toMatchObject({
      features: Array(1000).fill(0),
    });
  });

  test('that says nothing of use is refused by its name', async () => {
    const call = async (content: string) =>
      called(classify, ['--abc', 'mine.json'], await fileOf(content)).catch((error: Error) => error.message);
    expect(await call('{')).toContain('mine.json: not JSON');
    expect(await call('{"input": 1}')).toContain('mine.json');
  });
});

describe('a graph', () => {
  const input = { id: 'x', op: 'input', axes: ['b', 'i'] };
  const readout = { id: 'f', op: 'contract', of: ['h', 'V'], axes: ['b', 'o'] };
  const weight = (id: string, axes: readonly string[], init: unknown, rate: unknown) => ({
    id,
    op: 'weight',
    axes,
    init,
    rate,
    optimizer: 'adam',
  });
  const graphWith = (changes: object = {}): object => ({
    axes: { b: 0, i: '0', n: 1, o: 0 },
    output: 'f',
    nodes: [
      input,
      weight('W', ['i', 'n'], 0, 0),
      { id: 'h', op: 'contract', of: ['x', 'W'], axes: ['b', 'n'] },
      weight('V', ['n', 'o'], '1/2', 1),
      readout,
    ],
    ...changes,
  });

  async function judgedGraph(graph: unknown, ...args: readonly string[]): Promise<unknown> {
    const folder = await folderOf({});
    await writeFile(path.join(folder, 'net.json'), typeof graph === 'string' ? graph : JSON.stringify(graph));
    return judged(['--graph', 'net.json', ...args], folder);
  }

  test('is judged as a whole and weight by weight', async () => {
    expect(await judgedGraph(graphWith())).toEqual({
      schema: 'widthwise/classify',
      version: 1,
      regime: 'unstable',
      widthStable: false,
      grows: ['f'],
      overwritten: [],
      scaleFree: [],
      init: { h: 0, f: 0 },
      gradient: { W: 0.5, V: 0 },
      change: null,
      weights: {
        W: { init: 0, rate: 0, rightInit: 0, rightRate: 0 },
        V: { init: -0.5, rate: 0, rightInit: 1, rightRate: 1 },
      },
    });
  });

  test('tells what is exactly 0, what is unknown, and the changes after each update', async () => {
    const nodes = [
      input,
      weight('W', ['i', 'n'], 0, 'unknown'),
      { id: 'h', op: 'contract', of: ['x', 'W'], axes: ['b', 'n'] },
      weight('V', ['n', 'o'], 'zero', 1),
      readout,
    ];
    expect(await judgedGraph(graphWith({ nodes }), '--steps', '1')).toMatchObject({
      regime: 'unknown',
      widthStable: null,
      init: { f: 'inf' },
      change: { 1: { h: 'inf', f: 0 }, settled: { h: null, f: null } },
      weights: { W: { rate: null, rightRate: 0 }, V: { init: 'inf', rightInit: 'inf', rightRate: 1 } },
    });
  });

  test('is told by its regime, then its weights', async () => {
    const folder = await folderOf({});
    await writeFile(path.join(folder, 'net.json'), JSON.stringify(graphWith()));
    const { stdout } = await called(classify, ['--graph', 'net.json'], folder);
    expect(stdout).toMatch(/^unstable: /);
    expect(stdout).toContain('grows with width under full alignment: f');
    expect(stdout).toMatch(/V +½ +too large: n\^½ +1 +1 +right +1/);
  });

  const chain = (count: number) => [
    input,
    ...Array.from({ length: count }, (_, k) => ({
      id: `v${k}`,
      op: 'view',
      of: [k === 0 ? 'x' : `v${k - 1}`],
    })),
  ];

  test.each([
    ['no table', [], 'a graph: expected a table'],
    ['no axes', graphWith({ axes: 3 }), 'axes: expected a table, got 3'],
    [
      'an axis that shrinks',
      graphWith({ axes: { n: -1 } }),
      "axis 'n': expected a speed of at least 0, got -1",
    ],
    ['no nodes', graphWith({ nodes: {} }), 'nodes: expected a list'],
    ['no such output', graphWith({ output: 'g' }), "output: no node has the id 'g'"],
    [
      'an unknown operation',
      graphWith({ nodes: [{ id: 'x', op: 'toString' }] }),
      "node 'x': op is to be one of",
    ],
    ['an id twice', graphWith({ nodes: [input, input] }), "node 'x': another node has this id"],
    [
      'a forward reference',
      graphWith({
        nodes: [
          { id: 'f', op: 'norm', of: ['g'] },
          { ...input, id: 'g' },
        ],
      }),
      "node 'f': reads 'g', which is no node before it",
    ],
    [
      'a cycle',
      graphWith({ nodes: [{ id: 'f', op: 'norm', of: ['f'] }] }),
      "node 'f': reads 'f', which is no node before it",
    ],
    [
      'a weight without a start',
      graphWith({ nodes: [{ id: 'W', op: 'weight', axes: ['n'] }] }),
      'node \'W\': init is to be a number, a text such as "1/2", or "unknown", got nothing',
    ],
    [
      'an axis without a speed',
      graphWith({ nodes: [{ ...input, axes: ['__proto__'] }] }),
      "node 'x': axes has no speed for '__proto__'",
    ],
    [
      'a field that is none',
      graphWith({ nodes: [{ ...input, axis: 1 }] }),
      "node 'x': expected only id, op, axes",
    ],
    [
      'an axis from nowhere',
      graphWith({ nodes: [input, { id: 'f', op: 'contract', of: ['x', 'x'], axes: ['n'] }] }),
      "node 'f': neither operand has its axis 'n'",
    ],
    [
      'a view that grows',
      graphWith({ nodes: [input, { id: 'f', op: 'view', of: ['x'], axes: ['n'] }] }),
      "node 'f': a view of 'x' must grow as its axes do, n^0, got n^1",
    ],
    [
      'one operand of two',
      graphWith({ nodes: [input, { ...readout, of: ['x'] }] }),
      'contract takes two nodes, got 1',
    ],
    ['an infinite exponent', graphWith({ nodes: [weight('W', ['n'], 'inf', 0)] }), "node 'W': init is to be"],
    ['too many nodes', graphWith({ nodes: chain(20_000) }), 'nodes: expected at most 20000, got 20001'],
    ['too large a file', `"${'x'.repeat(8_000_001)}"`, 'net.json'],
    ['a deep nest', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'a graph: expected a table'],
    ['no JSON', '{', 'not JSON'],
  ])('with %s is refused in one sentence', async (_, graph, why) => {
    const error = await judgedGraph(graph).catch((thrown: Error) => thrown.message);
    expect(error).toContain(why);
    expect(error).not.toContain('\n');
  });

  test('whose names are those of JavaScript is judged like any other', async () => {
    const text = JSON.stringify(graphWith())
      .replaceAll('"h"', '"__proto__"')
      .replaceAll('"V"', '"constructor"');
    const found = JSON.stringify(await judgedGraph(text));
    expect(found).toContain('"__proto__":0');
    expect(found).toContain('"constructor":{"init":-0.5');
  });

  test('goes without the options of layers', async () => {
    await expect(judgedGraph(graphWith(), '--optimizer', 'adam')).rejects.toThrow(
      '--graph goes without --optimizer',
    );
    await expect(judgedGraph(graphWith(), '--steps', '101')).rejects.toThrow('from 0 to 100');
  });
});
