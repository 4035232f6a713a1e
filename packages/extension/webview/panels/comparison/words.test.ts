import type { Verdict } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { shownComparison } from '../../app/example-comparison.fixture.ts';
import { answer, runWords } from './words.ts';

const verdict: Verdict = {
  stable: true,
  featureLearning: true,
  motion: 'moves',
  richnessMeasured: true,
  richness: 'low',
  reasons: [],
  classes: { movement: [], lambdaMin: [] },
  divergence: null,
  sentence: '',
};

test('a run in view is named, with how far it is', () => {
  const shown = shownComparison();
  const [run] = shown.runs;
  expect(runWords(shown, run!)).toBe('μP · width 64 · seed 0 · step 0 of 4');
  run!.state = { kind: 'diverged', atStep: 3 };
  expect(runWords(shown, run!)).toBe('μP · width 64 · seed 0 · diverged at step 3');
});

test('a run of what the plan does not list goes by its own name', () => {
  const { plan, ...shown } = shownComparison();
  const [run] = shown.runs;
  expect(runWords({ ...shown, plan: { ...plan, parametrizations: [] } }, run!)).toBe(
    'mup · width 64 · seed 0 · step 0 of 4',
  );
});

test('the answer waits until something is decided, and is provisional until the end', () => {
  const shown = shownComparison();
  shown.judgement = {
    slopes: {},
    features: null,
    infiniteWidth: null,
    verdicts: { mup: { ...verdict, featureLearning: null } },
    sentence: 'Only μP.',
  };
  expect(answer(shown)).toBe('No verdict yet.');
  shown.judgement = { ...shown.judgement, verdicts: { mup: verdict } };
  expect(answer(shown)).toBe('So far: Only μP.');
  shown.state = { kind: 'finished' };
  expect(answer(shown)).toBe('Only μP.');
});
