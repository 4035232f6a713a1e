import type { Analysis, Span } from '@widthwise/analysis';
import { analyse, exampleText } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import { keepLastGood } from './last-good.ts';

const TEXT = exampleText('pytorch-mlp');
const LAST = analyse(TEXT);

/** What is shown of the example after a stretch of it was replaced by one that leaves it broken. */
function after(old: string, typed: string): { readonly text: string; readonly shown: Analysis } {
  const text = TEXT.replace(old, typed);
  const analysis = analyse(text);
  expect(analysis.broken).toBe(true);
  return { text, shown: keepLastGood({ text, analysis }, { text: TEXT, analysis: LAST }) };
}

const texts = (text: string, spans: readonly Span[]): readonly string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

const findingTexts = (text: string, { findings }: Analysis): readonly string[] =>
  texts(
    text,
    findings.flatMap(({ span, related }) => [span, ...related.map((place) => place.span)]),
  );

test.each([
  ['longer', 'import torch', 'import (((torch'],
  ['shorter', 'import torch\n', '(\n'],
])('findings below a place that becomes %s stay at what they are about', (_, old, typed) => {
  const { text, shown } = after(old, typed);
  expect(shown.findings).toHaveLength(2);
  expect(findingTexts(text, shown)).toEqual(findingTexts(TEXT, LAST));
});

test('findings above a place that is being typed stay where they are', () => {
  const { shown } = after('return self.readout(h)', 'return self.readout((((h)');
  expect(shown.findings.map(({ span }) => span)).toEqual(LAST.findings.map(({ span }) => span));
});

test('a finding goes with the statement that is being typed, the others stay', () => {
  const { text, shown } = after('std=0.02', 'std=(');
  const gone = findingTexts(TEXT, LAST)[0];
  expect(gone).toContain('std=0.02');
  expect(findingTexts(text, shown)).toEqual(
    findingTexts(TEXT, { ...LAST, findings: LAST.findings.slice(1) }),
  );
});

test('the weights of a model move with it', () => {
  const rows = (text: string, { models }: Analysis) =>
    models.flatMap(({ weights }) =>
      weights.map(({ name, spans: { attribute, constructor: made, init } }) => [
        name,
        ...texts(text, [made, ...init, ...(attribute === null ? [] : [attribute])]),
      ]),
    );
  const { text, shown } = after('import torch', 'import (((torch');
  expect(rows(text, shown)).toEqual(rows(TEXT, LAST));
});

test('a text that parses shows what it says itself', () => {
  const text = TEXT.replaceAll('std=0.02', 'std=width**-0.5');
  expect(keepLastGood({ text, analysis: analyse(text) }, { text: TEXT, analysis: LAST }).findings).toEqual(
    [],
  );
});
