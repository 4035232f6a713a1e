import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

let units = 0;
const analyser = await loadTestAnalyser({}, (spent) => {
  units = spent;
});

/** A model of which a pass takes most of the work. */
const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(10, width)
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(60)])
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        x = self.first(x)
        for layer in self.layers:
            x = x + torch.relu(layer(x)) * 2
        return self.head(x)

model = Net(256)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
`;

/** What a script takes that trains it in rounds of which some steps come together. */
function unitsOf(beforeEach: string): number {
  analyser.forget();
  analyser.analyse(`${MODEL}
while step < limit:
    for at in range(steps):
        ${beforeEach}
        loss = model(batches[step]).sum()
        loss.backward()
    optimizer.step()
    step += 1
`);
  return units;
}

test('a pass is not followed again for a flag that a script sets on the model each time', () => {
  const plain = unitsOf('pass');
  expect(unitsOf('model.synchronizes = at == steps - 1')).toBeLessThan(1.2 * plain);
});
