import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

function weightsOf(code: string) {
  const net = analyse(code).models.find(({ name }) => name === 'Net');
  return (name: string) => net?.weights.find((one) => one.name === `${name}.weight`);
}

describe('a module that is put in the place of another one', () => {
  const starts = (put: string, args = '') =>
    weightsOf(`import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, n, depth=3):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.layers = nn.ModuleList([nn.Linear(n, n) for _ in range(depth)])
        self.body = nn.Sequential(nn.Linear(n, n), nn.ReLU())
        self.mid = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
    def forward(self, x):
        h = self.first(x)
        for layer in self.layers:
            h = F.relu(layer(h))
        return self.out(self.body(F.relu(self.mid(h))))
class Scaled(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def forward(self, x):
        return self.inner(x) / 8
def small(n):
    layer = nn.Linear(n, n)
    nn.init.normal_(layer.weight, std=1 / n)
    return layer
def train(n${args}):
    model = Net(n)
    ${put}
    torch.optim.Adam(model.parameters(), lr=1e-3)
`);
  const [LAYERS, BODY, MID] = ['layers.*', 'body.0', 'mid'];

  test.each([
    ['model.layers[1] = small(n)', LAYERS],
    ['for i in some: model.layers[i] = small(n)', LAYERS],
    ['for i, old in enumerate(model.layers): model.layers[i] = small(old.in_features)', LAYERS],
    ['model.body[some] = small(n)', BODY],
    ['for name in some: setattr(model, name, small(n))', MID],
    ['model.add_module(some, small(n))', MID],
  ])('by a number or name that is not followed leaves where parts start: %s', (put, part) => {
    expect(starts(put, ', some')(part)?.b).not.toBe(1 / 2);
    expect(starts('pass', ', some')(part)?.b).toBe(1 / 2);
  });

  test('by a number that is written out starts as it does', () => {
    expect(starts('model.body[0] = small(n)')(BODY)?.b).not.toBe(1 / 2);
  });

  test('by the dict of its parameters has another start', () => {
    for (const put of ["model.mid._parameters['weight']", "model._modules['mid']._parameters['weight']"])
      expect(starts(`${put} = nn.Parameter(torch.zeros(n, n))`)(MID)?.b, put).not.toBe(1 / 2);
    expect(starts('kept = dict(model.mid._parameters)')(MID)?.b).toBe(1 / 2);
    expect(starts("model.mid._parameters['weight'] = model.mid.weight")(MID)?.b).toBe(1 / 2);
  });

  test('may multiply what it is made of', () => {
    expect(starts('for i in some: model.layers[i] = Scaled(model.layers[i])', ', some')(LAYERS)?.a).not.toBe(
      0,
    );
  });

  test('is what was there where it is put back', () => {
    const back = 'for i, one in enumerate(model.layers): model.layers[i] = torch.compile(one)';
    expect(starts(back)(LAYERS)?.b).toBe(1 / 2);
  });
});
