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
function unitsOf(beforeEach: string, rounds = 'range(steps)'): number {
  analyser.forget();
  analyser.analyse(`${MODEL}
while step < limit:
    for at in ${rounds}:
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

test('nor for one that is on in some of the rounds, a known number of which go', () => {
  const plain = unitsOf('pass');
  const flag = ['if spread:', 'model.synchronizes = at == 7'];
  expect(unitsOf(flag.join('\n            '), 'range(8)')).toBeLessThan(1.5 * plain);
});

/** The same model, of which code that is not read is handed each layer, or all of it. */
const handing = (to: string) =>
  MODEL.replace('import torch\n', 'import torch\nimport kernels\n').replace('torch.relu(layer(x)) * 2', to);

/** What a script takes that sends so many batches through a model. */
function unitsOfBatches(model: string, batches: number): number {
  analyser.forget();
  const passes = Array.from({ length: batches }, (_, at) => `loss = loss + model(batches[${at}]).sum()`);
  analyser.analyse([`${model}loss = 0`, ...passes, 'loss.backward()', ''].join('\n'));
  return units;
}

test('nor for layers that it hands to code which is not read, as it has before', () => {
  const model = handing('torch.relu(layer(kernels.attend(layer, x))) * 2');
  expect(unitsOfBatches(model, 6)).toBeLessThan(1.2 * unitsOfBatches(model, 1));
});

test('nor for tensors that it makes and changes in place', () => {
  const model = MODEL.replace('x = x + torch', 'x += torch');
  expect(unitsOfBatches(model, 6)).toBeLessThan(1.2 * unitsOfBatches(model, 1));
});

test('but where it hands them over after it has called them, which is then another pass', () => {
  const model = handing('torch.relu(layer(x)) * 2\n            kernels.attend(layer, x)');
  expect(unitsOfBatches(model, 2)).toBeGreaterThan(1.2 * unitsOfBatches(model, 1));
});

/** A model that goes through its blocks, does something more in each round, and has methods beside its forward pass. */
const looping = (inEachRound: string, methods = '') => `import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(40)])

    def forward(self, x):
        for layer in self.layers:
            x = x + torch.relu(layer(x)) * 2
        return x

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(10, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        x = self.first(x)
        seen = 1
        for block in self.blocks:
            x = block(x)
            ${inEachRound}
        return self.head(x)
${methods}`;

function unitsOfModel(model: string): number {
  analyser.forget();
  analyser.analyse(model);
  return units;
}

test('nor where a loop is gone round once more to see what moves in it', () => {
  const moving = unitsOfModel(looping('seen = 2 - seen'));
  expect(moving).toBeLessThan(1.08 * unitsOfModel(looping('pass')));
});

test('nor where methods of the model send something through its blocks, as its forward pass does', () => {
  const methods = ['sample', 'sample_more', 'sample_again'].map(
    (name) => `
    def ${name}(self, x):
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        return x
`,
  );
  const sampled = unitsOfModel(looping('pass', methods.join('')));
  expect(sampled).toBeLessThan(1.05 * unitsOfModel(looping('pass')));
});
