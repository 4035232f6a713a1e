import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** The rows of a model whose cell is chosen by these lines. */
function rows(...choice: readonly string[]): readonly string[] {
  const source = `
from torch import nn

class Net(nn.Module):
    def __init__(self, kind, words, size, layers):
        super().__init__()
        self.table = nn.Embedding(words, size)
        ${choice.join('\n        ')}
        self.out = nn.Linear(size, words)

    def forward(self, ids, state):
        features, state = self.cell(self.table(ids), state)
        return self.out(features), state
`;
  return analyse(source).models.flatMap(({ weights }) => weights.map(({ name }) => name));
}

describe('a setting that is compared with texts', () => {
  test('is these where something is looked up by it', () => {
    const recurrent = ['cell.weight_ih_l0', 'cell.weight_hh_l0'];
    const other = ['else:', '    self.cell = nn.RNN(size, size, layers)'];
    const one = [
      'if kind in ["LSTM", "GRU"]:',
      '    self.cell = getattr(nn, kind)(size, size, layers)',
      ...other,
    ];
    expect(rows(...one)).toEqual(expect.arrayContaining(recurrent));
    expect(rows(...one)).not.toContain('cell');
    const same = ['if kind == "GRU":', '    self.cell = getattr(nn, kind)(size, size, layers)', ...other];
    expect(rows(...same)).not.toContain('cell');
  });

  test('may be anything on the other way, and afterwards', () => {
    const after = [
      'if kind in ("LSTM", "GRU"):',
      '    layers = layers + 1',
      'self.cell = getattr(nn, kind)(size, size, layers)',
    ];
    expect(rows(...after)).toContain('cell');
    const behind = [
      'if kind in ("LSTM", "GRU"):',
      '    self.cell = getattr(nn, kind)(size, size, layers)',
      'else:',
      '    self.cell = getattr(nn, kind)(size, size, layers)',
    ];
    expect(rows(...behind)).toContain('cell');
  });

  test('is what it is set to on the way', () => {
    const set = [
      'if kind in ["LSTM", "GRU"]:',
      '    kind = words',
      '    self.cell = getattr(nn, kind)(size, size, layers)',
      'else:',
      '    self.cell = nn.RNN(size, size, layers)',
    ];
    expect(rows(...set)).toContain('cell');
  });
});
