import type { LayerOutcome } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { appendSeries } from '../columns.ts';
import { ComparisonStore, type ShownComparison } from '../comparison-store.ts';
import { exampleComparison } from '../example-comparison.ts';
import { stepCharts } from './step-charts.ts';
import { widthCharts } from './width-charts.ts';

function comparison(): ShownComparison {
  const store = new ComparisonStore();
  store.hydrate(exampleComparison());
  return store.comparison!;
}

function layer(number: number, movement: number, lambdaMinFinal: number): LayerOutcome {
  return {
    layer: number,
    movement,
    lambdaMinInit: lambdaMinFinal,
    lambdaMinFinal,
    lambdaMinJoint: null,
    lambdaMinLimit: null,
    floor: null,
    floorJoint: null,
  };
}

function finish(shown: ShownComparison, index: number, movement: number): void {
  const run = shown.runs[index]!;
  run.state = { kind: 'finished' };
  run.outcome = { loss: [1, 0.5], outputChange: 1, layers: [layer(2, movement, 0.05)] };
}

const chart = (models: ReturnType<typeof stepCharts>, name: string) =>
  models.find((model) => model.name === name)!;

test('over steps: one curve a layer and the limit that theory has for it', () => {
  const shown = comparison();
  const run = shown.runs[0]!;
  appendSeries(run.columns, [{ quantity: 'lambdaMin', layer: 2, steps: [0, 4], values: [0.09, 0.08] }]);
  const lambdaMin = chart(stepCharts(shown, run), 'lambdaMin');
  expect(lambdaMin.lines.map(({ label, x, y }) => [label, x, y])).toEqual([
    ['l1', [], []],
    ['l2', [0, 4], [0.09, 0.08]],
    ['l1 limit', [0, 4], [0.2, 0.2]],
    ['l2 limit', [0, 4], [0.1, 0.1]],
  ]);
  expect(lambdaMin.lines[1]!.source).toEqual({
    parametrization: 'mup',
    width: 64,
    seed: 0,
    quantity: 'lambdaMin',
    layer: 2,
  });
});

test('lines keep their places whichever run is shown, so that a chart is not built anew', () => {
  const shown = comparison();
  const counts = [null, ...shown.runs].map((run) => stepCharts(shown, run).map(({ lines }) => lines.length));
  expect(new Set(counts.map(String)).size).toBe(1);
});

test('a run that blows up does not squeeze the others', () => {
  const shown = comparison();
  for (const [index, top] of [1, 1.1, 1e9].entries()) {
    appendSeries(shown.runs[index]!.columns, [
      { quantity: 'loss', layer: null, steps: [0, 1], values: [1, top] },
    ]);
  }
  expect(chart(stepCharts(shown, shown.runs[0]!), 'loss').y.range).toEqual([0, 1.5]);
  shown.runs[1]!.state = { kind: 'diverged', atStep: 2 };
  expect(chart(stepCharts(shown, shown.runs[0]!), 'loss').y.range).toEqual([0, 1]);
});

test('against width: the geometric mean over seeds, each seed a dot, nothing of what diverged', () => {
  const shown = comparison();
  finish(shown, 0, 0.4);
  finish(shown, 2, 0.9);
  shown.runs[1]!.state = { kind: 'diverged', atStep: 1 };
  const again: ShownComparison = { ...shown, runs: [...shown.runs, { ...shown.runs[2]!, seed: 1 }] };
  finish(again, 4, 0.1);
  const [movement] = widthCharts(again, 2);
  const [mup, sp] = movement!.lines;
  expect(mup!.x).toEqual([64, 256]);
  expect(mup!.y).toBeCloseToAll([0.4, 0.3], { rtol: 1e-15 * 8 });
  expect(mup!.dots).toHaveLength(3);
  expect(sp).toMatchObject({ x: [], dots: [], label: '' });
});

test('against width: parametrizations of one limit share its line, and no limit has none', () => {
  const shown = comparison();
  expect(widthCharts(shown, 1)[1]!.lines.filter(({ kind }) => kind === 'theory')).toMatchObject([
    { y: [0.2, 0.2] },
  ]);
  expect(widthCharts(shown, 2)[1]!.lines.filter(({ kind }) => kind === 'theory')).toMatchObject([
    { y: [0.1, 0.1] },
  ]);
});
