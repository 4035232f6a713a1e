import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { interopPython } from './python/interpreter.ts';

const FACTORIES = join(import.meta.dirname, 'built');
const BIN = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

let python: string;

beforeAll(() => {
  python = interopPython(process.env['INTEROP_PYTHON']);
});

interface Parameter {
  readonly name: string;
  readonly role: string | null;
  readonly b: number | 'zero' | null;
  readonly c: number | 'zero' | null;
  readonly decay: number | 'zero' | null;
  readonly update: number | 'zero' | null;
  readonly decayed: number | 'zero' | null;
  readonly group: number | null;
  readonly unknown: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

interface Explained {
  readonly code: number | null;
  readonly stderr: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly findings: readonly { readonly kind: string; readonly parameters: readonly string[] }[];
  readonly failures: readonly { readonly width: number | null; readonly why: string }[];
  readonly notes: readonly string[];
}

/** What `explain --python` says of a factory. */
function explained(factory: string, ...flags: readonly string[]): Explained {
  const line = ['explain', '--python', factory, '--interpreter', python, '--json', '-', ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...line], {
    cwd: FACTORIES,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const {
    parameters = [],
    findings = [],
    failures = [],
    notes = [],
  } = stdout === '' ? {} : JSON.parse(stdout);
  const named = (parameters as readonly Parameter[]).map((one) => [one.name, one]);
  return { code: status, stderr, parameters: Object.fromEntries(named), findings, failures, notes };
}

describe('what one step does to a weight, at a rate that does not depend on the width', () => {
  // Of a gradient u·vᵀ: Adam and sign steps move each entry alike, ‖ΔW‖₂ ∝ √(fan_out·fan_in); SGD as the gradient, whose
  // entries are ∝ 1/fan_out; Muon to one singular value, √max(1, out/in) or ∝ √max(out, in) times; Adafactor as Adam, times
  // the weight's own size, ∝ fan_in^-½.
  test.each([
    ['adamw', { first: 0, up: 1, down: 1, head: 1, norm: 0 }],
    ['sgd', { first: -1, up: 0, down: 0, head: 1, norm: -1 }],
    ['muon', { up: 0, down: 0, head: 0.5, norm: 0 }],
    ['muon_match', { up: 0.5, down: 0.5, head: 1, norm: 0 }],
    ['adafactor', { first: 0, up: 0.5, down: 0.5, head: 0.5 }],
    ['adam_mup', { first: 0, up: 0, down: 0, head: 0, norm: 0 }],
    ['by_hand', { first: 0, up: 1, down: 1, head: 1, norm: 0 }],
  ])('%s', (factory, updates) => {
    const { parameters, stderr } = explained(`optimizers.py:${factory}`);
    expect(stderr).toBe('');
    const measured = Object.keys(updates).map((name) => [name, parameters[`${name}.weight`]?.update]);
    expect(Object.fromEntries(measured)).toEqual(updates);
  });

  test('start, rate and decay are those of the code', () => {
    const { parameters } = explained('optimizers.py:adam_mup');
    expect(parameters['up.weight']).toMatchObject({ role: 'hidden', b: 0.5, c: 1, decay: 1, decayed: 0 });
    expect(parameters['first.weight']).toMatchObject({ role: 'input', b: 0, c: 0, decay: 0, decayed: 0 });
    expect(parameters['head.weight']).toMatchObject({ role: 'output', b: 0.5, c: 1 });
  });

  test('a decay that no group names is measured, and is no part of the update', () => {
    const { parameters } = explained('optimizers.py:by_hand');
    expect(parameters['up.weight']).toMatchObject({ decay: null, decayed: 0, update: 1 });
  });

  test('a decay that goes through an adaptive step has no part that decays', () => {
    const { parameters } = explained('optimizers.py:adam_coupled');
    expect(parameters['up.weight']).toMatchObject({ decay: 0, decayed: null, update: 1 });
  });

  test('rates are read where a schedule begins, and that is said', () => {
    const { parameters, notes } = explained('optimizers.py:with_warmup');
    expect(parameters['up.weight']).toMatchObject({ c: 1, update: 0 });
    expect(notes.join()).toContain('after 1 steps of the schedule');
  });

  test('a power that depends on the rank of the gradient is none', () => {
    const { parameters } = explained('optimizers.py:one_size');
    expect(parameters['up.weight']).toMatchObject({
      update: null,
      unknown: {
        update: expect.stringContaining('n^0.5 for a gradient of rank one, and like n^0 for one'),
      },
    });
  });

  test('a readout under Muon is found, and no hidden matrix', () => {
    const { findings } = explained('optimizers.py:muon');
    expect(findings).toMatchObject([{ kind: 'readout-orthogonalized', parameters: ['head.weight'] }]);
  });
});

describe('a factory that', () => {
  test.each([
    ['ignores_width', 'ignores its width'],
    ['reads_input', 'reads from standard input'],
    ['asks_for_cuda', 'asks for CUDA, and the model is built on the CPU here; with --launch'],
    ['fills_gpu', 'there is not enough memory on the GPU for it (tried to allocate 20.00 GiB)'],
    ['leaves_interpreter', 'it calls sys.exit(7)'],
    ['asks_network', '192.0.2.1'],
    ['odd_width', 'not divisible by 96'],
    ['asserts_elsewhere', 'not divisible by 96 (guarded_model.py:9)'],
    ['returns_nothing', 'returns NoneType'],
    ['lazy', 'has no size before a batch was seen'],
    ['no_such_factory', 'it has no no_such_factory; it defines ignores_width'],
  ])('%s is answered in a sentence', (factory, sentence) => {
    const { code, stderr } = explained(`hard_factories.py:${factory}`);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  test('never returns is ended', () => {
    const { code, stderr } = explained('hard_factories.py:never_returns', '--timeout', '30');
    expect(stderr).toContain('is not done after 30 s');
    expect(code).toBe(2);
  });

  test.each([
    ['kills_interpreter', 'its process'],
    ['wants_memory', 'not enough memory for it (tried to allocate 40000000000000 bytes)'],
  ])('%s at the widest loses that width alone', (factory, sentence) => {
    const { code, parameters, failures } = explained(`hard_factories.py:${factory}`);
    expect(parameters['fc.weight']).toMatchObject({ role: 'hidden', b: 0.5 });
    expect(failures).toMatchObject([{ width: 256, why: expect.stringContaining(sentence) }]);
    expect(code).toBe(2);
  });

  test('prints, or starts what prints, is read all the same', () => {
    const { code, parameters, stderr } = explained('hard_factories.py:prints');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(parameters['fc.weight']).toMatchObject({ b: 0.5 });
  });

  test('has layers that learn their sizes is read with a batch', () => {
    expect(explained('hard_factories.py:lazy_with_batch').parameters['weight']).toMatchObject({ b: 0.5 });
  });

  test('has parameters of every kind is read as far as they go', () => {
    const { parameters, findings } = explained('hard_factories.py:odd_parameters');
    expect(parameters['complex']).toMatchObject({ role: 'hidden', b: 0, update: null });
    expect(parameters['counts']).toMatchObject({ role: 'input', b: 0 });
    expect(parameters['broken']).toMatchObject({ b: null, update: null });
    expect(parameters['rounded']).toMatchObject({ role: 'hidden', b: 0 });
    expect(parameters['one']).toMatchObject({ role: 'finite', b: 0 });
    expect(parameters['nothing']).toMatchObject({ role: 'finite', b: null });
    expect(parameters['cls']).toMatchObject({ role: 'input', b: 'zero', update: -1 });
    expect(parameters['table']).toMatchObject({ role: null, b: 0, update: null });
    expect(parameters['experts']).toMatchObject({ role: 'hidden', b: 0.5, update: 0 });
    expect(findings).toMatchObject([{ kind: 'no-values', parameters: ['broken'] }]);
  });

  test('leaves its weights on the meta device is told so', () => {
    const { findings } = explained('hard_factories.py:on_meta');
    expect(findings).toMatchObject([{ kind: 'no-values', parameters: ['fc.weight'] }]);
  });

  test('has a tied weight in two groups is told so', () => {
    const { findings } = explained('hard_factories.py:tied_in_two_groups');
    expect(findings.map(({ kind, parameters }) => [kind, ...parameters])).toEqual([
      ['several-groups', 'embedding.weight'],
      ['no-group', 'fc.weight'],
    ]);
  });

  test('has one tensor as embedding and readout is told what its code is told', () => {
    const { findings } = explained('hard_factories.py:tied_readout');
    expect(findings).toMatchObject([{ kind: 'tied', parameters: ['embedding.weight'] }]);
  });

  test('has an optimizer that wants a closure is told so', () => {
    const { parameters } = explained('hard_factories.py:wants_closure');
    expect(parameters['fc.weight']).toMatchObject({
      c: 0,
      update: null,
      unknown: { update: expect.stringContaining('closure') },
    });
  });

  test('compiles its model has the names of the model', () => {
    expect(explained('hard_factories.py:compiled').parameters['fc.weight']).toMatchObject({
      b: 0.5,
      update: 1,
    });
  });
});
