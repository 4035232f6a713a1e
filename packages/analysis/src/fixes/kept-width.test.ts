import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const model = (before: string, { behind = '', size = 'width=64' } = {}) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, ${size}):
        super().__init__()
        ${before}
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)
        ${behind || 'pass'}
        self.start()

    def start(me):
        print(me.width)
        nn.init.normal_(me.middle.weight, std=0.02)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh())

Net()
`;

/** What the fix of a start writes for the width, of the finding of a rule. */
function factors(source: string, code: string): string {
  const { fixes = [] } = analyse(source).findings.find((one) => one.code === code) ?? {};
  return fixes.flatMap(({ edits }) => edits.map(({ text }) => text)).join(' ');
}

test('an attribute is the width in a method where the constructor keeps that, and no multiple of it', () => {
  expect(factors(model('self.width = width'), 'MUP101')).toContain('(64 / me.width)');
  for (const other of ['self.width = 2 * width', 'self.width = width; self.width *= 2'])
    expect(factors(model(other), 'MUP101')).not.toContain('me.width');
});

test('an attribute that the constructor sets later is not read before', () => {
  const given = 'if width is None: width = 64';
  const size = 'width=None';
  expect(factors(model(given, { size, behind: 'self.width = width' }), 'MUP104')).not.toContain('self.width');
  const ahead = `${given}\n        self.width = width`;
  expect(factors(model(ahead, { size }), 'MUP104')).toContain('self.width');
});
