import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { loadTestParser } from '../../../test/load-analyser.ts';
import { Budget } from '../../budget.ts';
import { surfaceOf } from './surface.ts';

const parser = await loadTestParser();

function stretches(text: string): readonly string[] {
  return surfaceOf(text).stretches.map((one) => one.text);
}

describe('a stretch is', () => {
  test('a definition with its decorators, and what stands between two of them', () => {
    expect(
      stretches(
        'import a\n# why\nx = 1\n\n@b\n@c(\n1)\ndef f():\n    pass\nclass C: pass\nif x:\n    y\nelse:\n    z\n',
      ),
    ).toEqual([
      'import a\n     \nx = 1',
      '@b\n@c(\n1)\ndef f():\n    pass',
      'class C: pass',
      'if x:\n    y\nelse:\n    z',
    ]);
  });

  test('no part of a string, whatever letters stand before its quotes', () => {
    const text = "first = rb'''\ndef f():\n    '\n'''\ndef last(): pass";
    expect(stretches(text)).toEqual(["first = rb'''\ndef f():\n    '\n'''", 'def last(): pass']);
  });

  test('over where a line cannot stand in a bracket that is open', () => {
    expect(stretches('x = f(\ndef g():\n    pass\n')).toEqual(['x = f(', 'def g():\n    pass']);
    expect(stretches('x = f(a\n@b)\ny = """\ndef g():\n"""\n')).toEqual([
      'x = f(a\n@b)\ny = """\ndef g():\n"""',
    ]);
  });
});

const LINES = [
  'import torch',
  'x = [1,',
  '     2]',
  '@staticmethod',
  'def f(a, b=1):',
  '    return a + (b',
  '    )',
  'class C(Base):',
  '    """',
  '# comment',
  'for i in range(3):',
  'else:',
  '    global x',
  '',
];

test.prop([fc.array(fc.constantFrom(...LINES), { maxLength: 12 }), fc.nat(12)], { numRuns: 200 })(
  'a text that was edited is parsed as it would be by itself, for the same work',
  (lines, at) => {
    const edits = [lines.toSpliced(at, 1), lines.toSpliced(at, 0, '    # why'), lines.toSpliced(at, 0, '')];
    for (const text of [lines, ...edits, lines, [...lines, ...edits[1]!]].map((one) => one.join('\n'))) {
      const [alone, again] = [new Budget(), new Budget()];
      expect(parser.parseAgain(text, again)).toEqual(parser.parse(text, alone));
      expect(again.spent).toBeCloseTo(alone.spent);
    }
  },
);

test.each([
  ['a comment', '        # why\n'],
  ['a text that nothing is done with', '        """Why."""\n'],
  ['a blank line', '\n'],
])('%s leaves the statements around it what they are', (_, line) => {
  const [before, after] = [`class C:\n    def f(self):\n        x = 1\n`, '        return x\n'];
  const { body } = parser.parseAgain(`${before}${after}`, new Budget());
  const [same] = parser.parseAgain(`${before}${line}${after}`, new Budget()).body;
  expect(same).toBe(body[0]);
  expect(same?.span.end).toBe(before.length + line.length + after.length - 1);
});

test('a copy of a statement is another one, though it was the same statement before', () => {
  const [first, second] = ['def f():\n    x = 1\n', 'def f():\n    x = 1  # one\n'];
  for (const text of [first, second, `${second}${first}`]) {
    expect(parser.parseAgain(text, new Budget())).toEqual(parser.parse(text, new Budget()));
  }
  const { body } = parser.parseAgain(`${second}${first}`, new Budget());
  expect(body[0]).not.toBe(body[1]);
});
