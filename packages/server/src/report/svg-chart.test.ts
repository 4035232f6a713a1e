import { comparisonFigures, comparisonSetting, svgChart } from '@widthwise/figures';
import { expect, test } from 'vitest';
import { smallComparison } from './small-comparison.fixture.ts';

test('the figures of a page are drawn like this', async () => {
  const { report, context } = await smallComparison({ steps: 10, learningRate: 4 });
  const { againstWidth, overSteps } = comparisonFigures(report, comparisonSetting(context));
  const figures = [...againstWidth, ...overSteps].flat();
  expect(figures).toHaveLength(6 + 2 * context.request.widths.length);
  for (const figure of figures) {
    const lines = svgChart(figure).replaceAll(/(?<!^)<(?!\/)/g, '\n<');
    await expect(`${lines}\n`).toMatchFileSnapshot(`snapshots/${figure.id}.svg`);
  }
});
