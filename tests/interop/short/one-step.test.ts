import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Explained, explainedBy } from '../built/ask.ts';
import { shortPython } from '../python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = shortPython(process.env['INTEROP_PYTHON']);
});

const explained = (factory: string): Explained => explainedBy(python, factory);

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
