import type { ExperimentState } from '@widthwise/protocol';
import { expect, test } from 'vitest';
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
  expect(new Set(states.map((state) => nextStep({ experiment: 'compare', state }))).size).toBe(5);
  expect(nextStep({ experiment: 'compare', state: states[4]! })).toContain('Two runs failed.');
});
