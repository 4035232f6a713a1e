import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Explained, explainedBy } from './built/ask.ts';
import { interopPython } from './python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = interopPython(process.env['INTEROP_PYTHON']);
});

const explained = (factory: string, ...flags: readonly string[]): Explained =>
  explainedBy(python, factory, ...flags);

describe('a factory that', () => {
  test.each([
    ['ignores_width', 'ignores its width'],
    ['reads_input', 'reads from standard input'],
    ['asks_for_cuda', 'asks for CUDA, and the model is built on the CPU here; with --launch'],
    ['fills_gpu', 'there is not enough memory on the GPU for it (tried to allocate 20.00 GiB)'],
    ['leaves_interpreter', 'it calls sys.exit(7)'],
    ['asks_network', '192.0.2.1'],
    ['odd_width', 'not divisible by 96 (hard_factories.py:76); near it, width 96 runs'],
    ['asserts_elsewhere', 'not divisible by 96 (guarded_model.py:9); near it, width 96 runs'],
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
