import type { WeightRow } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import type { StaticReading } from '../against-static.ts';
import { foretoldOf, unforetoldIn } from './foretold.ts';
import type { BuiltLayerCheck } from './layer-checks.ts';

const slope = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });

function reading(effects: Partial<WeightRow['effects']>, isSame = true): StaticReading {
  const row: WeightRow = {
    name: 'fc.weight',
    aliases: [],
    isTied: false,
    mayBeOff: null,
    isFixed: false,
    isEmbedding: false,
    role: 'hidden',
    shape: 'n × n',
    a: 0,
    b: 1 / 2,
    c: 1,
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
    wants: null,
    effects: { init: 0, rate: 0, made: null, moved: null, ...effects },
    tied: null,
    isCapped: false,
    missing: [],
  };
  return { row, same: [], disagreements: isSame ? [] : [{ quantity: 'init std', read: 0, built: 1 }] };
}

function check(step: number, size: number, update: number): BuiltLayerCheck {
  return {
    layer: 'fc',
    kind: 'Linear',
    step,
    size: slope(size),
    update: step === 0 ? null : slope(update),
    gradient: null,
    upper: { size: null, update: null },
    verdicts: { size: 'pass', update: step === 0 ? null : 'pass' },
    verdict: 'pass',
    open: null,
  };
}

test('what a weight makes of its input has minus the slope of its exponent, and what is 0 has none', () => {
  const readings = new Map([
    ['fc.weight', reading({ made: 1 / 2, moved: 0 })],
    ['head.weight', reading({ made: Number.POSITIVE_INFINITY, moved: 1 })],
    ['fc.bias', reading({ made: 0 })],
  ]);
  expect(foretoldOf(readings)).toEqual([
    { layer: 'fc', start: -1 / 2, update: 0 },
    { layer: 'head', start: null, update: -1 },
  ]);
});

test('nothing is foretold of code that is not what was built', () => {
  expect(foretoldOf(new Map([['fc.weight', reading({ made: 0 }, false)]]))).toEqual([]);
});

test('a slope is another than the one foretold where its interval lies beyond what passes for it, and comes to another power', () => {
  const foretold = [{ layer: 'fc', start: -1 / 2, update: 0 }];
  const found = (...checks: readonly BuiltLayerCheck[]) => unforetoldIn(checks, { foretold, steps: 3 });
  expect(found(check(0, -0.55, 0), check(3, 0, 0.12))).toEqual([]);
  expect(found(check(0, -0.25, 0), check(3, 0, 0.26))).toEqual([]);
  expect(found(check(0, 0, 0), check(3, 0, 0.5))).toMatchObject([
    { layer: 'fc', what: 'start', foretold: -1 / 2, slope: { value: 0 } },
    { layer: 'fc', what: 'update', foretold: 0, slope: { value: 0.5 } },
  ]);
});

test('of a place that is left open nothing is held against theory', () => {
  const open: BuiltLayerCheck = { ...check(3, 0, -0.5), verdicts: { size: 'pass', update: 'undecided' } };
  const foretold = [{ layer: 'fc', start: null, update: 0 }];
  expect(unforetoldIn([open], { foretold, steps: 3 })).toEqual([]);
});
