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

describe('its last state has layers, a batch and features', () => {
  const classifier = (forward: string) => `import torch
from torch import nn

class Flat(nn.Linear):
    def forward(self, x):
        if len(x.size()) <= 2:
            return super().forward(x)
        return super().forward(x.view(x.size(0) * x.size(1), -1)).view(x.size(0), x.size(1), -1)

class Net(nn.Module):
    def __init__(self, vocab, n, kinds):
        super().__init__()
        self.emb = nn.Embedding(vocab, n)
        self.rnn = nn.LSTM(n, n, bidirectional=True)
        self.mix = nn.Linear(2 * n, n)
        self.head = Flat(n, kinds)
    def forward(self, x):
        _, (h, c) = self.rnn(self.emb(x))
        return self.head(torch.relu(self.mix(${forward})))
`;
  for (const forward of [
    'torch.cat([h[-2], h[-1]], dim=1)',
    'torch.cat([h[0], h[1]], dim=-1)',
    'h[-2:].transpose(0, 1).reshape(x.size(1), -1)',
  ]) {
    test(`so that it is known how a readout is given ${forward}`, () => {
      expect(rowsOf(classifier(forward))?.at(-2)).toBe('head.weight: output 0.5, wants 1 null');
    });
  }

  test('but not which of them are left where a length that may be 1 is taken away', () => {
    const summed = (state: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, kinds):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.rnn = nn.GRU(n, n)
        self.head = nn.Linear(1, kinds)
        nn.init.zeros_(self.head.weight)
    def forward(self, x):
        _, h = self.rnn(self.first(x))
        return self.head(${state}.sum(dim=1, keepdim=True))

def train(n):
    net = Net(n, 10)
    return torch.optim.Adam(net.parameters(), lr=1 / n)
`;
    const inner = (state: string) => rowsOf(summed(state))?.find((row) => row.startsWith('rnn.weight_hh'));
    for (const state of ['h[-1]', 'h.squeeze(0)', 'h.squeeze()'])
      expect([state, inner(state)]).toEqual([state, 'rnn.weight_hh_l0: hidden 0.5, wants 0.5 null']);
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

  test('or by the two that the code shows it to have', () => {
    const taken = 'e = self.emb(x); steps, size = e.shape; out, state = self.rnn(e)';
    expect(readout(`${taken}; out = out.view(out.size(0), out.size(1))`)).toBe(
      'head.weight: output zero, wants zero 1',
    );
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

describe('a recurrent layer that goes both ways, or without gates, is read', () => {
  for (const rnn of [
    'LSTM(n, n // 2, bidirectional=True)',
    'GRU(n, n // 2, 2, bidirectional=True)',
    'RNN(n, n)',
    "RNN(n, n, nonlinearity='relu')",
  ]) {
    test(rnn, () => {
      const rows = modelOf(languageModel(rnn))?.weights ?? [];
      const matrices = rows.filter(({ name }) => /^rnn.weight/.test(name));
      expect(matrices.length).toBeGreaterThan(1);
      for (const { role, b, wants } of matrices)
        expect([role, b, wants?.c].map(String)).toEqual(['hidden', '0.5', '1']);
    });
  }

  test('also where its last states of both ways are put together', () => {
    const outline = modelOf(
      languageModel(
        'GRU(n, n // 2, bidirectional=True)',
        '_, h = self.rnn(self.emb(x)); out = torch.cat([h[-2], h[-1]], dim=-1)',
      ),
    );
    expect(outline?.widths).toEqual(['n']);
  });
});

describe('a state that the network computed is what the first step begins with', () => {
  const bridged = (first: string, state: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, d, n):
        super().__init__()
        self.bridge = nn.Linear(d, n)
        self.rnn = nn.${first}
        self.head = nn.Linear(n, 1)
    def forward(self, x, y):
        s = torch.tanh(self.bridge(y))
        ${state}
        return self.head(out)
`;
  const uses = (source: string) =>
    modelOf(source)
      ?.weights.map(({ name, role }) => `${name} ${role}`)
      .filter((one) => /weight/.test(one));
  const read = ['bridge.weight input', 'rnn.weight_ih input', 'rnn.weight_hh hidden', 'head.weight output'];

  test('of a layer', () => {
    expect(uses(bridged('GRU(d, n)', 'out, _ = self.rnn(x, s[None])'))).toEqual(
      read.map((one) => one.replace(/(_[ih]h)/, '$1_l0')),
    );
  });

  test('of a cell, step by step', () => {
    expect(uses(bridged('GRUCell(d, n)', 'out = self.rnn(x, s)'))).toEqual(read);
    expect(uses(bridged('RNNCell(d, n)', 'out = self.rnn(x, self.rnn(x, s))'))).toEqual(read);
    expect(uses(bridged('LSTMCell(d, n)', 'out, c = self.rnn(x, (s, s))'))).toEqual(read);
  });

  test('and one that a cell is given as data is what the last call gave', () => {
    const source = bridged('GRUCell(n, n)', 'out = self.rnn(s, torch.zeros(x.shape[0], s.shape[1]))');
    expect(uses(source)).toEqual(read.map((one) => one.replace('ih input', 'ih hidden')));
  });

  test('but not where one of an LSTM is missing, or is of a kind that is not known', () => {
    for (const [rnn, forward] of [
      ['LSTM(d, n)', 'out, _ = self.rnn(x, s)'],
      ['RNN(d, n, nonlinearity=kind)', 'out, _ = self.rnn(x)'],
      ['LSTM(d, 2 * n, proj_size=n)', 'out, _ = self.rnn(x)'],
    ] as const) {
      const source = bridged(rnn, forward).replace('self, d, n)', 'self, d, n, kind)');
      expect(modelOf(`# widthwise: width(n)\n${source}`)?.verdict).toBeNull();
    }
  });
});
