import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

/** What a model that has its settings for attributes has for the layer in the middle and for its readout. */
function readOf(statement: string, { parameters = 'config', size = 'self.width' } = {}) {
  const { weights, widths } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        ${statement}
        self.table = nn.Embedding(50, ${size})
        self.mix = nn.Linear(${size}, ${size})
        self.head = nn.Linear(${size}, 10)

    def forward(self, ids):
        return self.head(self.mix(self.table(ids)).relu())

def train(config):
    net = Net(${parameters === 'config' ? 'config' : 'width=512'})
    torch.optim.Adam(net.parameters(), lr=1e-3)
`);
  const row = (one: string) => weights.find(({ name }) => name === one);
  return {
    widths,
    shape: row('mix.weight')?.shape,
    role: row('head.weight')?.role,
    c: row('head.weight')?.c,
  };
}

const READ = { widths: ['width'], shape: 'width × width', role: 'output', c: 0 };

describe('settings from outside that become the attributes of a model are known by their names', () => {
  test.each([
    'for k, v in config.items(): setattr(self, k, v)',
    'for k, v in vars(config).items(): setattr(self, k, v)',
    'for k, v in config.__dict__.items():\n            setattr(self, k, v)',
    'self.__dict__.update(config)',
    'vars(self).update(config)',
    'self.width = 512\n        self.__dict__.update(config)',
  ])('%s', (statement) => expect(readOf(statement)).toEqual(READ));

  test.each(['for k, v in given.items(): setattr(self, k, v)', 'self.__dict__.update(given)'])(
    'of **given: %s',
    (statement) => expect(readOf(statement, { parameters: '**given' })).toEqual(READ),
  );
});

test.each([
  "for k, v in config.items(): setattr(self, 'my_' + k, v)",
  'for k, v in config.items(): setattr(self, v, k)',
  'for k, v in config.items(): setattr(other, k, v)',
  'if config.copies: self.__dict__.update(config)',
])('what may be under another name, or elsewhere, is not: %s', (statement) => {
  expect(readOf(statement)).not.toMatchObject({ widths: ['width'] });
});

test('what is set afterwards is what was set, and methods are still those of a module', () => {
  expect(readOf('self.__dict__.update(config)\n        self.width = 4 * config.n')).toMatchObject({
    widths: ['n'],
    shape: '4·n × 4·n',
    c: 0,
  });
});

test.each([
  ['', 'self.hidden, self.code = 400, 20', []],
  ['hidden = 400\n    code = 20', 'pass', []],
  ['', 'pass', ['b.weight', 'c.weight']],
])(
  'what they are unless somebody gives others is known: a code of 20 beside 400 is no width (%s, %s)',
  (fields, sets, weights) => {
    const source = `import torch
from torch import nn

class Net(nn.Module):
    ${fields || 'pass'}
    def __init__(self, config):
        super().__init__()
        ${sets}
        self.__dict__.update(config)
        self.a, self.b = nn.Linear(784, self.hidden), nn.Linear(self.hidden, self.code)
        self.c, self.d = nn.Linear(self.code, self.hidden), nn.Linear(self.hidden, 784)

    def forward(self, x):
        return self.d(torch.tanh(self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))))

def train(config):
    torch.optim.Adam(Net(config).parameters(), lr=1e-3)
`;
    expect(findingsOf('MUP301', source).flatMap((one) => one.weights)).toEqual(weights);
  },
);
