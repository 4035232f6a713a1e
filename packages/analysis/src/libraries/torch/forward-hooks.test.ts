import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse, findingsOf, onlyModel } from '../../../test/check-findings.ts';

/** A chain that is in μP but for the hidden layer's start, and what `init` registers in its constructor. */
function hooked(init: string) {
  const start = 'nn.init.normal_(self.b.weight, std=0.1)\nnn.init.zeros_(self.c.weight)';
  const groups = "[{'params': [model.a.weight]}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}]";
  return chainModel({
    before: 'import copy',
    init: `${start}\n${init}`,
    optimizer: `torch.optim.Adam(${groups}, lr=lr)`,
  });
}

/** What is found of the starts, a of the hidden layer, and the verdict. */
function said(source: string) {
  const { weights, verdict } = onlyModel(source);
  const starts = analyse(source).findings.filter(({ code }) => code === 'MUP101');
  return { starts: starts.length, a: weights[1]?.a, regime: verdict?.regime ?? null };
}

const JUDGED = { starts: 1, a: 0, regime: 'unstable' };
const OPEN = { starts: 0, a: null, regime: null };

test('without a hook, a start that is too large is told', () => {
  expect(said(hooked(''))).toEqual(JUDGED);
});

describe('a forward hook that may change what a layer gives leaves it open:', () => {
  test.for([
    'self.b.register_forward_hook(hook=missing)',
    'self.b.register_forward_pre_hook(lambda m, i: i[0] / math.sqrt(n))',
    'if flag: self.b.register_forward_hook(lambda m, i, o: o / math.sqrt(n))',
    'for layer in self.children(): layer.register_forward_hook(missing)',
    'missing(self).register_forward_hook(missing)',
    'torch.nn.modules.module.register_module_forward_hook(missing)',
    'self.b.register_forward_hook(missing)\nself.b = copy.deepcopy(self.b)',
  ])('%s', (init) => {
    expect(said(hooked(init))).toMatchObject({ starts: 0, regime: null });
  });
});

test('a hook that surely runs is followed', () => {
  const run = (by: string) => said(hooked(`self.b.register_forward_hook(lambda m, i, o: ${by})`));
  expect(run('o / math.sqrt(n)')).toMatchObject({ starts: 0, a: 1 / 2 });
  expect(run('o * 0.5')).toEqual(JUDGED);
  expect(run('o * n')).toMatchObject({ a: -1, regime: 'unstable' });
});

describe('a hook that is registered and removed in each round of a training', () => {
  const trained = (run: string, condition = ' if step % 10 == 0 else []') => {
    const source = `import math, torch
from torch import nn
from elsewhere import changed

def look(module, given, made):
    ${run}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.seen = []
        self.a, self.b, self.c = nn.Linear(16, n), nn.Linear(n, n), nn.Linear(n, 4)
        nn.init.normal_(self.b.weight, std=0.1)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))

net = Net(128)
optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
for step in range(100):
    hooks = [layer.register_forward_hook(look) for layer in (net.b,)]${condition}
    net(torch.randn(8, 16)).sum().backward()
    for hook in hooks:
        hook.remove()
    optimizer.step()
`;
    return { a: onlyModel(source).weights[2]?.a, starts: findingsOf('MUP101', source).length };
  };

  test.for(['pass', 'net.seen.append(made.detach())', 'module.weight.kept.add_(given[0].T @ given[0])'])(
    'leaves what it only looks at: %s',
    (run) => {
      expect(trained(run)).toEqual({ a: 0, starts: 1 });
      expect(trained(run, '')).toEqual({ a: 0, starts: 1 });
    },
  );

  test.for([
    'return made / math.sqrt(made.shape[-1])',
    'return changed(made)',
    'made.div_(math.sqrt(made.shape[-1]))',
  ])('leaves open what it may change: %s', (run) => {
    expect(trained(run)).toEqual({ a: null, starts: 0 });
  });
});

test('the hooks of the model itself count', () => {
  const hook = (run: string) => onlyModel(hooked(`self.register_forward_hook(${run})`)).weights[2]?.a;
  expect(hook('lambda m, i, o: o * n')).toBe(-1);
  expect(hook('lambda m, i, o: print(o)')).toBe(0);
  expect(hook('missing')).toBeNull();
});

describe('a forward pass of its own for a layer leaves it open:', () => {
  test.for([
    'self.b.forward = lambda x: F.linear(x, self.b.weight) / math.sqrt(n)',
    'self.b.forward = missing',
    'b = self.b\ndef run(x):\n    return F.linear(x, b.weight) / math.sqrt(n)\nsetattr(b, "forward", run)',
  ])('%s', (init) => {
    expect(said(hooked(init))).toMatchObject({ starts: 0, regime: null });
  });
});

test('its multiplier is unknown', () => {
  expect(said(hooked('self.b.register_forward_hook(missing)'))).toEqual(OPEN);
});

describe('a hook that returns nothing changes nothing:', () => {
  const look = 'def look(m, i, o, key=None):\n    self.seen = key\n';
  test.for([
    'self.b.register_forward_hook(look)',
    "self.b.register_forward_hook(partial(look, key='b'))",
    'if flag: self.b.register_forward_hook(look)',
    'if flag: self.b.register_forward_hook(look)\nself.b.register_forward_hook(partial(look, key=1))',
    'while flag:\n    for one in self.children(): one.register_forward_hook(partial(look, key=flag))',
  ])('%s', (init) => {
    expect(said(hooked(`from functools import partial\n${look}${init}`))).toEqual(JUDGED);
  });

  test('one beside it on some of the ways does', () => {
    const both = 'if flag: self.b.register_forward_hook(lambda m, i, o: o / math.sqrt(n))\n';
    expect(said(hooked(`${look}${both}self.b.register_forward_hook(look)`))).toMatchObject(OPEN);
  });
});
