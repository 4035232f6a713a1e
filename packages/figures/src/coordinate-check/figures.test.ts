import { expect, test } from 'vitest';
import { figureText } from '../figure-text.fixture.ts';
import { coordinateFigures } from './figures.ts';
import type { CoordinateSetting, MeasuredCoordinates } from './findings.ts';
import { type SmallCheck, smallCheck } from './small-check.fixture.ts';

function measured({ request, report }: SmallCheck): [readonly MeasuredCoordinates[], CoordinateSetting] {
  const { widths, depth, parametrization } = request;
  const runs = report.rows.map(({ width, series }) => ({ width, columns: series }));
  return [runs, { widths, depth, parametrization: parametrization.name }];
}

test('sizes and updates of every layer stand against width, each with its slope', async () => {
  const check = smallCheck('sp');
  const [runs, setting] = measured(check);
  const text = [0, 2].flatMap((step) =>
    coordinateFigures(runs, check.report, { ...setting, step }).map(figureText),
  );
  await expect(text.join('\n')).toMatchFileSnapshot('snapshots/coordinate-figures.txt');
});

test('before the first run there are frames with nothing in them', () => {
  const [, setting] = measured(smallCheck('mup'));
  const figures = coordinateFigures([], { layers: [] }, { ...setting, step: 2 });
  expect(figures.map(({ curves }) => curves.map(({ label, x }) => [label, x]))).toEqual([
    [
      ['layer 1', []],
      ['layer 2', []],
      ['readout', []],
    ],
    [
      ['layer 1', []],
      ['layer 2', []],
      ['readout', []],
    ],
  ]);
});
