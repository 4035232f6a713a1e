import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const ACTIVATIONS = ['sigmoid', 'tanh', 'silu', 'gelu', 'erf', 'relu', 'identity'];

test.each([
  ['tahn', 'tanh'],
  ['Tanh', 'tanh'],
  ['sigmiod', 'sigmoid'],
  ['rel', 'relu'],
  ['identityy', 'identity'],
])('%s may mean %s', (word, meant) => {
  expect(didYouMean(word, ACTIVATIONS)).toBe(` (did you mean '${meant}'?)`);
});

test('a word near to none is left alone', () => {
  expect(didYouMean('softplus', ACTIVATIONS)).toBe('');
});
