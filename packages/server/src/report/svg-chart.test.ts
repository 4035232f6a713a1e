import { comparisonFigures, comparisonSetting } from '@widthwise/figures';
import { expect, test } from 'vitest';
import { smallComparison } from './small-comparison.fixture.ts';
import { svgChart } from './svg-chart.ts';

test('the figures of a page are drawn like this', async () => {
  const { report, context } = await smallComparison({ steps: 10, learningRate: 4 });
  const figures = comparisonFigures(report, comparisonSetting(context)).flat();
  expect(figures).toHaveLength(7);
  for (const figure of figures) {
    const lines = svgChart(figure).replaceAll(/(?<!^)<(?!\/)/g, '\n<');
    await expect(`${lines}\n`).toMatchFileSnapshot(`snapshots/${figure.id}.svg`);
  }
});
