import { describe, expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The rate exponents of a model whose loss goes through a function with a gradient of its own. */
function ratesBehind({ forward, backward, by }: Readonly<Record<'forward' | 'backward' | 'by', string>>) {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn

class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return ${forward}

    @staticmethod
    def backward(ctx, grad):
        return ${backward}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mid = nn.Linear(n, n, bias=False)

    def forward(self, x):
        return self.mid(x)

def train(n, data):
    net = Net(n)
    opt = torch.optim.${by}(net.parameters(), lr=0.1)
    for x in data:
        Own.apply(net(x)).sum().backward()
        opt.step()
`);
  return models[0]?.weights.map(({ c }) => c);
}

describe('a function with a gradient of its own', () => {
  test('leaves updates of a size of their own what they are where it makes something new', () => {
    const loss = { forward: 'fused_loss(x)', backward: 'grad * ctx.saved_tensors[0]' };
    expect(ratesBehind({ ...loss, by: 'Adam' })).toEqual([0]);
    expect(ratesBehind({ ...loss, by: 'SGD' })).toEqual([null]);
  });

  test('may make anything of that of a tensor that it gives back', () => {
    const same = { forward: 'x', by: 'Adam' };
    expect(ratesBehind({ ...same, backward: 'changed(grad)' })).toEqual([null]);
    expect(ratesBehind({ ...same, backward: 'grad' })).toEqual([0]);
  });
});
