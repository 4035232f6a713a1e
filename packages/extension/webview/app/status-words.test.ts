import type { ExperimentState } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { exampleComparison } from './example-comparison.fixture.ts';
import { nextStep, statusWords } from './status-words.ts';

test('each state of an experiment says something else, and what to do next', () => {
  const states: ExperimentState[] = [
    { kind: 'queued', before: 2 },
    { kind: 'running' },
    { kind: 'finished' },
    { kind: 'cancelled' },
    { kind: 'failed', reason: 'Two runs failed.' },
  ];
  const progress = { finished: 51, total: 80, secondsLeft: 4.2 };
  expect(states.map((state) => statusWords(state, progress))).toEqual([
    'waiting for a place: 2 before it',
    'running 51/80 · 4 s left',
    'finished 51/80',
    'cancelled at 51/80',
    'failed at 51/80',
  ]);
  const { plan } = exampleComparison();
  const next = (state: ExperimentState) => nextStep({ plan, state });
  expect(new Set(states.map(next)).size).toBe(5);
  expect(next({ kind: 'finished' })).toContain('widthwise compare --widths 64,256');
  expect(next(states[4]!)).toContain('Two runs failed.');
});

test('what is not kept is not said to be', () => {
  const plan = { ...exampleComparison().plan, kept: false };
  for (const kind of ['finished', 'cancelled'] as const) {
    expect(nextStep({ plan, state: { kind } })).toMatch(/(?:Results are|is) not kept here/);
  }
});
