import { expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';

const analyser = await loadTestAnalyser();

const FILES = {
  'model.py': `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, n):
        super().__init__()
        self.table = nn.Embedding(vocab, n)
        self.up = nn.Linear(n, 4 * n)
        self.down = nn.Linear(4 * n, n)
        self.out = nn.Linear(n, vocab)

    def forward(self, ids):
        h = self.table(ids)
        return self.out(h + self.down(torch.relu(self.up(h))))
`,
  'train.py': `import torch
from model import Net
import starts

def main(n, lr):
    net = Net(1000, n)
    net.apply(starts.fresh)
    torch.optim.Adam(net.parameters(), lr=lr)
`,
};

const STARTS = (matrix: string, table: string) => `from torch import nn

def fresh(part):
    if isinstance(part, nn.Linear):
        ${matrix}
    elif isinstance(part, nn.Embedding):
        ${table}
`;

function said(starts: string, train = FILES['train.py']): readonly string[] {
  const place = placeIn({ ...FILES, 'train.py': train, 'starts.py': starts }, 'starts.py', ['train.py']);
  const { findings } = analyser.analyse(starts, { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
  return findings.map(
    ({ code, span, weights }) => `${code} ${starts.slice(span.start, span.end)} ${weights}`,
  );
}

const NORMAL = 'nn.init.normal_(part.weight, std=0.02)';
const UNIFORM = 'part.weight.data.uniform_(-0.1, 0.1)';
const FALLS = 'nn.init.normal_(part.weight, std=part.embedding_dim ** -0.5)';

test('a function that starts the weights of a model of another file has what is wrong with that on its lines', () => {
  expect(said(STARTS(NORMAL, UNIFORM))).toEqual([
    `MUP101 ${NORMAL} up.weight,down.weight`,
    `MUP104 ${NORMAL} out.weight`,
  ]);
  expect(said(STARTS(UNIFORM, FALLS))).toEqual([
    `MUP101 ${UNIFORM} down.weight`,
    `MUP104 ${UNIFORM} out.weight`,
    `MUP103 ${FALLS} table.weight`,
  ]);
});

test('nothing is said where no model comes to it, or its starts are right', () => {
  expect(said(STARTS(NORMAL, UNIFORM), FILES['train.py'].replace('starts.fresh', 'print'))).toEqual([]);
  const zero = 'nn.init.zeros_(part.weight)';
  expect(said(STARTS(zero, 'nn.init.normal_(part.weight)'))).toEqual([]);
});
