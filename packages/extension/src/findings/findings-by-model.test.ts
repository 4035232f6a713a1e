import { expect, test } from 'vitest';
import { findingsByModel, firstSentence, listed, type ShownFinding } from './findings-by-model.ts';

const finding = (uri: string, model: string | null, line: number): ShownFinding => ({
  uri,
  model,
  line,
  character: 0,
  code: 'MUP101',
  message: '',
  severity: 'warning',
  weights: [],
});

test('findings stand under their model by line, models by file, and what is of no model last', () => {
  const groups = findingsByModel([
    finding('b.py', 'Net', 9),
    finding('a.py', null, 1),
    finding('a.py', 'Net', 9),
    finding('a.py', 'Head', 20),
    finding('a.py', 'Net', 3),
  ]);
  expect(groups.map(({ uri, model, findings }) => [uri, model, findings.map(({ line }) => line)])).toEqual([
    ['a.py', 'Net', [3, 9]],
    ['a.py', 'Head', [20]],
    ['a.py', null, [1]],
    ['b.py', 'Net', [9]],
  ]);
});

test('a number with a point ends no sentence', () => {
  expect(firstSentence('The std is 0.02 at every width. Make it fall.')).toBe(
    'The std is 0.02 at every width',
  );
  expect(firstSentence('`a.b` has no end')).toBe('a.b has no end');
  expect([listed(['a', 'b']), listed(['a', 'b', 'c', 'd'])]).toEqual(['a, b', 'a, b and 2 more']);
});
