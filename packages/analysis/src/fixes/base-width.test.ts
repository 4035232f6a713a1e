import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

/** The factor of the fix of a start that is too large, where code after the class makes the model. */
function factorIn(made: string, fallback = '64'): string {
  const source = `import argparse
import json
import os
from torch import nn

# widthwise: width(width)
class Net(nn.Module):
    def __init__(self, width=${fallback}):
        super().__init__()
        self.embed = nn.Embedding(10, width)
        self.mix = nn.Linear(width, width)
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(self, x):
        return self.mix(self.embed(x))

${made}
`;
  const found = analyse(source).findings.find(({ code }) => code === 'MUP101');
  const [edit] = found?.fixes[0]?.edits.slice(-1) ?? [];
  return /\(\w+ \/ width\)/.exec(edit?.text ?? '')?.[0] ?? '';
}

const parsed = (option: string, name: string) =>
  `parser = argparse.ArgumentParser()\nparser.add_argument(${option})\nargs = parser.parse_args()\nnet = Net(args.${name})`;

test.for([
  ['', '64'],
  ['net = Net()', '64'],
  ['net = Net(128)', '128'],
  [parsed("'--width', type=int, default=512", 'width'), '512'],
  [parsed("'-w', '--hid-dim', type=int, default=512", 'hid_dim'), '512'],
  [parsed("'--size', dest='hidden', default=512", 'hidden'), '512'],
  [parsed("'--width', type=int, required=True", 'width'), 'BASE_WIDTH'],
  ['def main(hidden: int = 256):\n    return Net(hidden)', '256'],
  ['def main(hidden):\n    return Net(hidden)', 'BASE_WIDTH'],
  ["net = Net(**json.load(open('net.json')))", 'BASE_WIDTH'],
  ["net = Net(int(os.environ['WIDTH']))", 'BASE_WIDTH'],
])(
  'the base width is what the code makes its models with, and no default that nobody leaves: %s',
  ([made, base]) => {
    expect(factorIn(made!)).toBe(`(${base} / width)`);
  },
);

test('the base width is the number of a constant that a parameter falls back to, and none that another function has', () => {
  expect(factorIn('WIDE = 96\nnet = Net()', 'WIDE')).toBe('(96 / width)');
  expect(factorIn('WIDE = 96\nWIDE = 2 * WIDE\nnet = Net()', 'WIDE')).toBe('(BASE_WIDTH / width)');
  const other = 'def pick(values, width=1):\n    return values.sum(width)';
  expect(factorIn(other, 'None')).toBe('(BASE_WIDTH / width)');
  expect(factorIn(other)).toBe('(64 / width)');
});
