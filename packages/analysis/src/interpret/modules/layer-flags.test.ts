import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** The exponents of the initializations of a, b and c; `?` where one is not known. */
function starts(init: string): string {
  return onlyModel(chainModel({ init }))
    .weights.map(({ b }) => b ?? '?')
    .join(' ');
}

const START = `
for m in self.modules():
    if isinstance(m, nn.Linear) and not hasattr(m, 'KEEP'):
        nn.init.normal_(m.weight, std=0.02)`;
const AGAIN = START.replace("not hasattr(m, 'KEEP')", "not getattr(m, 'KEEP', False)");

describe('what code gives a layer under a name', () => {
  test.each([START, AGAIN])('others do not have: %s', (start) => {
    expect(starts(`self.c.KEEP = True${start}`)).toBe('0 0 0.5');
    expect(starts(`setattr(self.c, 'KEEP', True)${start}`)).toBe('0 0 0.5');
  });

  test.each([
    ['no layer in sight is given it', 'self.c.OTHER = True', '0 ? ?'],
    ['a condition decides', 'if flag():\n    self.c.KEEP = True', '0 0 ?'],
    ['a name is computed', 'self.c.KEEP = True\nsetattr(self.a, name(), True)', '0 ? 0.5'],
    ['it is not known which is given it', 'self.c.KEEP = True\npick(n).KEEP = True', '0 ? 0.5'],
    ['their class is given it', 'self.c.KEEP = True\nnn.Linear.KEEP = True', '0 ? 0.5'],
    ['what is not read was handed it', 'self.c.KEEP = True\nmark(self.b)', '0 ? 0.5'],
  ])('may not be known: %s', (_, given, expected) => {
    expect(starts(`${given}${START}`)).toBe(expected);
  });

  test('is not told of what layers have of their own', () => {
    const start = START.replace('KEEP', 'padding_mode');
    expect(starts(`self.c.padding_mode = "zeros"${start}`)).toBe('0 ? 0.5');
  });
});
