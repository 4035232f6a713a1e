import { expect, test } from 'vitest';
import { loadTestParser } from '../../test/load-analyser.ts';
import { Budget } from '../budget.ts';
import { namesIn } from './names-at.ts';

const parser = await loadTestParser();

/** The names that code may use where a text says HERE. */
function namesHere(text: string): readonly string[] {
  return [...namesIn(parser.parse(text, new Budget()))(text.indexOf('HERE'))].toSorted();
}

const inside = (...lines: readonly string[]) =>
  namesHere(`TOP = 1\ndef f(given):\n${lines.map((line) => `    ${line}\n`).join('')}LATE = 2\n`);

test('a function may use what it surely bound before, its parameters and what its file has', () => {
  expect(inside('before = 1', 'HERE', 'after = 2')).toEqual(['LATE', 'TOP', 'before', 'f', 'given']);
  expect(inside('before = HERE')).toEqual(['LATE', 'TOP', 'f', 'given']);
});

test('what it binds later hides what its file has under that name', () => {
  expect(inside('HERE', 'TOP = 3')).toEqual(['LATE', 'f', 'given']);
});

test('what is bound on some way alone is left out', () => {
  expect(inside('if given:', '    some = 1', 'HERE')).not.toContain('some');
  expect(inside('for each in given:', '    some = 1', 'HERE')).toEqual(['LATE', 'TOP', 'f', 'given']);
  expect(inside('for each in given:', '    some = 1', '    HERE')).toEqual([
    'LATE',
    'TOP',
    'each',
    'f',
    'given',
    'some',
  ]);
  expect(inside('with given:', '    some = 1', 'HERE')).toContain('some');
});

test('the top of a file may use what stands before', () => {
  expect(namesHere('early = 1\nHERE\nlate = 2\n')).toEqual(['early']);
});
