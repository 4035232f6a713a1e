import { expect, test } from 'vitest';
import { factoriesOf } from './factories.ts';

test('offers functions at the top level that take something, those that build first', () => {
  const text = [
    'def train(width, lr):',
    '    def inner(x): pass',
    'class Net:',
    '    def forward(self, x): pass',
    'def main():',
    'def make_model(n_embd=64, *rest):',
  ].join('\r\n');
  expect(factoriesOf(text)).toEqual([
    { name: 'make_model', parameter: 'n_embd', line: 6 },
    { name: 'train', parameter: 'width', line: 1 },
  ]);
});
