import { expect, test } from 'vitest';
import { type RunStanding, SIGNS, verdictSoFar } from './verdict-cells.ts';

const verdict = {
  stable: true,
  featureLearning: true,
  richness: 'low',
  motion: 'moves',
  richnessMeasured: true,
} as const;
const finished = { kind: 'finished' } as const;
const waiting = { kind: 'waiting' } as const;
const runs = (...states: RunStanding['state'][]): RunStanding[] => states.map((state) => ({ state }));
const words = (...given: Parameters<typeof verdictSoFar>): string[] =>
  verdictSoFar(...given).map(({ mark, word }) => `${SIGNS[mark]} ${word}`);

test('a verdict is a mark and a word for each of the two columns', () => {
  expect(words(verdict, runs(finished), false)).toEqual(['✓ moves', '✗ low']);
  const lazy = { ...verdict, featureLearning: false, richness: 'rich' } as const;
  expect(words(lazy, runs(finished), false)).toEqual(['✗ frozen', '✓ rich']);
  expect(words({ ...verdict, stable: false }, runs(finished), false)).toEqual(['✗ unstable', '✗ low']);
});

test('what grows, was not trained or not measured is said so', () => {
  const open = { ...verdict, featureLearning: null, richness: null, richnessMeasured: false };
  expect(words({ ...open, motion: 'grows' }, runs(finished), false)).toEqual([
    '✗ grows',
    '? richness not measured',
  ]);
  expect(words({ ...open, motion: 'untrained' }, runs(finished), false)).toEqual([
    '? features not trained',
    '? richness not measured',
  ]);
});

test('what is undecided is said only when no more runs come', () => {
  const open = { ...verdict, featureLearning: null, richness: null };
  expect(words(open, runs(finished, waiting), true)).toEqual(['… measuring']);
  expect(words(open, runs(finished), true)).toEqual(['? undecided']);
  const half = { ...verdict, featureLearning: null };
  expect(words(half, runs(finished, waiting), true)).toEqual(['✗ low']);
  expect(words(half, runs(finished), true)).toEqual(['? features undecided', '✗ low']);
});

test('what diverges everywhere says at which steps, before it has a verdict', () => {
  const diverged = [3, 5].map((atStep) => ({ kind: 'diverged', atStep }) as const);
  expect(words(undefined, runs(...diverged, waiting), true)).toEqual(['✗ diverges at steps 3 to 5']);
});

test('nothing has ended: it waits, or it was never measured', () => {
  expect(words(verdict, runs(waiting), true)).toEqual(['… waiting']);
  expect(words(verdict, runs(waiting), false)).toEqual(['? not measured']);
  expect(words(undefined, runs(finished), true)).toEqual(['… measuring']);
});
