import { describe, expect, test } from 'vitest';
import { type BuiltModel, builtModel } from './built-model.ts';
import { builtFindings } from './built-problems.ts';
import type { GroupRecord, ParameterRecord, StepRecord, WidthRecord } from './probe-record.ts';

const WIDTHS = [64, 128, 256];

const STEP: StepRecord = { update: 1, updateOfFullRank: 1, decayed: 0, decaysInProportion: true };

function parameter(
  name: string,
  shape: readonly number[],
  more: Partial<ParameterRecord> = {},
): ParameterRecord {
  return {
    name,
    aliases: [],
    shape,
    dtype: 'float32',
    isLookup: false,
    isOriented: true,
    isTrained: true,
    isFused: false,
    into: shape.length === 2 ? [1] : [],
    stacked: [],
    start: { size: 0.02, mean: 0, isConstant: false, error: 0.01 },
    groups: [0],
    step: STEP,
    lines: { made: null, start: null, group: null },
    ...more,
  };
}

function group(more: Partial<GroupRecord> = {}): GroupRecord {
  return {
    optimizer: 'AdamW',
    learningRate: 1e-3,
    weightDecay: 0.1,
    betas: [0.9, 0.95],
    epsilon: 1e-8,
    momentum: null,
    others: {},
    ...more,
  };
}

/** A model of the parameters and groups that it has at each width. */
function built(at: (width: number) => { parameters: ParameterRecord[]; groups: GroupRecord[] }): BuiltModel {
  return builtModel(
    WIDTHS.map((width): WidthRecord => {
      const more = { model: 'Net', source: null, strangers: 0, warmedUp: 0, stepWhy: null, seconds: 0 };
      return { event: 'width', width, ...more, ...at(width) };
    }),
  );
}

const only = ({ parameters }: BuiltModel) => parameters[0]!;

