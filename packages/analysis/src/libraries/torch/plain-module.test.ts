import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const source = (holder: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, d_in, n, d_out):
        super().__init__()
        self.enter = nn.Linear(d_in, n)
        self.mid = ${holder}
        self.mid.first = nn.Linear(n, n)
        self.stages = nn.ModuleList()
        for i in range(2):
            stage = nn.Module()
            stage.blocks = nn.ModuleList([nn.Linear(n, n)])
            if i == 0:
                stage.down = nn.Linear(n, n)
            self.stages.append(stage)
        self.head = nn.Linear(n, d_out)
    def forward(self, x):
        h = torch.relu(self.enter(x))
        for i in range(2):
            h = torch.relu(self.stages[i].blocks[0](h))
            if i == 0:
                h = torch.relu(self.stages[i].down(h))
        return self.head(torch.relu(self.mid.first(h)))
`;

const modelOf = (text: string) => analyser.analyse(text).models[0];

test('a plain module has what code sets on it, and no weights of its own', () => {
  const model = modelOf(source('nn.Module()'));
  expect(model?.weights.map(({ name }) => name).filter((name) => name.endsWith('weight'))).toEqual([
    'enter.weight',
    'mid.first.weight',
    'stages.*.blocks.0.weight',
    'stages.0.down.weight',
    'head.weight',
  ]);
  expect(model?.weights.every(({ role }) => role !== null)).toBe(true);
  expect(model?.weights.flatMap(({ missing }) => missing.map(({ kind }) => kind))).not.toContain(
    'unread-layer',
  );
});

test('one of another class that is not read may have weights', () => {
  const model = modelOf(`from elsewhere import Holder\n${source('Holder()')}`);
  expect(model?.verdict).toBeNull();
});
