import { expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { missingText } from './words/missing-text.ts';

const analyser = await loadTestAnalyser();

const BASE = `from torch import nn

class Base(nn.Module):
    def forward(self, x):
        return self.out(self.hidden(self.first(x)).detach())
`;

const MODEL = `from torch import nn
from base import Base

class Net(Base):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.hidden = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
`;

test('what is not followed of a forward pass in another file says its line there, and has no place here', () => {
  const place = placeIn({ 'base.py': BASE, 'model.py': MODEL }, 'model.py', []);
  const { models } = analyser.analyse(MODEL, DEFAULT_OPTIONS, place);
  const [step] = (models[0]?.missing ?? []).filter((one) => 'spans' in one);
  expect(step && missingText(step)).toBe('forward: detach (line 5 of base) is not followed');
  expect(step).toMatchObject({ spans: [] });
});
