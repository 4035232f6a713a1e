import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.leave = nn.Linear(breadth, 10)

    def forward(self, x):
        return self.leave(torch.relu(self.enter(x)))
`;

/** A network that has another one as a part. */
const around = (given: string) => `import torch
from torch import nn
from model import Net
from elsewhere import altered

class Around(nn.Module):
    def __init__(self, inner, ratio):
        super().__init__()
        self.inner = inner
        self.ratio = ratio
        self.project = nn.Linear(10, 4)

    def forward(self, x):
        return ${given}

def train(breadth, batches, lr=1e-3):
    learner = Around(Net(breadth), breadth / 128)
    optimizer = torch.optim.Adam(learner.parameters(), lr=lr)
    for given, wanted in batches:
        nn.functional.mse_loss(learner(given), wanted).backward()
        optimizer.step()
`;

/** The multiplier of the last layer, as a script beside the model trains it. */
function multiplier(script: string): unknown {
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const [net] = analyser.analyse(MODEL, undefined, place).models.filter(({ name }) => name === 'Net');
  return net?.weights.find(({ name }) => name === 'leave.weight')?.a;
}

describe('the multiplier of a model', () => {
  test('is its own where the network that has it for a part is of another file and is not read', () => {
    expect(multiplier(around('altered(self.project(self.inner(x)), self.ratio)'))).toBe(0);
  });

  test('is unknown where what is not read is given its output itself', () => {
    expect(multiplier(around('altered(self.inner(x), self.ratio)'))).toBeNull();
  });

  test('has the factor that a script in another file puts on the output', () => {
    expect(multiplier(around('self.inner(x) / self.ratio'))).toBe(1);
  });
});
