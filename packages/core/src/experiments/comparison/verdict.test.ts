import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Slope } from '../../statistics/slope.ts';
import type { ComparisonRow, ComparisonSlopes } from './report.ts';
import { comparisonVerdict, judgedLayers } from './verdict.ts';

const SEEDS = 5;
const around = (value: number, margin = 0.05): Slope => ({
  value,
  low: value - margin,
  high: value + margin,
});
const none = (reason: string): Slope => ({ value: null, low: null, high: null, reason });

/** Of three hidden layers, all healthy unless said otherwise. */
function slopes(given: Partial<ComparisonSlopes> = {}): ComparisonSlopes {
  const healthy = [around(0), around(0), around(0)];
  return {
    movement: healthy,
    lambdaMin: healthy,
    lambdaMinJoint: healthy,
    outputChange: around(0),
    ...given,
  };
}

function row(width: number, divergedAt: number | null = null): ComparisonRow {
  return {
    parametrization: 'any',
    width,
    seed: 0,
    state: divergedAt === null ? 'finished' : 'diverged',
    divergedAt,
    loss: [1, divergedAt === null ? 0.5 : null],
    outputChange: divergedAt === null ? 1 : null,
    layers: [],
    series: [],
  };
}
const rows = [row(128), row(256)];
const verdict = (given: Partial<ComparisonSlopes>, runs: readonly ComparisonRow[] = rows) =>
  comparisonVerdict(runs, slopes(given), SEEDS);

describe('feature learning', () => {
  test('is what keeps moving in every judged layer', () => {
    expect(verdict({})).toMatchObject({ featureLearning: true, richness: 'rich', stable: true, reasons: [] });
  });

  test('ends where one judged layer freezes', () => {
    expect(verdict({ movement: [around(0), around(0), around(-0.5)] }).featureLearning).toBe(false);
  });

  test('does not look at the first of several layers', () => {
    expect(verdict({ movement: [around(-1.5), around(0), around(0)] }).featureLearning).toBe(true);
    expect(judgedLayers(1)).toEqual([1]);
    expect(judgedLayers(4)).toEqual([2, 3, 4]);
  });

  test('looks at the first where it is the only one', () => {
    const one = slopes({ movement: [around(-0.5)], lambdaMin: [around(0)] });
    expect(comparisonVerdict(rows, one, SEEDS).featureLearning).toBe(false);
  });

  test('is undecided while an interval holds the boundary, and says how many seeds would decide', () => {
    const open = verdict({ movement: [around(0), around(-0.15, 0.2), around(0)] });
    expect(open.featureLearning).toBeNull();
    // The interval has to halve to ±0.1: four times five seeds, fifteen more.
    expect(open.reasons).toEqual(['feature learning undecided at these seeds: run 15 more']);
  });

  test('asks for widths rather than seeds where the slope lies on the boundary', () => {
    for (const margin of [0, 0.05]) {
      const open = verdict({ movement: [around(0), around(-0.25, margin), around(0)] });
      expect(open.featureLearning).toBeNull();
      expect(open.reasons[0]).toContain('a wider range of widths');
    }
  });

  test('of features that grow with width is said to grow', () => {
    const growing = verdict({ movement: [around(0), around(0.4), around(0.27)] });
    expect(growing.featureLearning).toBe(true);
    expect(growing.growing).toEqual([2]);
    expect(growing.reasons).toEqual(['the movement of layer 2 grows with width']);
  });

  test('has no verdict without a slope, and repeats why there is none', () => {
    const open = verdict({ movement: [around(0), none('the value at width 128 is 0'), around(0)] });
    expect(open.featureLearning).toBeNull();
    expect(open.reasons).toEqual([
      'feature learning undecided: no slope for layer 2, the value at width 128 is 0',
    ]);
  });

  test('says once what several layers lack', () => {
    const open = verdict({
      movement: [around(0), none('all points are of one width'), none('all points are of one width')],
    });
    expect(open.reasons).toEqual([
      'feature learning undecided: no slope for layers 2, 3, all points are of one width',
    ]);
  });

  test('is false where one layer freezes, whatever is unknown of another', () => {
    const frozen = verdict({ movement: [around(0), none('any'), around(-0.5)] });
    expect(frozen.featureLearning).toBe(false);
  });
});

describe('richness', () => {
  test('is low where λ_min of one judged layer vanishes with width', () => {
    const low = verdict({ lambdaMin: [around(0), around(-0.95), around(-1.93)] });
    expect(low).toMatchObject({ featureLearning: true, richness: 'low' });
  });

  test('is not spoilt by the joint λ_min, which is evidence only', () => {
    expect(verdict({ lambdaMinJoint: [around(-3), around(-1), around(-1)] }).richness).toBe('rich');
  });
});

describe('stability', () => {
  test("is lost where the output's change grows with width", () => {
    const unstable = verdict({ outputChange: around(0.5) });
    expect(unstable.stable).toBe(false);
    expect(unstable.reasons).toEqual(["the output's change grows with width"]);
    expect(verdict({ outputChange: around(0.28) }).stable).toBe(true);
  });

  test('is undecided without a slope', () => {
    expect(verdict({ outputChange: none('too few') }).stable).toBeNull();
  });

  test('is lost where some widths diverge; what finished is still judged', () => {
    const partly = verdict({}, [row(128), row(256, 4), row(512, 3)]);
    expect(partly).toMatchObject({ stable: false, featureLearning: true, richness: 'rich' });
    expect(partly.divergence).toEqual({ everywhere: false, widths: [256, 512], steps: [3, 4] });
    expect(partly.reasons).toEqual(['diverges at steps 3 to 4 at widths 256, 512']);
  });

  test('leaves nothing else to judge where every run diverges', () => {
    const nowhere = verdict({}, [row(128, 3), row(256, 3)]);
    expect(nowhere).toMatchObject({ stable: false, featureLearning: null, richness: null });
    expect(nowhere.reasons).toEqual(['diverges at step 3 at every width']);
  });
});

const anySlope = fc
  .record({
    value: fc.double({ min: -2, max: 2, noNaN: true }),
    margin: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ value, margin }) => around(value, margin));

propertyTest.prop([anySlope, anySlope, fc.double({ min: 0, max: 1, noNaN: true })])(
  'a narrower interval never turns a verdict around, it only decides',
  (layer2, layer3, shrink) => {
    const narrower = (slope: Slope) =>
      around(slope.value ?? 0, (shrink * ((slope.high ?? 0) - (slope.low ?? 0))) / 2);
    const wide = verdict({ movement: [around(0), layer2, layer3] }).featureLearning;
    const narrow = verdict({ movement: [around(0), narrower(layer2), narrower(layer3)] }).featureLearning;
    if (wide !== null) expect(narrow).toBe(wide);
  },
);
