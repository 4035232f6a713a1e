import { expect, test } from 'vitest';
import { slopeText } from '../words/slope-text.ts';
import { comparisonSetting } from './setting.ts';
import { smallComparison } from './small-comparison.fixture.ts';
import { SIGNS } from './verdict-cells.ts';
import { comparisonTable } from './verdict-table.ts';

test('the table of a comparison is this', async () => {
  const small = smallComparison();
  const { layers, widest, rows } = comparisonTable(small.report, comparisonSetting(small));
  const lines = rows.map(({ label, features, richness, statement, start, loss, ...slopes }) => {
    const cells = [features, richness].map(({ mark, word }) => `${SIGNS[mark]} ${word}`);
    const numbers = [...slopes.movement, ...slopes.lambdaMin, ...slopes.lambdaMinJoint].map(slopeText);
    return [
      label,
      ...(statement === null ? [...cells, ...numbers] : [`${SIGNS[statement.mark]} ${statement.word}`]),
      start.measured,
      start.limit,
      loss,
    ];
  });
  const head = `layers ${layers.join(' ')}, widest ${widest}`;
  const text = [head, ...lines.map((cells) => cells.join(' | ')), ''].join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/verdict-table.txt');
});

test('a mean of some seeds is no mean: what is missing is said', () => {
  const small = smallComparison();
  const rows = small.report.rows.map((row) =>
    row.parametrization === 'mup' && row.seed === 0 ? { ...row, loss: [row.loss[0], null] as const } : row,
  );
  const table = comparisonTable({ ...small.report, rows }, comparisonSetting(small));
  expect(table.rows.find(({ name }) => name === 'mup')!.loss).toMatch(/ → –$/);
});
