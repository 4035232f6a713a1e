import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { measurementNotes } from './measurement-notes.ts';
import { smallComparison } from './small-comparison.fixture.ts';

test('how a data file was read stands behind the data; where nothing was guessed nothing does', async () => {
  const { report, context } = await smallComparison({ parametrizations: ['mup'] });
  const terms = (reading: string | null) =>
    measurementNotes({ ...context, dataReading: reading }).map(({ term }) => term);
  expect(terms(null)).not.toContain('Data as read');
  const dataReading = '2 inputs, 2 classes from column 3, no header, separated by tabs';
  expect(terms(dataReading)).toContain('Data as read');
  expect(renderMarkdown(report, { ...context, dataReading })).toContain(`${dataReading}.`);
});
