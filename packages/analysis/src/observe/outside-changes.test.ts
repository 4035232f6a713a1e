import { describe, expect, it } from 'vitest';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The multiplier of a readout with a buffer of 1/n, by what a script does around its training. */
interface Script {
  readonly around?: string;
  readonly head?: string;
  readonly after?: string;
}

function multiplierAfter(before: readonly string[], script: Script = {}): number | null | undefined {
  return readoutAfter(before, script)?.a;
}

function readoutAfter(before: readonly string[], { around = 'if True:', head = '', after = 'pass' }: Script) {
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
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    ${before.join('\n    ')}
    ${around}
        for x, y in loader:
            opt.zero_grad()
            F.cross_entropy(model(x), y).backward()
            opt.step()
    ${after}
`;
  const [model] = analyser.analyse(text).models;
  return model?.weights.find(({ name }) => name === 'out.weight');
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

describe('what else computes than the code of a model', () => {
  const other = `class Other(nn.Linear):
    def reset_parameters(self):
        nn.init.normal_(self.weight, std=0.02)
`;
  const mode = `class Mode(torch.overrides.TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        return func(*args, **(kwargs or {})) * 2
`;

  it.each([
    ['nn.modules.module.register_module_forward_hook(lambda module, given, made: made * width)', {}],
    ['model.out.__class__ = Other', { head: other }],
    ['nn.utils.parametrize.register_parametrization(model.out, "weight", Times(width))', {}],
    ['pass', { head: mode, around: 'with Mode():' }],
  ])('leaves the multiplier open: %s', (statement, script) => {
    expect(multiplierAfter([statement], script)).toBeNull();
  });

  it('leaves the start open where a module of another class starts anew', () => {
    expect(readoutAfter(['nn.init.zeros_(model.out.weight)'], {})?.b).toBe('zero');
    const swapped = ['model.out.__class__ = Other', 'for one in model.children(): one.reset_parameters()'];
    expect(readoutAfter(swapped, { head: other })?.b).toBeNull();
  });

  it('leaves the rate open where gradients come from elsewhere, or a step is taken back in part', () => {
    expect(readoutAfter([], {})?.c).toBe(0);
    const given = ['for p, g in zip(list(model.parameters()), given_elsewhere): p.grad = g * width'];
    expect(readoutAfter(given, {})?.c).toBeNull();
    const around = `slow = [p.detach().clone() for p in model.parameters()]
    for _ in loader:
        opt.step()
        for before, p in zip(slow, model.parameters()): p.data.copy_(before + (p - before) / width)
    if True:`;
    expect(readoutAfter([], { around })?.c).toBeNull();
  });
});

it('is not at the defaults that a configuration binds', () => {
  const [model] = analyser.analyse(`
import gin
from torch import nn

@gin.configurable
class Net(nn.Module):
    def __init__(self, width=256, times=1.0):
        super().__init__()
        self.times = times
        self.inp = nn.Linear(8, width)
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        return self.times * self.out(self.inp(x).relu())

def made(width):
    gin.bind_parameter("Net.times", 1 / width)
    return Net()
`).models;
  expect(model?.weights.find(({ name }) => name === 'out.weight')?.a ?? null).toBeNull();
});

it('is what its code says beside a hook on something that is not read', () => {
  const [model] = analyser.analyse(`
from torch import nn
from elsewhere import seen

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inp = nn.Linear(8, width)
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        return self.out(self.inp(x).relu())

def watched(width, part):
    model = Net(width)
    part.register_forward_hook(seen)
    return model
`).models;
  expect(model?.weights.map(({ role, a }) => [role, a])).toContainEqual(['output', 0]);
});

describe('a hook that its handle removes', () => {
  const hook = 'handle = model.out.register_forward_hook(lambda module, given, made: made * model.width)';

  it('does nothing in a training behind that', () => {
    expect(multiplierAfter([hook, 'handle.remove()'])).toBe(multiplierAfter(['pass']));
  });

  it.each([
    [[hook], {}],
    [[hook], { after: 'handle.remove()' }],
    [[hook, 'if width > 9: handle.remove()'], {}],
  ])('is not followed where it may be there: %j', (before, script) => {
    expect(multiplierAfter(before, script)).toBeNull();
  });
});

it('a module that code outside puts in the place of another is named', () => {
  const { models } = analyser.analyse(`
import torch
from torch import nn

class Beside(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        self.low = nn.Linear(base.in_features, base.out_features)
    def forward(self, x):
        return self.base(x) + self.low(x)

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.mid = nn.Linear(width, width)
        self.last = nn.Linear(width, 4)
    def forward(self, x):
        return self.last(self.mid(self.first(x)))

net = Net(64)
net.mid = Beside(net.mid)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`);
  const model = models.find(({ name }) => name === 'Net');
  expect(model?.weights.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'first.weight input',
    'first.bias input',
    'mid null',
    'last.weight output',
    'last.bias finite',
  ]);
});