describe('a built parameter', () => {
  test.each([
    ['hidden', (n: number) => parameter('w', [n, 4 * n])],
    ['input', (n: number) => parameter('w', [n, 10])],
    ['output', (n: number) => parameter('w', [10, n])],
    ['input', (n: number) => parameter('bias', [n])],
    ['finite', () => parameter('w', [10, 3])],
    ['input', (n: number) => parameter('embedding', [50, n], { into: [0], isLookup: true })],
    // Four experts, a matrix each.
    ['hidden', (n: number) => parameter('experts', [4, n, n], { into: [2], stacked: [0] })],
  ])('is %s by the axes that grow', (role, of) => {
    expect(only(built((n) => ({ parameters: [of(n)], groups: [group()] }))).role).toBe(role);
  });

  test.each([
    [null, (n: number) => [10, n]],
    [null, (n: number) => [n, 10]],
    [null, (n: number) => [1, 16, n]],
    ['hidden', (n: number) => [n, n]],
    ['finite', () => [10, 3]],
  ])('has the role %s where its module does not say which axis is summed over', (role, shape) => {
    const model = built((n) => ({
      parameters: [parameter('table', shape(n), { isOriented: false, into: [shape(n).length - 1] })],
      groups: [group()],
    }));
    expect(only(model).role).toBe(role);
    expect(only(model).update.exponent).toBe(role === null ? null : 0);
  });

  test('has the rate and decay of its group as powers of the width', () => {
    const model = built((n) => ({
      parameters: [parameter('w', [n, n])],
      groups: [group({ learningRate: 0.064 / n, weightDecay: n / 640 })],
    }));
    expect(only(model).c.exponent).toBe(1);
    expect(only(model).decay.exponent).toBe(1);
  });

  test('has no rate where its group carries another factor that goes with the width', () => {
    const model = built((n) => ({
      parameters: [parameter('w', [n, n])],
      groups: [group({ others: { lr_scale: 64 / n } })],
    }));
    expect(only(model).c).toMatchObject({ exponent: null, why: expect.stringContaining('lr_scale') });
  });

  test.each([
    ['which its rate has already, as its rate says', 1, (n: number) => 0.064 / n],
    ['which its rate has otherwise, not at all', null, (n: number) => 0.064 / Math.sqrt(n)],
  ])('has a factor of its group %s', (_, exponent, learningRate) => {
    const { c } = only(
      built((n) => ({
        parameters: [parameter('w', [n, n])],
        groups: [group({ learningRate: learningRate(n), others: { lr_scale: 64 / n } })],
      })),
    );
    expect(c.exponent).toBe(exponent);
    expect(c.why ?? '').not.toContain('multiply it');
  });

  test('moves like no power of the width that depends on the rank of a gradient', () => {
    const stepped = (updateOfFullRank: number, update: number) => ({
      step: { ...STEP, update, updateOfFullRank },
    });
    const updateOf = (full: (n: number) => number) =>
      only(built((n) => ({ parameters: [parameter('w', [n, n], stepped(full(n), n))], groups: [group()] })))
        .update;
    expect(updateOf((n) => 1.3 * n).exponent).toBe(1);
    expect(updateOf((n) => Math.sqrt(n))).toMatchObject({
      exponent: null,
      why: 'it goes like n^1 for a gradient of rank one, and like n^0.5 for one of full rank',
    });
  });

  test('keeps its group where the others change their places', () => {
    const model = built((n) => ({
      parameters: [parameter('a', [n, n], { groups: [n === 64 ? 0 : 1] })],
      groups: n === 64 ? [group()] : [group({ learningRate: 9 }), group()],
    }));
    expect(only(model).c.exponent).toBe(0);
  });

  test('that is not the same at every width is left out and counted', () => {
    const model = built((n) => ({
      parameters: [parameter('a', [n, n]), ...(n > 64 ? [parameter('b', [n])] : [])],
      groups: [group()],
    }));
    expect(model.parameters.map(({ name }) => name)).toEqual(['a']);
    expect(model.notes).toEqual(['1 parameter is not the same at every width, and left out']);
  });

  test('has as many groups at every width, or that is said, except of groups that were measured', () => {
    const notesOf = (more: Partial<GroupRecord>) =>
      built((n) => ({
        parameters: [parameter('w', [n, n])],
        groups: n === 64 ? [group(more)] : [group(more), group(more)],
      })).notes;
    expect(notesOf({})).toEqual(['there is one group at 64, and 2 at 256']);
    expect(notesOf({ rateError: 1e-3 })).toEqual([]);
  });
});

describe('wrong in its groups is', () => {
  const kindsOf = (parameters: (n: number) => ParameterRecord[], groups: GroupRecord[] = [group()]) =>
    builtFindings(
      built((n) => ({ parameters: parameters(n), groups })),
      new Map(),
    ).map(({ kind }) => kind);

  test('a trained weight in no group, or in two', () => {
    expect(kindsOf((n) => [parameter('w', [n, n], { groups: [] })])).toEqual(['no-group']);
    expect(kindsOf((n) => [parameter('w', [n, n], { groups: [], isTrained: false })])).toEqual([]);
    expect(kindsOf((n) => [parameter('w', [n, n], { groups: [0, 1] })], [group(), group()])).toEqual([
      'several-groups',
    ]);
  });

  test('an embedding or a readout that is orthogonalized, and no hidden matrix', () => {
    const step = { ...STEP, isOrthogonal: true };
    expect(kindsOf((n) => [parameter('e', [50, n], { isLookup: true, into: [0], step })])).toEqual([
      'lookup-orthogonalized',
    ]);
    expect(kindsOf((n) => [parameter('r', [10, n], { step })])).toEqual(['readout-orthogonalized']);
    expect(kindsOf((n) => [parameter('h', [n, n], { step })])).toEqual([]);
  });

  test('a hidden weight that moves much less than all of its shape in another group', () => {
    const weights = (n: number, update: number) => [
      parameter('a', [n, n]),
      parameter('b', [n, n]),
      parameter('c', [n, n], { groups: [1], step: { ...STEP, update, updateOfFullRank: update } }),
    ];
    expect(kindsOf((n) => weights(n, 0.1), [group(), group()])).toEqual(['moves-less']);
    expect(kindsOf((n) => weights(n, 0.5), [group(), group()])).toEqual([]);
  });
});
