import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(self.mid(self.embed(x)))
`;

/** Rounds in rounds of which nobody knows how many there are: each is gone through some times for each of the one around. */
const ROUNDS = [...'abcdefgh'].map(
  (name, depth) => `${'    '.repeat(depth + 1)}while ${name} < limit:
${'    '.repeat(depth + 2)}${name} += step
${'    '.repeat(depth + 2)}items.append(${name})
`,
);

const COUNTERS = '    a, b, c, d, e, f, g, h, items = 0, 0, 0, 0, 0, 0, 0, 0, []\n';

function optimizersIn(train: string): readonly string[] {
  const script = `import torch\nfrom model import Net\n${train}`;
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const { models } = analyser.analyse(MODEL, undefined, place);
  return (models[0]?.weights ?? []).map(({ optimizer }) => String(optimizer));
}

const TRAINS = `
model = Net(256)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(1000):
    model(next(batches)).sum().backward()
    optimizer.step()
`;

describe('a script says how it trains its model, however long', () => {
  test('the generator of its batches is', () => {
    const generator = `def batches_of(limit, step):\n${COUNTERS}${ROUNDS.join('')}${'    '.repeat(9)}yield items\n`;
    const optimizers = optimizersIn(`${generator}batches = batches_of(10, 2)\n${TRAINS}`);
    expect(new Set(optimizers)).toEqual(new Set(['adam']));
  });

  test.each(['no_grad', 'inference_mode'])('the evaluation is that keeps no gradient (%s)', (name) => {
    const evaluates = `@torch.${name}()\ndef evaluate(model, limit, step):\n${COUNTERS}${ROUNDS.join('')}${'    '.repeat(9)}items.append(model(step))\n    return items\n`;
    const trains = `${TRAINS}    print(evaluate(model, 10, 2))\n`;
    const optimizers = optimizersIn(`${evaluates}${trains.replace('next(batches)', 'torch.randn(4, 10)')}`);
    expect(new Set(optimizers)).toEqual(new Set(['adam']));
  });
});
