import { beforeAll, expect, test } from 'vitest';
import { appendSeries, type Column } from '../columns.ts';
import { figureText } from '../figure-text.fixture.ts';
import { comparisonFigures } from './figures.ts';
import type { MeasuredRow } from './measured.ts';
import { type RunSoFar, runFigures } from './run-figures.ts';
import { type ComparisonSetting, comparisonSetting } from './setting.ts';
import { type SmallComparison, smallComparison } from './small-comparison.fixture.ts';
import { widthFigure } from './width-figures.ts';

let small: SmallComparison;
let setting: ComparisonSetting;
beforeAll(() => {
  small = smallComparison();
  setting = comparisonSetting(small);
});

function runs(): RunSoFar[] {
  return small.report.rows.map(({ parametrization, width, seed, state, series }) => {
    const columns: Column[] = [];
    appendSeries(columns, series);
    return { parametrization, width, seed, state: { kind: state }, columns };
  });
}

test("the page's figures are these", async () => {
  const { againstWidth, overSteps } = comparisonFigures(small.report, setting);
  const text = [...againstWidth, ...overSteps].flat().map(figureText).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/page-figures.txt');
});

test("the panel's figures of one run are these", async () => {
  const all = runs();
  const run = all.find(({ parametrization, width }) => parametrization === 'mup' && width === 64)!;
  const text = runFigures(run, all, setting).map(figureText).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/run-figures.txt');
});

test("the panel's figures against width, while runs are missing, are these", async () => {
  const rows = small.report.rows.filter(
    ({ parametrization, width }) => width < 64 && parametrization !== 'ntp',
  );
  const measured = { rows, slopes: {}, infiniteWidth: null };
  const text = (['movement', 'lambdaMin'] as const)
    .map((quantity) => figureText(widthFigure(quantity, 2, measured, setting)))
    .join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/width-figures-so-far.txt');
});

test('before the first run there are frames with nothing in them', async () => {
  const empty = [
    ...runFigures(null, [], setting),
    widthFigure('movement', 2, { rows: [], slopes: {}, infiniteWidth: null }, setting),
  ];
  await expect(empty.map(figureText).join('\n')).toMatchFileSnapshot('snapshots/empty-figures.txt');
});

test('curves keep their places whichever run is shown, so that a chart is not built anew', () => {
  const all = runs();
  const counts = [null, ...all].map((run) =>
    runFigures(run, all, setting).map(({ curves }) => curves.length),
  );
  expect(new Set(counts.map(String)).size).toBe(1);
});

test('a run that blows up does not squeeze the others', () => {
  const [first, ...others] = ['mup', 'sp', 'ntp'].map((parametrization, seed): RunSoFar => {
    const columns: Column[] = [];
    const values = [1, [1, 1.1, 1e9][seed]!];
    appendSeries(columns, [{ quantity: 'loss', layer: null, steps: [0, 1], values }]);
    return { parametrization, width: 64, seed, state: { kind: 'running' }, columns };
  });
  const lossRange = (all: readonly RunSoFar[]) => runFigures(all[0]!, all, setting)[0]!.y.range;
  expect(lossRange([first!, ...others])).toEqual([0, 1.5]);
  expect(lossRange([first!, { ...others[0]!, state: { kind: 'diverged' } }, others[1]!])).toEqual([0, 1]);
});

test('against width: the geometric mean over seeds, each seed a dot, nothing of what diverged', () => {
  const figure = widthFigure('movement', 2, small.report, setting);
  const [constant, , , , mup] = figure.curves;
  expect(constant).toMatchObject({ x: [], y: [], dots: [] });
  const at = (width: number) => mup!.dots.filter(([x]) => x === width).map(([, y]) => y);
  expect(at(16)).toHaveLength(3);
  const product = at(16).reduce((all, value) => all * value, 1);
  // Three logarithms and an exponential, each rounded.
  expect([mup!.y[0]! ** 3]).toBeCloseToAll([product], { rtol: 1e-14 });
});

