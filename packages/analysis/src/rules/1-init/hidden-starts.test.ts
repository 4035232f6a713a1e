import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

const net = (start: readonly string[], more = '') => `
from torch import nn

class Net(nn.Module):
    def __init__(self, words, size, own=True, other=False):
        super().__init__()
        self.table = nn.Embedding(words, size)
        self.mix = nn.Linear(size, size)
        self.leave = nn.Linear(size, words)
        nn.init.zeros_(self.leave.weight)
${start.map((line) => `        ${line}\n`).join('')}
    def forward(self, ids, own=None):
        h = self.table(ids)
        return self.leave(self.mix(h).tanh() + h)
${more}`;

describe('a start that a setting leaves at the default of its layer', () => {
  test.each([
    [['if own:', '    nn.init.normal_(self.mix.weight, std=0.02)'], 'Assumes that `own` holds.'],
    [
      [
        'if not other:',
        '    for m in self.modules():',
        '        if isinstance(m, nn.Linear):',
        '            m.weight.data.normal_(0, 0.02)',
      ],
      'Assumes that `other` does not hold.',
    ],
  ])('is told where the code writes it: %s', (start, said) => {
    const [finding, ...others] = findingsOf('MUP101', net(start));
    expect(others).toEqual([]);
    expect(finding?.assumptions).toContain(said);
  });

  test.each([
    [['if own:', '    nn.init.normal_(self.mix.weight, std=size ** -0.5)']],
    [
      [
        'if own:',
        '    nn.init.normal_(self.mix.weight, std=0.02)',
        'elif other:',
        '    nn.init.normal_(self.mix.weight, std=size ** -0.5)',
      ],
    ],
    [
      [
        'for name, p in self.named_parameters():',
        '    if chosen(name):',
        '        nn.init.normal_(p, std=0.02)',
      ],
    ],
    [['if size <= 512:', '    nn.init.normal_(self.mix.weight, std=0.02)']],
    [['if 2 * words > size:', '    nn.init.normal_(self.mix.weight, std=0.02)']],
    [['self.small = size < words', 'if self.small:', '    nn.init.normal_(self.mix.weight, std=0.02)']],
    [['if chosen(self.mix):', '    nn.init.normal_(self.mix.weight, std=0.02)']],
  ])(
    'is left where another way of the code is right, or where it is not a setting that decides: %s',
    (start) => {
      expect(findingsOf('MUP101', net(start))).toEqual([]);
    },
  );

  test('says nothing of settings where the code writes all starts', () => {
    const [finding] = findingsOf(
      'MUP101',
      net(['nn.init.normal_(self.mix.weight, std=0.02 if own else 0.01)']),
    );
    expect(finding?.assumptions?.join(' ')).not.toContain('Assumes that');
  });
});
