import type { ComparisonState, Verdict } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { ComparisonStore, type ShownComparison } from './comparison-store.ts';
import { exampleComparison } from './example-comparison.ts';
import { answer, nextStep, runWords, statusWords } from './words.ts';

function comparison(): ShownComparison {
  const store = new ComparisonStore();
  store.hydrate(exampleComparison());
  return store.comparison!;
}

const verdict: Verdict = {
  stable: true,
  featureLearning: true,
  richness: 'low',
  reasons: [],
  sentence: '',
};
test('each state of a comparison says something else, and what to do next', () => {
  const states: ComparisonState[] = [
    { kind: 'running' },
    { kind: 'finished' },
    { kind: 'cancelled' },
    { kind: 'failed', reason: 'Two runs failed.' },
  ];
  const progress = { finished: 51, total: 80, secondsLeft: 4.2 };
  expect(states.map((state) => statusWords(state, progress))).toEqual([
    'running 51/80 · 4 s left',
    'finished 51/80',
    'cancelled at 51/80',
    'failed at 51/80',
  ]);
  expect(new Set(states.map(nextStep)).size).toBe(4);
  expect(nextStep(states[3]!)).toContain('Two runs failed.');
});

test('a run in view is named, with how far it is', () => {
  const shown = comparison();
  const [run] = shown.runs;
  expect(runWords(shown, run!)).toBe('μP · width 64 · seed 0 · step 0 of 4');
  run!.state = { kind: 'diverged', atStep: 3 };
  expect(runWords(shown, run!)).toBe('μP · width 64 · seed 0 · diverged at step 3');
});

test('the answer waits until something is decided, and is provisional until the end', () => {
  const shown = comparison();
  shown.judgement = {
    slopes: {},
    verdicts: { mup: { ...verdict, featureLearning: null } },
    sentence: 'Only μP.',
  };
  expect(answer(shown)).toBe('No verdict yet.');
  shown.judgement = { ...shown.judgement, verdicts: { mup: verdict } };
  expect(answer(shown)).toBe('So far: Only μP.');
  shown.state = { kind: 'finished' };
  expect(answer(shown)).toBe('Only μP.');
});