test('the losses of survivors are not shown as the mean: they would flatter', () => {
  const { rows } = small.report;
  const at = rows.find(({ parametrization, width }) => parametrization === 'mup' && width === 64)!;
  const short = at.series.map((series) => ({
    ...series,
    steps: series.steps.slice(0, 2),
    values: series.values.slice(0, 2),
  }));
  const cut = rows.map((row) =>
    row === at ? { ...row, state: 'diverged' as const, divergedAt: 2, series: short } : row,
  );
  const [losses] = comparisonFigures({ ...small.report, rows: cut }, setting).overSteps;
  expect(losses!.at(-1)!.curves.at(-1)).toMatchObject({ leaves: true, remark: '✗', x: [0, 1] });
});

test('figures of one quantity stand on one axis', () => {
  const { againstWidth, overSteps } = comparisonFigures(small.report, setting);
  for (const row of [...againstWidth, ...overSteps])
    expect(new Set(row.map(({ y }) => y.range.join())).size).toBe(1);
  expect(overSteps.map((row) => row.map(({ id }) => id))).toEqual([
    ['loss-width-16', 'loss-width-32', 'loss-width-64'],
    ['movement-width-16', 'movement-width-32', 'movement-width-64'],
  ]);
});

test('what has ended stands back while something runs, and a seed that has just begun cuts no mean off', () => {
  const rows = small.report.rows.map((row): MeasuredRow => {
    const runs = row.parametrization === 'mup' && row.width === 64 && row.seed === 2;
    const series = row.series.map((each) => ({ ...each, steps: [0], values: [each.values[0]!] }));
    return runs ? { ...row, state: 'running', layers: [], series } : row;
  });
  const losses = comparisonFigures({ rows, slopes: {}, infiniteWidth: null }, setting).overSteps[0]!;
  const mup = losses.map(({ curves }) => curves.at(-1)!);
  expect(mup.map(({ faint }) => faint)).toEqual([true, true, false]);
  expect(mup.map(({ x }) => x.length)).toEqual([mup[0]!.x.length, mup[0]!.x.length, mup[0]!.x.length]);
  expect(
    comparisonFigures(small.report, setting)
      .overSteps.flat()
      .flatMap(({ curves }) => curves),
  ).not.toContainEqual(expect.objectContaining({ faint: true }));
});

test('parametrizations of one limit share its line; of movement there is none', () => {
  const limits = Object.fromEntries(
    small.request.parametrizations.map(({ name }) => [name, [0.2, 0.1, 0.1]]),
  );
  const references = (quantity: 'movement' | 'lambdaMin' | 'lambdaMinJoint') =>
    widthFigure(quantity, 2, small.report, { ...setting, limits }).references;
  expect(references('lambdaMin')).toEqual([{ label: 'n = ∞', remark: '0.100', y: 0.1 }]);
  expect([references('movement'), references('lambdaMinJoint')]).toEqual([[], []]);
});

test('a value of 0 has no place on a logarithmic axis, and does not stretch it', () => {
  const columns: Column[] = [];
  appendSeries(columns, [{ quantity: 'lambdaMin', layer: 2, steps: [0, 1], values: [0.01, 0] }]);
  const run: RunSoFar = { parametrization: 'ip', width: 64, seed: 0, state: { kind: 'running' }, columns };
  const axisOf = (limits: ComparisonSetting['limits']) =>
    runFigures(run, [run], { ...setting, limits }).find(({ id }) => id === 'lambdaMin')!.y;
  const [low, high] = axisOf({}).range;
  expect([low > 0.001, low < 0.01, high > 0.01]).toEqual([true, true, true]);
  // Nor has a limit of 0; one above 0 is always in the frame.
  expect(axisOf({ ip: [null, 0, 0] }).range).toEqual([low, high]);
  expect(axisOf({ ip: [1, 0, 0] }).range[1]).toBeGreaterThan(1);
});
