import { describe, expect, test } from 'vitest';
import { missingIn } from '../../../test/check-findings.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const ORTHOGONALIZES = `def flatten_spectrum(g, rounds=5):
    x = g / (g.norm() + 1e-7)
    for _ in range(rounds):
        x = 1.5 * x - 0.5 * (x @ x.mT) @ x
    return x

def stepped(g, buffer):
    buffer.lerp_(g, 0.05)
    return flatten_spectrum(buffer) * max(1, g.size(-2) / g.size(-1)) ** 0.5

class Turner(torch.optim.Optimizer):
    def __init__(self, params, lr=0.02, momentum=0.95):
        super().__init__(sorted(params, key=lambda p: p.numel()), dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                p.add_(stepped(p.grad, self.state[p]), alpha=-group['lr'])

`;

/** A model that is trained by what a class of the project makes. */
function modelOf(classes: string, training: string) {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn

${classes}
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n, bias=False)
        self.mid = nn.Linear(n, n, bias=False)
        self.out = nn.Linear(n, 3, bias=False)

    def forward(self, x):
        return self.out(torch.tanh(self.mid(torch.tanh(self.up(x)))))

def prepare(n):
    net = Net(n)
${training.replaceAll(/^(?=.)/gm, '    ')}
`);
  return models[0];
}

const rates = (classes: string, training: string) => modelOf(classes, training)?.weights.map(({ c }) => c);

describe('an optimizer that the project defines', () => {
  test('is named, with whom it trains, and the others keep their rates', () => {
    const training = `one = Turner([net.mid.weight], lr=0.02)
two = torch.optim.Adam([net.up.weight, net.out.weight], lr=1e-3)
for o in (one, two):
    for group in o.param_groups:
        group['lr'] = 0.5 * group['lr']
    o.step()`;
    const model = modelOf(ORTHOGONALIZES, training);
    expect(model?.weights.map(({ c }) => c)).toEqual([0, null, 0]);
    expect(missingIn(model)).toEqual(['mid.weight: the updates of Turner are not read']);
  });

  test('is its base where it leaves the step to that', () => {
    const own = 'class Own(torch.optim.AdamW):\n    def describe(self):\n        return 1\n';
    expect(rates(own, 'Own(net.parameters(), lr=1e-3 / n)')).toEqual([1, 1, 1]);
    const withRate =
      'class Own(torch.optim.SGD):\n    def __init__(self, params, pace):\n        super().__init__(params, lr=pace / n)\n';
    expect(rates(withRate.replace('pace / n', 'pace'), 'Own(net.parameters(), 0.1 / n)')).toEqual([1, 1, 1]);
    const stepping = `${own}    def step(self):\n        pass\n`;
    expect(rates(stepping, 'Own(net.parameters(), lr=1e-3 / n)')).toEqual([null, null, null]);
  });

  test('may change its groups in methods of its own, which are not read', () => {
    const own = 'class Own(torch.optim.AdamW):\n    def warm_up(self):\n        pass\n';
    const model = modelOf(own, 'o = Own(net.parameters(), lr=1e-3)\no.warm_up()');
    expect(missingIn(model).join()).toContain('what warm_up (line 22) does to its learning rate is not read');
  });

  test('has the groups that its constructor leaves', () => {
    const own = `class Own(torch.optim.Adam):
    def __init__(self, params, lr):
        super().__init__(params, lr=lr)
        for group in self.param_groups:
            group['lr'] = lr / k
`;
    expect(rates(own.replace('/ k', '/ 2'), 'Own(net.parameters(), 0.1 / n)')).toEqual([1, 1, 1]);
  });
});
