import { expect, test } from 'vitest';
import { loadTestParser } from '../../test/load-analyser.ts';
import { Budget } from '../budget.ts';
import { callsWithNames } from './calls-with-names.ts';

const parser = await loadTestParser();

test('calls are found with the names that they are given as they are', () => {
  const text =
    'if a:\n    x = nn.Linear(size, 4 * size, out=width, **rest)\nf(*all, size)\ng(1)\nh()(size)\n';
  const calls = callsWithNames(parser.parse(text, new Budget()));
  expect(calls.map(({ root, given }) => [root, given])).toEqual([
    [
      'nn',
      [
        { name: 'size', at: 0 },
        { name: 'width', at: 'out' },
      ],
    ],
  ]);
});
