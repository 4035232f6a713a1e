import { appendSeries } from '@widthwise/figures';
import type { LayerOutcome } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { shownComparison } from '../../app/example-comparison.fixture.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { comparisonCharts, runCharts } from './charts.ts';

function finish(shown: ShownExperiment<'compare'>, index: number, movement: number): void {
  const layer: LayerOutcome = {
    layer: 2,
    movement,
    lambdaMinInit: 0.05,
    lambdaMinFinal: 0.05,
    lambdaMinJoint: null,
    lambdaMinLimit: null,
    floor: null,
    floorJoint: null,
  };
  const run = shown.runs[index]!;
  run.state = { kind: 'finished' };
  appendSeries(run.columns, [{ quantity: 'loss', layer: null, steps: [0, 4], values: [1, 0.5] }]);
  run.outcome = { loss: [1, 0.5], outputChange: 1, layers: [layer] };
}

test('of one run: one curve a layer and the limit that theory has for it', () => {
  const shown = shownComparison();
  const run = shown.runs[0]!;
  appendSeries(run.columns, [{ quantity: 'lambdaMin', layer: 2, steps: [0, 4], values: [0.09, 0.08] }]);
  const { figure } = runCharts(shown, run).find(({ name }) => name === 'lambdaMin')!;
  expect(figure.curves.map(({ label, faint, x, y }) => [label, faint, x, y])).toEqual([
    ['l1', true, [], []],
    ['l2', false, [0, 4], [0.09, 0.08]],
  ]);
  expect(figure.references.map(({ label, y }) => [label, y])).toEqual([
    ['l1 n = ∞', 0.2],
    ['l2 n = ∞', 0.1],
  ]);
  expect(figure.curves[1]!.source).toEqual({
    parametrization: 'mup',
    width: 64,
    seed: 0,
    quantity: 'lambdaMin',
    layer: 2,
  });
});

test('against width: what has finished, and nothing of what diverged or still runs', () => {
  const shown = shownComparison();
  finish(shown, 0, 0.4);
  finish(shown, 2, 0.9);
  shown.runs[1]!.state = { kind: 'diverged', atStep: 1 };
  const again: ShownExperiment<'compare'> = {
    ...shown,
    runs: [...shown.runs, { ...shown.runs[2]!, seed: 1 }],
  };
  finish(again, 4, 0.1);
  const [movement] = comparisonCharts(again, 2).againstWidth.flat();
  const [mup, sp] = movement!.figure.curves;
  expect(mup!.x).toEqual([64, 256]);
  expect(mup!.y).toBeCloseToAll([0.4, 0.3], { rtol: 1e-15 * 8 });
  expect(sp).toMatchObject({ x: [], dots: [] });
});

test('each place keeps its name whichever layer is chosen', () => {
  const names = (layer: number) => {
    const { againstWidth, overSteps } = comparisonCharts(shownComparison(), layer);
    return [...againstWidth, ...overSteps].flat().map(({ name }) => name);
  };
  expect(names(1)).toEqual(names(2));
  expect(names(1)).toEqual([
    'movement-layer-2',
    'lambdaMin-layer-2',
    'lambdaMinJoint-layer-2',
    'loss-width-64',
    'loss-width-256',
    'movement-width-64',
    'movement-width-256',
  ]);
});
