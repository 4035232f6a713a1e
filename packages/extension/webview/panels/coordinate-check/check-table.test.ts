import { h } from 'preact';
import { expect, test } from 'vitest';
import { elementsOf } from '../../app/elements.fixture.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { CheckTable } from './check-table.tsx';

test('a check has the slopes of every layer at every step, or at one', () => {
  const slope = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });
  const update = { update: slope(-0.5), predictedUpdate: -0.5 };
  const layers = [{ layer: 1, step: 1, size: slope(0), ...update, verdict: 'fail' }];
  // SAFETY: the table asks for no more of what is shown.
  const shown = { plan: { depth: 1 }, judgement: { layers } } as unknown as ShownExperiment<'coord-check'>;
  const cells = (step?: number): readonly string[] =>
    elementsOf(h(CheckTable, { shown, id: 'layers', ...(step === undefined ? {} : { step }) }))
      .filter(({ tag }) => tag === 'td' || tag === 'th')
      .map(({ text }) => text);
  expect(cells()).toEqual([
    ...['layer', 'step', 'size, slope', 'update, slope', 'theory', 'verdict'],
    ...['layer 1', '1', '0.00 ± 0.02', '−0.50 ± 0.02', '−½', '✗ fail'],
  ]);
  expect(cells(1)).toContain('✗ fail');
  expect(cells(0)).not.toContain('✗ fail');
});
