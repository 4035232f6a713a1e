import { expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

let units = 0;
const analyser = await loadTestAnalyser({}, (spent) => {
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

const ITEMS = `[${[...Array(15).keys()].join(', ')}]`;

/** Some statements that add up numbers one by one, of which a name is left. */
const sums = (name: string) => `def made():
    ${name} = 0
    for a in ${ITEMS}:
        for b in ${ITEMS}:
            for c in ${ITEMS}:
                ${name} = a * b + c
    return ${name}
`;

const PARTS = ['steps', 'rows', 'words', 'lines', 'files', 'pages', 'books', 'shelves'];

const OPTIMIZERS = `import torch

def optimizer_of(model):
    return torch.optim.Adam(model.parameters(), lr=1e-3)
`;

const MODULES = {
  'optimizers.py': OPTIMIZERS,
  ...Object.fromEntries(PARTS.map((name) => [`${name}.py`, `${sums(name)}\n${name} = made()\n`] as const)),
};

/** By what the model is trained in a script that takes so many names from modules which take long to read. */
function trainedBy(names: readonly string[], before = ''): readonly (string | null)[] {
  const imports = names.map((name) => `from ${name} import ${name}\n`).join('');
  const script = `import torch
from model import Net
from optimizers import optimizer_of
${imports}${before}
limit = ${['1', ...names].join(' + ')}
model = Net(256)
optimizer = optimizer_of(model)
`;
  const place = placeIn({ 'model.py': MODEL, 'train.py': script, ...MODULES }, 'model.py', ['train.py']);
  analyser.forget();
  const { models } = analyser.analyse(MODEL, undefined, place);
  return [...new Set((models[0]?.weights ?? []).map(({ optimizer }) => optimizer))];
}

test('what it takes to read the imports of a script is not what the script takes', () => {
  expect(trainedBy(PARTS)).toEqual(['adam']);
  expect(units).toBeGreaterThan(1_200_000);
});

test('what the script takes to do the same itself is', () => {
  const itself = PARTS.map((name) => `${sums(name)}${name} = made()\n`).join('');
  expect(trainedBy([], itself)).toEqual([null]);
});
