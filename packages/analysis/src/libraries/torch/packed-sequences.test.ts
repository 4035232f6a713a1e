import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { graphOf } from '../../../test/graph-of.ts';

const TAGGER = `import torch
from torch import nn
from torch.nn.utils import rnn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Tagger(nn.Module):
    def __init__(self, words, tags, width):
        super().__init__()
        self.rows = nn.Embedding(words, width)
        self.steps = nn.LSTM(width, width, batch_first=True)
        self.out = nn.Linear(width, tags)

    def forward(self, ids, lengths):
        READ
`;

/** A network that reads sequences by some lines. */
function reading(...lines: string[]): string {
  return TAGGER.replace('READ', lines.join('\n        '));
}

const PACKED = [
  'rows = pack_padded_sequence(self.rows(ids), lengths, batch_first=True, enforce_sorted=False)',
  'made, (last, _) = self.steps(rows)',
];

describe('a recurrent layer goes through packed sequences as through any others', () => {
  test.each([
    ['filled up again', [...PACKED, 'return self.out(pad_packed_sequence(made, batch_first=True)[0])']],
    ['by its last states', [...PACKED, 'return self.out(last[-1])']],
    ['as they lie', [...PACKED, 'return self.out(made.data)']],
    [
      'by their names in the module',
      [
        'made, _ = self.steps(rnn.pack_padded_sequence(input=self.rows(ids), lengths=lengths))',
        'made, long = rnn.pad_packed_sequence(sequence=made)',
        'return self.out(made)',
      ],
    ],
  ])('%s', (_, lines) => {
    const model = onlyModel(reading(...lines));
    expect(model.weights.map(({ role }) => role)).not.toContain(null);
    expect(graphOf(reading(...lines)).join('\n')).not.toContain('unread');
  });
});

test('what is filled up has a batch, steps and features', () => {
  const graph = graphOf(reading(...PACKED, 'return self.out(pad_packed_sequence(made)[0])'));
  expect(graph.at(-2)).toContain('[data data tags]');
});
