import type { WeightRow } from '@widthwise/analysis';
import { describe, expect, test } from 'vitest';
import { measuredExponents, readingsOf } from './against-static.ts';
import type { BuiltModel } from './built-model.ts';
import type { BuiltParameter } from './built-parameter.ts';
import { builtFindings, isRightUpdate } from './built-problems.ts';
import type { FittedPower } from './fit-power.ts';

const power = (exponent: number | 'zero' | null): FittedPower => ({ exponent, slope: null, why: null });

function parameter(name: string, more: Partial<BuiltParameter> = {}): BuiltParameter {
  return {
    name,
    aliases: [],
    shape: [64, 64],
    speeds: [1, 1],
    role: 'hidden',
    groups: [0],
    isTrained: true,
    isLookup: false,
    isFused: false,
    isOrthogonalized: false,
    isScaleFree: true,
    isConstant: false,
    lost: null,
    into: 1,
    b: power(1 / 2),
    c: power(0),
    decay: power(0),
    decayed: power(0),
    update: power(1),
    lines: { made: null, start: null, group: null },
    updates: [1, 2, 4],
    decays: [0, 0, 0],
    decaysThroughStep: false,
    ...more,
  };
}

function model(...parameters: readonly BuiltParameter[]): BuiltModel {
  const common = { name: 'Net', source: null, widths: [64, 128, 256], isOptimized: true, notes: [] };
  return { ...common, parameters, groups: [{ optimizer: 'AdamW', settings: [], parameters: [] }] };
}

function row(name: string, more: Partial<WeightRow> = {}): WeightRow {
  return {
    name,
    aliases: [],
    isTied: false,
    mayBeOff: null,
    isFixed: false,
    isEmbedding: false,
    role: 'hidden',
    shape: 'n × n',
    a: 0,
    b: 1 / 2,
    c: 0,
    optimizer: 'adam',
    trainers: [],
    spans: {
      attribute: null,
      holders: [],
      constructor: { start: 0, end: 0 },
      init: [],
      uses: [],
      trained: [],
      groups: [],
    },
    wants: { a: 0, b: 1 / 2, c: 1 },
    effects: { init: 0, rate: -1, made: 0, moved: null },
    tied: null,
    isCapped: false,
    missing: [],
    ...more,
  };
}

describe('what is read off the code for a parameter', () => {
  test('is the row of its own name before that of a name that it may have, too', () => {
    const rows = [row('encoder.weight', { aliases: ['decoder.weight'], b: 0 }), row('decoder.weight')];
    const readings = readingsOf([parameter('decoder.weight')], rows);
    expect(readings.get('decoder.weight')?.row).toBe(rows[1]);
  });

  test('may be a row for all that a loop makes, and for no longer path', () => {
    const built = model(
      parameter('h.0.fc.weight'),
      parameter('h.0.mlp.fc.weight'),
      parameter('hx0.fc.weight'),
    );
    expect([...readingsOf(built.parameters, [row('h.*.fc.weight')]).keys()]).toEqual(['h.0.fc.weight']);
  });

  test('differs where both know an exponent and it is another', () => {
    const differing = (more: Partial<WeightRow>) =>
      readingsOf([parameter('w')], [row('w', more)]).get('w')?.disagreements;
    expect(differing({})).toEqual([]);
    expect(differing({ b: null, c: null, role: null })).toEqual([]);
    expect(differing({ b: 'zero' })).toEqual([{ quantity: 'init std', read: 'zero', built: 1 / 2 }]);
    expect(differing({ c: 1, role: 'output' })?.map(({ quantity }) => quantity)).toEqual([
      'role',
      'learning rate',
    ]);
  });
});

describe('a step that grows with the width', () => {
  const judged = (more: Partial<BuiltParameter>, rowMore: Partial<WeightRow> = {}) => {
    const built = model(parameter('w', more));
    const readings = readingsOf(built.parameters, [row('w', rowMore)]);
    const kinds = builtFindings(built, readings).map(({ kind }) => kind);
    return [isRightUpdate(built.parameters[0]!, readings.get('w')), kinds];
  };

  test('is wrong where nothing multiplies the weight and the calculus wants the same of its rate', () => {
    expect(judged({})).toEqual([false, ['update']]);
    expect(judged({ update: power(0), c: power(1) }, { c: 1 })).toEqual([true, []]);
  });

  test('is not judged where something multiplies the weight, or may, or it is used twice', () => {
    expect(judged({}, { a: 1 })).toEqual([null, []]);
    expect(judged({}, { a: null })).toEqual([null, []]);
    expect(judged({}, { isTied: true })).toEqual([null, []]);
    expect(judged({ aliases: ['other'] })).toEqual([null, []]);
    expect(judged({ update: power(null) })).toEqual([null, []]);
  });

  test('is no finding where the calculus wants another change, or none is known', () => {
    expect(judged({}, { wants: { a: 0, b: 0, c: 1 / 2 } })[1]).toEqual([]);
    expect(judged({}, { wants: null })[1]).toEqual([]);
  });
});

test('what the calculus holds wrong by built exponents is found: a tied tensor, a start, a rate that no step told', () => {
  const built = model(parameter('w', { c: power(0), update: power(null) }));
  const kindsOf = (more: Partial<WeightRow>) =>
    builtFindings(built, new Map(), new Map([['w', row('w', more)]])).map(({ kind }) => kind);
  const effects = { ...row('w').effects, init: -1 / 2, rate: -1 };
  expect(kindsOf({ isTied: true, a: 0, wants: null, effects })).toEqual(['tied']);
  expect(kindsOf({ b: 0, c: 1, wants: { a: 0, b: 1 / 2, c: 1 } })).toEqual(['start']);
  expect(kindsOf({ b: 1 / 2, c: 0, wants: { a: 0, b: 1 / 2, c: 1 } })).toEqual(['rate']);
  // Steps that go like those of Adam at another rate than the group's.
  expect(kindsOf({ b: 1 / 2, c: 1 / 2, wants: { a: 0, b: 1 / 2, c: 1 } })).toEqual([]);
  expect(kindsOf({ b: 1 / 2, c: 1, wants: { a: 0, b: 1 / 2, c: 1 } })).toEqual([]);
});

test('steps that do not depend on the size of a gradient are told as those of Adam', () => {
  const told = (more: Partial<BuiltParameter>) => measuredExponents(model(parameter('w', more)))[0]?.adamRate;
  // Muon, to one singular value at a constant rate, moves a hidden matrix as Adam does at η/n.
  expect(told({ update: power(0) })).toBe(1);
  expect(told({ update: power(1) })).toBe(0);
  expect(told({ update: power(0), into: 0, role: 'input' })).toBe(0);
  expect(told({ isScaleFree: false })).toBeNull();
  expect(told({ isTrained: false })).toBeNull();
  expect(told({ into: null })).toBeNull();
});
