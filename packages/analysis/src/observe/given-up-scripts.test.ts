import { expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

let units = 0;
const analyser = await loadTestAnalyser(undefined, (spent) => {
  units = spent;
});

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(torch.relu(self.embed(x)))
`;

/** A function that takes more work than one may which nobody calls, and what it names. */
const costly = (name: string, named = 'Net') => `
def ${name}(self, limit):
    for i in range(3000):
        items = [${named}, *[j * 2 + k for j in range(60) for k in range(60)]]
`;

const TRAINS = `
def train(width):
    model = Net(width)
    torch.optim.Adam(model.parameters(), lr=1e-3)
`;

/** The work of a model with a script that trains it, and by which optimizer it does. */
function trainedBy(...parts: readonly string[]) {
  const script = `import torch\nfrom model import Net\n${parts.join('')}`;
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const { models } = analyser.analyse(MODEL, undefined, place);
  return { units, optimizer: models[0]?.weights[0]?.optimizer ?? null };
}

test('of a script with a function that takes too much, no other is run that would not count', () => {
  const [one, two] = [trainedBy(costly('first')), trainedBy(costly('first'), costly('second'))];
  expect(two.units).toBeLessThan(1.1 * one.units);
});

test('of one whose functions can be read, all are', () => {
  expect(trainedBy(TRAINS.replace('train', 'other'), TRAINS).optimizer).toBe('adam');
});

test('one that names no model of the file leaves what the others do', () => {
  expect(trainedBy(TRAINS, costly('other', 'torch.nn.Linear')).optimizer).toBe('adam');
});

test.each([
  ['a model', costly('other')],
  ['what makes one', `\ndef make():\n    return Net(64)\n${costly('other', 'make()')}`],
  ['another name of one', `\nfrom model import Net as Other\n${costly('other', 'Other')}`],
  ['its module', `\nimport model as parts\n${costly('other', 'parts.__dict__')}`],
  ['what the script holds', `\nheld = [Net(64)]\n${costly('other', 'held')}`],
  ['its own object', `\nclass Trainer:${costly('fit', 'torch.nn.Linear').replaceAll('\n', '\n    ')}\n`],
])('one that names %s does not', (_, other) => {
  expect(trainedBy(TRAINS, other).optimizer).toBe(null);
});
