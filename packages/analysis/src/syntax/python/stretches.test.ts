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
    const [whole, edited] = [lines, lines.toSpliced(at, 1)].map((one) => one.join('\n'));
    for (const text of [whole ?? '', edited ?? '']) {
      const [alone, again] = [new Budget(), new Budget()];
      expect(parser.parseAgain(text, again)).toEqual(parser.parse(text, alone));
      expect(again.spent).toBeCloseTo(alone.spent);
    }
  },
);
