import { describe, expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** A language model with one recurrent layer, trained by Adam at one rate. */
const languageModel = (rnn: string, forward = 'out, state = self.rnn(self.emb(x), state)') => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, n):
        super().__init__()
        self.emb = nn.Embedding(vocab, n)
        self.rnn = nn.${rnn}
        self.head = nn.Linear(n, vocab, bias=False)
        nn.init.zeros_(self.head.weight)
    def forward(self, x, state=None):
        ${forward}
        return self.head(out), state

def train():
    model = Net(100, 256)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
`;

const modelOf = (source: string) => analyser.analyse(source).models[0];

/** Role, initial exponent, and the exponents of start and rate that are right. */
const rowsOf = (source: string) =>
  modelOf(source)?.weights.map(
    ({ name, role, b, wants }) => `${name}: ${role} ${b}, wants ${wants?.b} ${wants?.c}`,
  );

describe('a recurrent layer is its steps, of which each has what the one before has made', () => {
  for (const kind of ['LSTM', 'GRU']) {
    test(`${kind}: both matrices are hidden ones, and its biases are small beside them`, () => {
      expect(rowsOf(languageModel(`${kind}(n, n)`))).toEqual([
        'emb.weight: input 0, wants 0 0',
        'rnn.weight_ih_l0: hidden 0.5, wants 0.5 1',
        'rnn.weight_hh_l0: hidden 0.5, wants 0.5 1',
        'rnn.bias_ih_l0: input 0.5, wants 0.5 0',
        'rnn.bias_hh_l0: input 0.5, wants 0.5 0',
        'head.weight: output zero, wants zero 1',
      ]);
    });
  }

  test('its last state is as long as a matrix takes it to be', () => {
    const outline = modelOf(languageModel('LSTM(n, n, 2)', '_, (h, c) = self.rnn(self.emb(x)); out = h[-1]'));
    expect(outline?.verdict).not.toBeNull();
    expect(outline?.widths).toEqual(['n']);
  });
});

describe('what goes into it has steps, a batch and features', () => {
  const readout = (forward: string) =>
    rowsOf(languageModel('LSTM(n, n)', forward))?.find((row) => row.startsWith('head'));
  const laidOut = 'out = out.view(out.size(0) * out.size(1), out.size(2))';

  test('so that its states may be laid out by their three lengths', () => {
    const right = 'head.weight: output zero, wants zero 1';
    expect(readout(`out, state = self.rnn(self.emb(x), state); ${laidOut}`)).toBe(right);
    expect(readout(`out, state = self.rnn(self.emb(x)); ${laidOut}`)).toBe(right);
  });

  test('unless the code shows that it has two', () => {
    const taken = 'e = self.emb(x); steps, size = e.shape; out, state = self.rnn(e)';
    expect(readout(`${taken}; out = out.view(out.size(0), out.size(1))`)).toBe(
      'head.weight: output zero, wants zero 1',
    );
    expect(readout(`${taken}; ${laidOut}`)).toContain('wants zero null');
  });
});

test('one of which nobody says how many layers it has, or which of two it is, is read', () => {
  const chosen = "GRU(n, n, depth) if kind == 'gru' else nn.LSTM(n, n, depth)";
  for (const rnn of ['GRU(n, n, depth)', chosen]) {
    const source = languageModel(rnn).replace('(self, vocab, n)', "(self, vocab, n, kind='gru', depth=1)");
    const rows = modelOf(source)?.weights ?? [];
    expect(rows.length).toBeGreaterThan(6);
    expect(rows.flatMap(({ missing }) => missing.map(({ kind }) => kind))).toEqual([]);
  }
});

test('one that goes both ways, projects its state or begins with what the network made is not read', () => {
  for (const [rnn, forward] of [
    ['LSTM(n, n // 2, bidirectional=True)'],
    ['LSTM(n, 2 * n, proj_size=n)'],
    ['GRU(n, n)', 'out, state = self.rnn(self.emb(x), self.emb(x))'],
  ] as const) {
    const outline = modelOf(`# widthwise: width(n)\n${languageModel(rnn, forward)}`);
    expect(outline?.verdict).toBeNull();
  }
});
