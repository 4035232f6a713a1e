import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { interopTreePython } from './python/interpreter.ts';

const FACTORIES = join(import.meta.dirname, 'built');
const BIN = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');
const PROBE = join(import.meta.dirname, '../../packages/server/dist/probe.py');

let python: string;

beforeAll(() => {
  python = interopTreePython(process.env['INTEROP_TREE_PYTHON']);
});

/** What a command says of a factory of Flax or Keras. */
function asked(command: string, factory: string, ...flags: readonly string[]) {
  return askedOn('jax', command, factory, ...flags);
}

/** The same on one of Keras' backends. */
function askedOn(backend: string, command: string, factory: string, ...flags: readonly string[]) {
  const given = ['--python', factory, '--interpreter', python, '--json', '-', ...flags];
  const { stdout, stderr, status } = spawnSync(process.execPath, [BIN, command, ...given], {
    cwd: FACTORIES,
    env: { ...process.env, KERAS_BACKEND: backend },
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return { stdout, stderr, code: status };
}

function explained(factory: string) {
  const { stdout, stderr, code } = asked('explain', factory, '--widths', '64,128,256');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const { parameters, ...rest } = JSON.parse(stdout);
  const named: Readonly<Record<string, object>> = Object.fromEntries(
    parameters.map((one: { name: string }) => [one.name, one]),
  );
  return { named, ...rest };
}

describe('explain reads', () => {
  test('a linen transformer under one rate of AdamW, whose decay is measured', () => {
    const { named, libraries, torch } = explained('flax_models.py:linen');
    expect(libraries).toMatch(/^jax \S+, flax \S+, optax \S+$/);
    expect(torch).toBeNull();
    const wide = { role: 'hidden', b: 0.5, c: 0, decay: 0, decayed: 0, update: 1 };
    expect(named['block.up.kernel']).toMatchObject(wide);
    expect(named['block.MultiHeadDotProductAttention_0.out.kernel']).toMatchObject(wide);
    expect(named['table.embedding']).toMatchObject({ role: 'input', b: 0, c: 0, update: 0 });
    expect(named['head.kernel']).toMatchObject({ role: 'output', b: 0.5, update: 1 });
  });

  test('rates of a multi_transform, each as it moves its weights', () => {
    const { named } = explained('flax_models.py:linen_mup');
    expect(named['block.down.kernel']).toMatchObject({ role: 'hidden', c: 1, update: 0 });
    expect(named['table.embedding']).toMatchObject({ role: 'input', c: 0, update: 0 });
  });

  test('a train state under a schedule that begins at 0, past its beginning', () => {
    const { named, notes } = explained('flax_models.py:linen_state');
    expect(named['block.down.kernel']).toMatchObject({ role: 'hidden', c: 0, update: 0 });
    expect(notes.join()).toContain('after 1 steps of the schedule');
  });

  test('an nnx network, a readout of one unit too', () => {
    const { named } = explained('flax_models.py:of_nnx');
    expect(named['layers.1.kernel']).toMatchObject({ role: 'hidden', b: 0.5, c: 0, update: 1 });
    expect(named['head.kernel']).toMatchObject({ role: 'output', c: 0, update: 1 });
  });

  test('a Keras transformer, whose attention is made of einsums', () => {
    const { named } = explained('keras_models.py:adam');
    const wide = { role: 'hidden', b: 0.5, c: 0, decay: 0, update: 1 };
    expect(named['attention.query.kernel']).toMatchObject(wide);
    expect(named['attention.attention_output.kernel']).toMatchObject(wide);
    expect(named['table.embeddings']).toMatchObject({ role: 'input', update: 0 });
  });

  test('convolutions under what compile was told, depthwise ones too', () => {
    const { named } = explained('keras_models.py:compiled');
    expect(named['sequential.each.kernel']).toMatchObject({ role: 'input', c: 0 });
    expect(named['sequential.mix.kernel']).toMatchObject({ role: 'hidden', c: 0, update: 0 });
  });
});

test.each([
  ['without_batch', 'its linen module has no parameters before a batch was seen'],
  ['ignores_width', 'it ignores its width: every parameter has the same shape at 64 and at 256'],
])('%s is answered in a sentence', (factory, sentence) => {
  const { stderr, code } = asked('explain', `flax_models.py:${factory}`);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

test('a coordinate check of one rate for all blames the weight that is summed over the width', () => {
  const short = ['--widths', '64,128,256', '--steps', '2'];
  const { stdout } = asked('coord-check', 'flax_models.py:of_nnx', ...short);
  const { verdict, suspects, weights } = JSON.parse(stdout);
  expect(verdict).toBe('fail');
  expect(suspects[0]).toMatchObject({ cause: 'rate', parameters: ['layers.1.kernel'] });
  // The readout starts at n^-½ and has the same rate, which these widths show of some seeds.
  const blamed = suspects.flatMap((one: { parameters: readonly string[] }) => one.parameters);
  expect(blamed.filter((name: string) => !['layers.1.kernel', 'head.kernel'].includes(name))).toEqual([]);
  const moved = weights.find(({ parameter }: { parameter: string }) => parameter === 'layers.1.kernel');
  // Towards 1 for one direction; the gradient of a batch has several.
  expect(moved.spectralUpdate.value).toBeGreaterThan(0.5);
});

test.each(['perceptron_mup', 'multiplied'])(
  'a network of linen under μP passes, numbers that multiply what layers make counted: %s',
  (factory) => {
    const { stdout } = asked('coord-check', `flax_models.py:${factory}`, '--widths', '64,128,256,512');
    const { verdict, suspects } = JSON.parse(stdout);
    expect({ verdict, suspects }).toEqual({ verdict: 'pass', suspects: [] });
  },
);

test('the same network with too large a number behind its readout fails there', () => {
  const widths = ['--widths', '64,128,256,512'];
  const { stdout } = asked('coord-check', 'flax_models.py:multiplied_by_half', ...widths);
  const { verdict, suspects } = JSON.parse(stdout);
  expect(verdict).toBe('fail');
  const blamed = suspects.flatMap(({ parameters }: { parameters: readonly string[] }) => parameters);
  expect([...new Set(blamed)]).toEqual(['head.kernel']);
});

test.each(['jax', 'torch', 'tensorflow'])(
  'numbers that multiply what layers of Keras make are counted on %s',
  (backend) => {
    const short = ['--widths', '16,64', '--seeds', '1', '--steps', '1'];
    const { stdout, stderr } = askedOn(backend, 'coord-check', 'keras_models.py:multiplied', ...short);
    expect(stdout, stderr).not.toBe('');
    const starts = (
      JSON.parse(stdout).rows as readonly { layers: readonly { layer: string; size: readonly number[] }[] }[]
    ).map(({ layers }) => layers.find(({ layer }) => layer === 'middle')?.size[0] ?? Number.NaN);
    // Without its number, of 1 / width, it would start four times as large at the fourfold width.
    expect(starts[1]! / starts[0]!).toBeGreaterThan(0.5);
    expect(starts[1]! / starts[0]!).toBeLessThan(2);
  },
);

test('a network of Keras under μP by such numbers passes, and fails at its readout where that has too large a one', () => {
  const checked = (factory: string) => {
    const plan = ['--widths', '64,128,256,512', '--seeds', '5'];
    return JSON.parse(askedOn('torch', 'coord-check', `keras_models.py:${factory}`, ...plan).stdout);
  };
  const { verdict, suspects } = checked('multiplied');
  expect({ verdict, suspects }).toEqual({ verdict: 'pass', suspects: [] });
  const other = checked('multiplied_by_half');
  expect(other.verdict).toBe('fail');
  const blamed = other.suspects.flatMap(({ parameters }: { parameters: readonly string[] }) => parameters);
  expect([...new Set(blamed)]).toEqual(['head.kernel']);
});

test('dropout is off and that is told, and a module that is called after it is none', () => {
  const short = ['--widths', '16,32', '--seeds', '1', '--steps', '1'];
  const { stdout, stderr } = asked('coord-check', 'flax_models.py:drops', ...short);
  expect(stdout, stderr).not.toBe('');
  const { notes, layers } = JSON.parse(stdout);
  expect(notes).toContain('dropout was turned off');
  expect(layers.map(({ layer }: { layer: string }) => layer)).toEqual(
    expect.arrayContaining(['first', 'head']),
  );
});

describe('of the programs of two seeds', () => {
  /** How many programs there are after each run. */
  const compiled = (factory: string): readonly number[] => {
    const lines = [
      'import runpy, sys',
      'probe = runpy.run_path(sys.argv[1])',
      'runs = probe["TreeRuns"](getattr(__import__("flax_models"), sys.argv[2]), 1)',
      'counts = [runs.check(16, seed) and len(probe["COMPILED"]) for seed in (0, 1)]',
      'print(*counts)',
    ];
    const environment = { ...process.env, JAX_PLATFORMS: 'cpu' };
    const { stdout, stderr } = spawnSync(python, ['-c', lines.join('\n'), PROBE, factory], {
      cwd: FACTORIES,
      env: environment,
      encoding: 'utf8',
    });
    expect(stdout, stderr).not.toBe('');
    return stdout.trim().split(' ').map(Number);
  };

  test('those that are the same are compiled once', () => {
    const [first, second] = compiled('perceptron_mup');
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first);
  });

  test('those that hold another number are not', () => {
    const [first, second] = compiled('multiplied_at_random');
    expect(second).toBeGreaterThan(first!);
  });
});

test('the best rate factor of a network of nnx is searched', () => {
  const short = ['--widths', '16,32', '--seeds', '1', '--steps', '5'];
  const { stdout } = asked('transfer', 'flax_models.py:of_nnx', ...short);
  const { ownRates, rows } = JSON.parse(stdout);
  expect(ownRates[0].rate).toBeCloseTo(1e-3, 6);
  expect(rows.length).toBeGreaterThan(6);
});

test('the best rate of a network of Keras keeps its place under μP, and drifts like 1/n without', () => {
  const grid = ['--widths', '32,128,512', '--steps', '20', '--time-budget', '90'];
  const tuned = (factory: string) =>
    JSON.parse(asked('transfer', `keras_models.py:${factory}`, ...grid).stdout);
  const { verdict, drift } = tuned('standard');
  expect(verdict).toBe('drifts');
  expect([drift.low < -1, drift.high > -1, drift.high < 0]).toEqual([true, true, true]);
  const under = tuned('mup');
  expect(under.verdict).not.toBe('drifts');
  expect([under.drift.low < 0, under.drift.high > 0, under.drift.low > -1]).toEqual([true, true, true]);
});
