import { describe, expect, test } from 'vitest';
import { convergenceFigures } from './figures.ts';
import { convergenceFindings } from './findings.ts';
import { convergenceEvidence, convergenceSentence } from './sentences.ts';
import { smallConvergenceCheck } from './small-convergence-check.fixture.ts';
import { convergenceTable, hypothesisRows, independenceMap } from './table.ts';

const mup = smallConvergenceCheck('mup');

describe('the sentence of a convergence check', () => {
  test.each([
    [
      'holds',
      /^μP at width 128 has all but stopped at a minimum: .* leaves at most \S+ \(ε = \S+\)/,
      { steps: 400 },
    ],
    [
      'not-stationary',
      /^μP at width 128 has not stopped: its gradient still allows all of the loss, 0\.\d+ \(σ_min/,
      { steps: 3 },
    ],
    ['diverged', /^μP diverges at width 128, so nothing is measured there/, { learningRate: 1e6 }],
  ])('says that it %s', (verdict, says, asked) => {
    const { report } = smallConvergenceCheck('mup', asked);
    expect(report.verdict).toBe(verdict);
    expect(convergenceSentence(report, 'μP')).toMatch(says);
  });

  test('says of a loss within ε that it is, though its gradient does not bound it', () => {
    const { report } = smallConvergenceCheck('mup', { steps: 3 });
    const { bound, stationarity } = report;
    const said = (tolerance: number) =>
      convergenceSentence({ ...report, bound: { ...bound!, tolerance }, stationarity }, 'μP');
    expect(said(2 * bound!.loss)).toMatch(
      /all of the loss, \S+, which is within ε = \S+ of 0 already \(σ_min/,
    );
    expect(said(bound!.loss / 2)).not.toContain('already');
  });

  test('names the rows that contradict each other and the loss that they leave', () => {
    const { report } = smallConvergenceCheck('mup', { steps: 2000, widths: [64] }, 'contradicting');
    expect(convergenceSentence(report, 'μP')).toMatch(
      /^μP at width 64 stands at loss \S+, and not for want of training: its features have rank 7, and no readout of them gets below \S+: rows 1 and 2 of the data are equal/,
    );
  });

  test('names more samples than units, and contradicting rows that are not among those probed', () => {
    const { report } = smallConvergenceCheck('mup', { widths: [6], steps: 3 });
    expect(convergenceSentence(report, 'μP')).toMatch(/rank is 6, .*: there are more samples than units\.$/);
    const hidden = smallConvergenceCheck('mup', { widths: [64], steps: 3, probe: 1 }, 'contradicting');
    expect(convergenceSentence(hidden.report, 'μP')).toMatch(/: rows 1 and 2 are equal\.$/);
  });

  test('tells a plateau over vanishing features from a minimum', () => {
    const { report } = smallConvergenceCheck('ip', { baseWidth: 1, learningRate: 0.5, steps: 4, depth: 3 });
    expect(convergenceSentence(report, 'IP')).toMatch(
      /^IP at width 128 is on a plateau that is no minimum, at loss \S+: a step takes 0\.\d+\u00a0% off it, but over features whose σ_min is \S+ so small a gradient bounds nothing\.$/,
    );
  });

  test('says no verdict of what was interrupted', () => {
    expect(convergenceSentence({ ...mup.report, verdict: null }, 'μP')).toBe('μP: interrupted, no verdict.');
  });
});

test('the evidence says how far training has come, what all layers say, and where features are least rich', () => {
  const [stationary, layers, independent] = convergenceEvidence(mup.report);
  expect(stationary).toMatch(
    /^Stationary\? The error ‖χ‖ went from \S+ to \S+, .* off the loss\. The bound is \S+ times/,
  );
  expect(layers).toMatch(/^All layers together, each at its rate: the loss is at most \S+ \(it is \S+;/);
  expect(independent).toMatch(
    /^Independent, over 4 watched samples: at every probed step λ_min of every layer is at least 0\.\d+ of its .* least in [hx][¹²]/,
  );
  const [, , vanishing] = convergenceEvidence(smallConvergenceCheck('ip').report);
  expect(vanishing).toMatch(
    /^Independent at this width, over 4 watched samples, but λ_min of [hx]² at step \d+, width 128 is \S+, and 0 at infinite width\.$/,
  );
});

describe('tables', () => {
  const findings = convergenceFindings(mup.report);

  test('have a row a layer, with a verdict as a sign and a word', () => {
    const rows = convergenceTable(findings, 2);
    expect(rows.map(({ layer }) => layer)).toEqual(['layer 1', 'layer 2']);
    // Eight samples in six dimensions would leave h¹ unjudged; four are probed.
    expect(rows[0]!.preactivation).toMatch(/^[\d.]+ at step \d+$/);
    expect(convergenceTable(convergenceFindings(smallConvergenceCheck('ip').report), 2)[1]!.verdict).toEqual({
      mark: 'no',
      word: 'collapses with width',
    });
  });

  test('name what is undecided with width', () => {
    const { classes } = findings;
    const open = {
      ...findings,
      classes: {
        ...classes!,
        movement: classes!.movement.map((each) => ({ ...each, class: 'undecided' as const })),
        lambdaMin: classes!.lambdaMin.map((each) => ({ ...each, class: 'constant' as const })),
      },
    };
    expect(convergenceTable(open, 2)[1]!.verdict).toEqual({
      mark: 'open',
      word: 'movement with width undecided, independent',
    });
  });

  test('of one width speak of that width alone', () => {
    const { report } = smallConvergenceCheck('mup', { widths: [64] });
    const [, second] = convergenceTable(convergenceFindings(report), 2);
    expect(second).toMatchObject({
      movement: '–',
      lambdaMin: '–',
      verdict: { mark: 'yes', word: 'independent' },
    });
  });

  test('of one watched sample do not say that it is independent', () => {
    const { report } = smallConvergenceCheck('mup', { widths: [64] });
    const one = { ...report, independence: { ...report.independence!, samples: 1 } };
    const [, second] = convergenceTable(convergenceFindings(one), 2);
    expect(second!.verdict).toEqual({ mark: 'open', word: 'one sample watched' });
    expect(convergenceEvidence(one)).toContain(
      'Independent? One watched sample tells nothing of it: watch more (--probe).',
    );
  });

  test('the map has pre- and post-activation of every layer, one worst cell, and as few columns as are wanted', () => {
    const map = independenceMap(findings, 5);
    expect(map.rows.map(({ name }) => name)).toEqual(['h¹', 'x¹', 'h²', 'x²']);
    expect([map.steps[0], map.steps.at(-1)]).toEqual([0, 30]);
    expect(map.steps.length).toBeLessThanOrEqual(6);
    expect(map.rows.flatMap(({ cells }) => cells).filter(({ worst }) => worst)).toHaveLength(1);
  });

  test('the map on the other side of a wire marks the same cell', () => {
    const map = independenceMap(JSON.parse(JSON.stringify(findings)), 5);
    expect(map).toEqual(independenceMap(findings, 5));
  });

  test('hypotheses come with why', () => {
    expect(hypothesisRows(findings).map(({ name, verdict }) => `${name} ${verdict.word}`)).toEqual([
      'activation holds',
      'data holds',
      'parametrization holds',
      'network holds',
      'optimizer holds',
      'batches holds',
      'loss holds',
      'width finite',
    ]);
  });
});

test('the error stays below its bounds in the picture, too', () => {
  const { request, report } = mup;
  const { widths, depth, steps, limits } = request;
  const runs = report.rows.map(({ width, series }) => ({ width, columns: series }));
  const figures = convergenceFigures(runs, {
    parametrization: 'mup',
    widths,
    depth,
    steps,
    limits: limits.activation,
    infiniteWidth: report.infiniteWidth,
  });
  expect(figures.map(({ id }) => id)).toEqual(['loss', 'error', 'gradient', 'lambda-min']);
  const [error, readout, tangent] = figures[1]!.curves;
  for (const bound of [readout!, tangent!]) {
    for (const [index, step] of bound.x.entries()) {
      expect(error!.y[error!.x.indexOf(step)]).toBeLessThanOrEqual(bound.y[index]!);
    }
  }
  expect(figures[0]!.curves.map(({ label }) => label)).toEqual(['64', '96', '128', 'n → ∞']);
  expect(
    convergenceFigures([], {
      parametrization: 'mup',
      widths,
      depth,
      steps,
      limits: [],
      infiniteWidth: null,
    })[1]!.curves[0]!.x,
  ).toEqual([]);
});
