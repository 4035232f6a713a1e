import { h } from 'preact';
import { expect, test } from 'vitest';
import { elementsOf } from '../../app/elements.fixture.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { CheckTable } from './check-table.tsx';

test('slopes of a check stand there however narrow the panel is', () => {
  const slope = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });
  const update = { update: slope(-0.5), predictedUpdate: -0.5 };
  const layers = [{ layer: 1, step: 1, size: slope(0), ...update, verdict: 'fail' }];
  // SAFETY: the table asks for no more of what is shown.
  const shown = { plan: { depth: 1 }, judgement: { layers } } as unknown as ShownExperiment<'coord-check'>;
  const cells = elementsOf(h(CheckTable, { shown })).filter(({ tag }) => tag === 'td' || tag === 'th');
  // panel.css leaves out what is of class slope where the panel is narrow.
  const always = cells.filter(({ props }) => !String(props['class'] ?? '').includes('slope'));
  expect(always.map(({ text }) => text)).toEqual([
    ...['step', 'layer', 'size', 'update', 'theory', 'verdict'],
    ...['1', 'layer 1', '0.00 ± 0.02', '−0.50 ± 0.02', '−½', '✗ fail'],
  ]);
});
