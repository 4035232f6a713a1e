import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { analyse, exampleText } from '../test/check-findings.ts';
import type { Analysis } from './analysis.ts';

const EXAMPLES = ['pytorch-mlp', 'plain-mlp'].map((name) => ({ name, text: exampleText(name) }));

/** Every place that an analysis points at lies in its text. */
function expectPlacesWithin(text: string, { findings, notes, models }: Analysis): void {
  const spans = [
    ...[...findings, ...notes].flatMap((finding) => [
      finding.span,
      ...finding.related.map((place) => place.span),
    ]),
    ...models.flatMap((model) => [model.span, ...model.weights.flatMap((row) => [row.spans.constructor])]),
  ];
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
}

describe('every prefix of an example, as while it is typed, has an analysis:', () => {
  for (const { name, text } of EXAMPLES) {
    // Thousands of analyses, on a machine that may have other work.
    test(name, { timeout: 600_000 }, () => {
      for (let length = 0; length <= text.length; length++) {
        const prefix = text.slice(0, length);
        expectPlacesWithin(prefix, analyse(prefix));
      }
    });
  }
});

test.prop([fc.string({ unit: 'binary', maxLength: 400 })])('any text has an analysis', (text) => {
  const source = `import torch\n${text}`;
  expectPlacesWithin(source, analyse(source));
});

const token = fc.constantFrom(
  ...'class def self . ( ) [ ] { } : , = == + - * / ** \n \t #  """ \' if else for in while return import from as lambda yield await nn torch Linear Module x 1 0.5 super __init__ forward \\ @ ; ... % is not and or None'.split(
    ' ',
  ),
  '\n    ',
  '\n        ',
  'torch.nn.Linear(8, 8)',
  'nn.init.normal_(self.a.weight, std=',
);

test.prop([fc.array(token, { maxLength: 120 })])(
  'any sequence of Python tokens has an analysis',
  (tokens) => {
    const source = `import torch\nfrom torch import nn\nclass A(nn.Module):\n    def __init__(self, n):\n        ${tokens.join(' ')}`;
    expectPlacesWithin(source, analyse(source));
  },
);

test.prop([fc.constantFrom(...EXAMPLES), fc.nat(), fc.nat(60), fc.string({ maxLength: 20 })])(
  'an example with a hole in it has an analysis',
  (example, at, length, insert) => {
    const start = at % example.text.length;
    const source = example.text.slice(0, start) + insert + example.text.slice(start + length);
    expectPlacesWithin(source, analyse(source));
  },
);

test('nesting as deep as one likes has an analysis', () => {
  const depth = 5000;
  for (const source of [
    `import torch\nx = ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    `import torch\ndef f():\n    x = ${'('.repeat(depth)}(yield 1)${')'.repeat(depth)}\n`,
    `import torch\nx = ${'-'.repeat(depth)}1`,
    `import torch\n${Array.from({ length: 400 }, (_, level) => `${' '.repeat(level)}if x:\n`).join('')}${' '.repeat(400)}pass`,
    `import torch\nx = 1${' + 1'.repeat(depth)}`,
    `import torch\nx = a${'.b'.repeat(depth)}`,
  ]) {
    expectPlacesWithin(source, analyse(source));
  }
});

test('code that never ends when it is run ends when it is read', () => {
  const source = `
import torch
from torch import nn

def f(x):
    return f(f(x))

class A(nn.Module):
    def __init__(self, n):
        super().__init__()
        while True:
            self.a = nn.Linear(n, n)
            for i in range(10):
                for j in range(10):
                    for k in range(10):
                        for l in range(10):
                            for m in range(10):
                                self.b = A(n)

    def forward(self, x):
        return self.forward(self.forward(x))

A(f(3))
`;
  expectPlacesWithin(source, analyse(source));
});
