import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

/** A model that ends with a part, whose class makes the layer on a line of its own. */
const net = (first: string) => `import torch
from torch import nn

class Part(nn.Module):
    def __init__(self, into, out):
        super().__init__()
        self.fc = nn.Linear(into, out)

    def forward(self, x):
        return self.fc(torch.tanh(x))

class Net(nn.Module):
    def __init__(self, width=256):
        super().__init__()
        self.embed = nn.Linear(64, width)
        self.mix = ${first}
        self.head = Part(width, 10)

    def forward(self, x):
        return self.head(self.mix(torch.tanh(self.embed(x))))
`;

const fixes = (source: string) =>
  analyse(source)
    .findings.filter(({ code }) => code === 'MUP104')
    .flatMap((one) => one.fixes);

test('a start that PyTorch gives is written behind the line that makes the layer', () => {
  const [, zero] = fixes(net('nn.Linear(width, width)'));
  expect(zero?.edits.map(({ text }) => text.trim())).toEqual(['nn.init.zeros_(self.fc.weight)']);
});

test('nothing is written where the line makes other layers, too', () => {
  const why = 'the same line makes other layers, which start well';
  expect(fixes(net('Part(width, width)'))).toMatchObject([
    { edits: [], why },
    { edits: [], why },
  ]);
});
