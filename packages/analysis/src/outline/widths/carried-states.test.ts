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

describe('the state that a layer of a decoder is given, asks with and gives', () => {
  const decoder = (given: string) => `
import torch
from torch import nn

class Decoder(nn.Module):
    def __init__(self, words, size, state):
        super().__init__()
        self.words = nn.Embedding(words, size)
        self.ask, self.score = nn.Linear(size + state, state), nn.Linear(state, 1)
        self.layer = nn.LSTM(size, state, num_layers=2)
        self.read = nn.Linear(state, words)

    def forward(self, word, states, cells, others):
        asked = states[-1].unsqueeze(1).repeat(1, others.shape[1], 1)
        scores = self.score(torch.tanh(self.ask(torch.cat((asked, others), dim=2)))).squeeze(2)
        context = torch.bmm(scores.softmax(1).unsqueeze(1), others)
        made, (states, cells) = self.layer(self.words(word) + context, (states, cells))
        return ${given}
`;

  test('is its width', () => {
    expect(onlyModel(decoder('self.read(made), states, cells')).widths).toContain('state');
  });

  test('is none where it is not given on', () => {
    expect(onlyModel(decoder('self.read(made)')).widths).toEqual([]);
  });
});
