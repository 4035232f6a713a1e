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

test('a product that grows in code of a library says where, and has no place here', () => {
  const { models } = analyser.analyse(`from torch import nn
from timm.models.vision_transformer import Attention

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(16, width)
        self.attn = Attention(width, num_heads=8)
        self.head = nn.Linear(width, 10)
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        x = self.embed(x)
        return self.head(x + self.attn(x))
`);
  expect(models[0]?.growing).toEqual([{ span: null, where: 'timm.layers' }]);
});
