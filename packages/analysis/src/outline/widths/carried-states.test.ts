import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

const cell = (forward: string, read = 'data + state, classes') => `
import torch
from torch import nn

class Cell(nn.Module):
    def __init__(self, data, state, classes):
        super().__init__()
        self.renew = nn.Linear(data + state, state)
        self.read = nn.Linear(${read})

    def forward(self, x, h):
        both = torch.cat((x, h), 1)
        ${forward}
`;

describe('the state that a recurrent cell is given, makes anew and gives', () => {
  test('is its width, read off beside it or behind it', () => {
    const beside = cell('return self.read(both).log_softmax(1), self.renew(both)');
    const behind = cell('h = torch.tanh(self.renew(both))\n        return self.read(h), h', 'state, classes');
    for (const source of [beside, behind]) {
      const { widths, weights } = onlyModel(source);
      expect(widths).toEqual(['state']);
      expect(weights.filter(({ name }) => name.endsWith('weight')).map(({ role }) => role)).toEqual([
        'hidden',
        'output',
      ]);
      expect(findingsOf('MUP104', source)).toHaveLength(1);
    }
  });

  test('is none where nothing is read off it: a part of another model joins what it is given, too', () => {
    expect(onlyModel(cell('return torch.relu(self.renew(both))')).widths).toEqual([]);
  });

  test('is none where it is not given on', () => {
    expect(
      onlyModel(cell('return self.read(torch.tanh(self.renew(both)))', 'state, classes')).widths,
    ).toEqual([]);
  });
});
