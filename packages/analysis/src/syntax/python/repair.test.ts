import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { analyse, exampleText } from '../../../test/check-findings.ts';
import { repair } from './repair.ts';

describe('a bracket that is being typed is blanked', () => {
  test('where the next line can only be a statement', () => {
    expect(repair('self.a = nn.Linear(8, \nself.b = 1\n').text).toBe('self.a = nn.Linear 8, \nself.b = 1\n');
    expect(repair('x = [1, (2\ndef f():\n  pass\n').text).toBe('x =  1,  2\ndef f():\n  pass\n');
    expect(repair('    y = f(\n  return y\n').text).toBe('    y = f \n  return y\n');
  });

  test('where that line stands no deeper, even if a bracket closes further down', () => {
    for (const margin of ['', '    ']) {
      const typing = `${margin}self.a = f(\n${margin}self.b = 2\n${margin})\n`;
      expect(repair(typing).text).toBe(typing.replace('(', ' '));
      const deeper = `${margin}self.a = f(\n${margin} self.b = 2\n${margin})\n`;
      expect(repair(deeper).text).toBe(deeper);
    }
  });

  test('at the end of the text', () => {
    expect(repair('x = f(').text).toBe('x = f ');
  });
});

describe('what is whole is left alone:', () => {
  const whole: Record<string, string> = {
    'arguments over several lines': 'x = f(\n    a=1,\n    b=[2,\n       3],\n)\ny = 2\n',
    'brackets in strings and comments': 'x = \'(((\'  # ((\ny = """[\n["""\n',
    'an escaped quote': "x = '\\'('\ny = 1\n",
    'a keyword argument at the margin': 'f(\na=1,\n)\n',
  };
  for (const [name, text] of Object.entries(whole)) {
    test(name, () => {
      expect(repair(text)).toEqual({ text, blanks: [] });
    });
  }
});

test.prop([fc.string({ unit: 'binary' })])('a repair keeps the length, so that offsets stay', (text) => {
  expect(repair(text).text).toHaveLength(text.length);
});

test('a model with a line that is being typed is still there, and nothing is said of its weights', () => {
  const text = exampleText('plain-mlp');
  const whole = analyse(text).models[0];
  const typing = text.replace(
    '        self.last',
    '        self.extra = nn.Linear(width, \n        self.last',
  );
  const broken = analyse(typing);
  expect(broken.broken).toBe(true);
  expect(broken.models.map(({ name, weights }) => [name, weights])).toEqual([[whole?.name, []]]);
});

test('no finding is made in a class that is being edited', () => {
  const text = exampleText('pytorch-mlp');
  expect(analyse(text).findings).toHaveLength(2);
  const typing = text.replace('        h = torch.tanh(self.mix1(h))', '        h = torch.tanh(self.mix1(h)');
  expect(analyse(typing).findings).toEqual([]);
});
