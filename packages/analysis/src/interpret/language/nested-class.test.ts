import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

test.each(['Net.Part', 'self.Part', 'type(self).Part'])(
  'a class that stands in the class of the model is a part of it: %s',
  (part) => {
    const { models } = analyser.analyse(`
import torch
from torch import nn

class Net(nn.Module):
    class Part(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.mix = nn.Linear(width, width)
            nn.init.normal_(self.mix.weight, std=0.02)

        def forward(self, h):
            return self.mix(h)

    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(12, width)
        self.part = ${part}(width)
        self.leave = nn.Linear(width, 3)

    def forward(self, x):
        return self.leave(torch.tanh(self.part(torch.tanh(self.enter(x)))))
`);
    expect(models.map(({ name }) => name)).toEqual(['Net']);
    const mix = models[0]?.weights.find(({ name }) => name === 'part.mix.weight');
    expect(mix).toMatchObject({ role: 'hidden', b: 0 });
  },
);
