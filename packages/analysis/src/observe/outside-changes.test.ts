import { describe, expect, it } from 'vitest';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The multiplier of a readout with a buffer, or an attribute, of 1/n, and what the script does around its training. */
function multiplierAfter(
  before: readonly string[],
  { around = 'if True:', head = '', after = 'pass' }: { around?: string; head?: string; after?: string } = {},
): number | null | undefined {
  const text = `
from contextlib import contextmanager
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.fc1 = nn.Linear(32, width)
        self.out = nn.Linear(width, 10)
        self.register_buffer("scale", torch.tensor(1 / width))
        self.alpha = 1.0
        nn.init.normal_(self.out.weight)

    def forward(self, x):
        return self.alpha * self.out(F.relu(self.fc1(x))) * self.scale

${head}

def train(loader, width):
    model = Net(width)
    opt = torch.optim.Adam(model.parameters(), lr=0.1)
    ${before.join('\n    ')}
    ${around}
        for x, y in loader:
            opt.zero_grad()
            F.cross_entropy(model(x), y).backward()
            opt.step()
    ${after}
`;
  const [model] = analyser.analyse(text).models;
  return model?.weights.find(({ name }) => name === 'out.weight')?.a;
}

describe('a buffer that the code reaches by its name', () => {
  it('is what it was where that is only read', () => {
    expect(multiplierAfter(['model.get_buffer("scale").clone()'])).toBe(1);
    expect(multiplierAfter(['print(dict(model.named_buffers()))'])).toBe(1);
  });

  it.each([
    'model.get_buffer("scale").copy_(torch.tensor(1.0))',
    'model.get_buffer("scale").fill_(1.0)',
    'model.state_dict()["scale"].fill_(1.0)',
    'for _, b in model.named_buffers(): b.fill_(1.0)',
    'for b in model.buffers(): b.fill_(1.0)',
    'dict(model.named_buffers())["scale"].mul_(width)',
  ])('is what %s makes of it', (statement) => {
    expect(multiplierAfter([statement])).toBe(0);
  });

  it.each([
    'model.to_empty(device="cpu")',
    'state = model.state_dict(); state["scale"] = torch.tensor(1.0); model.load_state_dict(state)',
  ])('is not known after %s', (statement) => {
    expect(multiplierAfter([statement])).toBeNull();
  });
});

describe('what holds within a context', () => {
  const manager = `@contextmanager
def scaled(net):
    before, net.alpha = net.alpha, 1 / net.width
    yield net
    net.alpha = before
`;
  const guarded = manager.replace('yield net', 'try:\n        yield net\n    finally:\n        pass');
  const object = `class scaled:
    def __init__(self, net):
        self.net = net
    def __enter__(self):
        self.net.alpha = 1 / self.net.width
    def __exit__(self, *error):
        self.net.alpha = 1.0
`;

  it.each([manager, guarded, object])('is not taken for what is there behind it: %s', (head) => {
    expect(multiplierAfter([], { head })).toBe(1);
    expect(multiplierAfter([], { head, around: 'with scaled(model):' })).not.toBe(1);
  });

  it('counts without a context, too, where training runs in between', () => {
    expect(multiplierAfter(['model.alpha = 1 / width'], { after: 'model.alpha = 1.0' })).not.toBe(1);
  });
});
