import { type Curve, comparisonFigures, type Figure } from '@widthwise/figures';
import { expect, test } from 'vitest';
import { comparisonAtWork, shownComparison } from '../app/example-comparison.fixture.ts';
import { measuredComparison } from '../panels/comparison/measured.ts';
import { isSameFigure } from './same-figure.ts';

const losses = (of = comparisonAtWork()): Figure =>
  comparisonFigures(measuredComparison(of), of.plan).overSteps[0]![0]!;

test('a figure that is made again of the same is the same', () => {
  expect(isSameFigure(losses(), losses())).toBe(true);
  expect(isSameFigure(losses(), losses(shownComparison()))).toBe(false);
});

test('what moves, joins or stands back makes another', () => {
  const figure = losses();
  const [first, ...others] = figure.curves;
  const changed = (change: Partial<Curve>): Figure => ({
    ...figure,
    curves: [{ ...first!, ...change }, ...others],
  });
  const { x, y } = first!;
  for (const change of [
    { x: [...x, 9], y: [...y, 9] },
    { y: y.map((value) => 2 * value) },
    { faint: !first!.faint },
    { remark: '+0.01' },
    { dots: [[1, 1]] as const },
  ]) {
    expect(isSameFigure(figure, changed(change))).toBe(false);
  }
  expect(isSameFigure(figure, { ...figure, y: { ...figure.y, range: [1, 2] } })).toBe(false);
});
