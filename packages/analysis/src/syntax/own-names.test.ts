import { expect, test } from 'vitest';
import { loadTestParser } from '../../test/load-analyser.ts';
import { Budget } from '../budget.ts';
import { ownNames } from './own-names.ts';

const parser = await loadTestParser();

function namesOf(text: string): readonly string[] {
  const [statement] = parser.parse(text, new Budget()).body;
  if (statement?.kind !== 'function') throw new Error('no function');
  return [...ownNames(statement)].toSorted();
}

test('a function gives values to its parameters, and to what it assigns, goes through and defines, wherever in it', () => {
  const text = `
def f(a, *b, c=1):
    d, (e, *g) = around
    if a:
        for h in b: i += h
    def j(k): m = k
`;
  expect(namesOf(text)).toEqual(['a', 'b', 'c', 'd', 'e', 'g', 'h', 'i', 'j']);
});

test('what it names before it is one of its own, in a default or a decorator, is one around it', () => {
  expect(namesOf('@wrap(a)\ndef f(a, b=b):\n    c = a\n')).toEqual(['c']);
});
