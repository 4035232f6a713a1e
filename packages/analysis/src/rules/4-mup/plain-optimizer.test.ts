import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

const source = (script: string) => `import torch
from torch import nn
from mup import MuAdam, MuReadout, MuSGD, set_base_shapes

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.first = nn.Linear(10, breadth)
        self.middle = nn.Linear(breadth, breadth)
        self.last = MuReadout(breadth, 3)

    def forward(self, x):
        return self.last(torch.tanh(self.middle(torch.tanh(self.first(x)))))

def train(w, plain, lr):
    net = Net(w)
${script.replaceAll(/^(?=.)/gm, '    ')}
`;

const SET = 'set_base_shapes(net, Net(32), delta=Net(48))\n';

const rates = (script: string) =>
  analyse(source(script))
    .findings.filter(({ code }) => /^MUP[34]/.test(code))
    .map(({ code, weights }) => `${code} ${weights.join()}`);

describe("an optimizer that is not mup's, of a model with base shapes", () => {
  test('is found by what it trains too fast, and as nothing else', () => {
    expect(rates(`${SET}torch.optim.Adam(net.parameters(), lr=lr)`)).toEqual(['MUP404 middle.weight']);
    const [finding] = analyse(source(`${SET}torch.optim.Adam(net.parameters(), lr=lr)`)).findings;
    expect(finding?.fixes[0]?.text).toContain('`mup.MuAdam`');
  });

  test('is told by the update that is too large by most, where one rate is of several', () => {
    const groups = `${SET}torch.optim.Adam([{'params': net.last.parameters(), 'lr': lr * w ** 0.5}, {'params': [*net.first.parameters(), *net.middle.parameters()]}], lr=lr)`;
    expect(rates(groups)).toEqual(['MUP404 middle.weight,last.weight']);
    expect(analyse(source(groups)).findings[0]?.message).toContain('updates are n times too large');
  });

  test("is mup's own, or none where no base shapes are set", () => {
    expect(rates(`${SET}MuAdam(net.parameters(), lr=lr)`)).toEqual([]);
    expect(rates('torch.optim.Adam(net.parameters(), lr=lr)').join()).not.toContain('MUP404');
  });

  test('is right where its groups scale rates by themselves', () => {
    const groups = `${SET}torch.optim.Adam([{'params': [net.middle.weight], 'lr': lr / w}, {'params': [net.middle.bias, *net.first.parameters(), *net.last.parameters()]}], lr=lr)`;
    expect(rates(groups)).toEqual([]);
  });

  test('is left alone on a way that may be meant to be without μP', () => {
    const either = `${SET}if plain:\n    opt = torch.optim.Adam(net.parameters(), lr=lr)\nelse:\n    opt = MuAdam(net.parameters(), lr=lr)`;
    expect(rates(either)).toEqual([]);
    expect(
      rates('set_base_shapes(net, None)\ntorch.optim.Adam(net.parameters(), lr=lr)').join(),
    ).not.toContain('MUP404');
  });
});
