import type { CoordinateCheckRequest, CoordinateReport, TwinNotes } from '@widthwise/core';
import { expect, test } from 'vitest';
import { coordinateMarkdown } from './coordinate-markdown.ts';
import type { ReportContext } from './report-context.ts';

const slope = { value: -0.5, low: -0.6, high: -0.4 };

const REPORT: CoordinateReport = {
  complete: true,
  verdict: 'fail',
  layers: [
    {
      ...{ layer: 1, step: 0, size: slope, update: null, predictedUpdate: null, verdict: 'fail' },
      ...{ spectralNorm: slope, spectralUpdate: null, alignment: null },
    },
  ],
  suspects: [],
  reasons: [],
  rows: [],
};

function markdown(label: string, twin: TwinNotes | null = null): string {
  const context = {
    dataTitle: 'a_b.csv, 64 samples',
    twin,
    labels: { mine: label },
    command: 'widthwise coord-check --parametrization abc:mine.json',
    version: '0.1.0',
    engineReason: 'it is there',
    request: {
      parametrization: { name: 'mine' },
      depth: 1,
      widths: [32, 64, 128],
      seeds: 3,
      engine: { name: 'wasm' },
      cut: { timeBudget: 20, seedsAsked: 5, endedSearch: false },
    },
  };
  // SAFETY: of a context the Markdown reads these alone.
  return coordinateMarkdown(REPORT, context as unknown as ReportContext<CoordinateCheckRequest>);
}

test("names and files are other people's: none becomes markup", () => {
  const [title, , verdict] = markdown('*<b>').split('\n');
  expect(title).toBe('# \\*\\<b\\> on a\\_b.csv, 64 samples: do coordinates keep their size, and move?');
  expect(verdict).toMatch(/^\*\*\\\*\\<b\\> fails: .*\*\*$/);
});

test('of a twin it says what it shares with its model, and that it is not the model', () => {
  const text = markdown('Net', { name: 'Net', shares: ['its activation, tanh'], lacks: ['its biases'] });
  expect(text).toContain('- MLP twin of Net, not Net itself');
  expect(text).toContain('- not shared: its biases');
});

test('a verdict stands in the table as a sign and a word', () => {
  expect(markdown('mine')).toContain('| layer 1 | 0 | −0.50 ± 0.10 | – | – | ✗ fail |');
});

test('what trained and what a time budget left out stand in it', () => {
  const text = markdown('a');
  expect(text).toContain('engine wasm (auto: it is there)');
  expect(text).toContain('- the time budget of 20 s left out 2 of 5 seeds');
});
