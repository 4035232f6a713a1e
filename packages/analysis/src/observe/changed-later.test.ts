import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const HEAD = `import torch
from torch import nn
import torch.nn.functional as F
`;

const NET = `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n, bias=False)
        self.mid = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
        nn.init.normal_(self.out.weight, std=1 / n)
    def forward(self, x):
        return self.out(F.relu(self.mid(F.relu(self.first(x)))))
`;

/** A model that is in μP at the rates that its groups have, but for what else the code does. */
const train = ({ groups = GROUPS, before = '', inside = STEP, optimizer = 'torch.optim.Adam' } = {}) => `
def train(batches, n, lr=1e-3):
    model = Net(n)
    ${indented(before)}
    optimizer = ${optimizer}(${groups})
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 100)
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        ${indented(indented(inside))}
`;

const GROUPS = `[
        {'params': [model.mid.weight, model.out.weight], 'lr': lr / n},
        {'params': [model.first.weight, model.mid.bias, model.out.bias], 'lr': lr}]`;
const STEP = 'loss.backward()\noptimizer.step()\nscheduler.step()';

function indented(code: string): string {
  return code.replaceAll('\n', '\n    ');
}

function read(code: string) {
  const { models } = analyser.analyse(code, undefined, placeIn({ 'train.py': code }, 'train.py'));
  const net = models.find(({ name }) => name === 'Net' || name === 'Lit');
  return (name: string) => net?.weights.find((one) => one.name.endsWith(`${name}.weight`));
}

describe('a configuration that changes once its model is made', () => {
  const start = (config: string, late: string) =>
    read(`${HEAD}from types import SimpleNamespace
class Config:
    def __init__(self, n):
        self.n = n
        self.std = 0.02
class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.first = nn.Linear(8, config.n)
        self.mid = nn.Linear(config.n, config.n)
        self.out = nn.Linear(config.n, 4)
        nn.init.normal_(self.mid.weight, std=config.std)
    def forward(self, x):
        return self.out(F.relu(self.mid(F.relu(self.first(x)))))
def finish(config, n):
    config.std = n ** -0.5
def train(n):
    config = ${config}
    model = Net(config)
    ${late}
    torch.optim.Adam(model.parameters(), lr=1e-3)
`)('mid')?.b;

  test.each(['Config(n)', 'SimpleNamespace(n=n, std=0.02)'])('leaves where that starts: %s', (config) => {
    for (const late of ['config.std = n ** -0.5', 'config.std *= n ** -0.5', 'finish(config, n)'])
      expect(start(config, late), late).toBeNull();
    expect(start(config, 'pass')).toBe(0);
    expect(start(config, 'config.std = 0.1')).toBe(0);
  });
});

describe('a list or dict that a forward pass reads and code outside changes', () => {
  const multiplier = (own: string, late: string, config = '{"n": n, "gain": 1.0}') =>
    read(`${HEAD}
class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        n = config['n']
        self.first = nn.Linear(8, n)
        self.out = nn.Linear(n, 4)
        self.gains = ${own}
    def forward(self, x):
        return self.out(F.relu(self.first(x))) * self.gains${own.startsWith('[') ? '[-1]' : "['gain']"}
def rescale(model, **gains):
    model.gains.update(gains)
def train(n):
    config = ${config}
    model = Net(config)
    ${late}
    torch.optim.Adam(model.parameters(), lr=1e-3)
`)('out')?.a;

  test.each([
    ['config', "config['gain'] = 1 / n"],
    ['config', "config.update({'gain': 1 / n})"],
    ["{'gain': 1.0}", "model.gains['gain'] = 1 / n"],
    ["{'gain': 1.0}", 'rescale(model, gain=1 / n)'],
    ['[1.0, 1.0]', 'model.gains[1] = 1 / n'],
    ['[1.0, 1.0]', 'model.gains.append(1 / n)'],
  ])('multiplies by nobody knows what: %s, %s', (own, late) => {
    expect(multiplier(own, late)).toBeNull();
    expect(multiplier(own, 'pass')).toBe(0);
  });

  test('multiplies as before where another of its entries is changed', () => {
    expect(multiplier('config', "config['lr'] = 1 / n")).toBe(0);
    expect(multiplier("{'gain': 1.0}", "model.gains['steps'] = n")).toBe(0);
    expect(
      multiplier('config', "config['gain'] = 1 / n; config = dict(config)", 'dict(n=n, gain=1.0)'),
    ).toBeNull();
  });
});

describe('a rate is what it is changed to', () => {
  const rate = (parts: Parameters<typeof train>[0]) => read(HEAD + NET + train(parts))('mid')?.c;

  test('where a scheduler is given other rates to begin with', () => {
    const given = (change: string) => rate({ inside: `${change}\n${STEP}` });
    expect(given('scheduler.base_lrs = [lr for _ in scheduler.base_lrs]')).toBeNull();
    expect(given('scheduler.base = lr')).toBe(1);
  });

  test('until a scheduler sets it anew from what it was', () => {
    const written = (scheduler: string) =>
      rate({
        groups: '[{"params": [model.mid.weight, model.out.weight]}], lr=lr',
        inside: `later = torch.optim.lr_scheduler.${scheduler}\noptimizer.param_groups[0]['lr'] = lr / n\n${STEP}`,
      });
    for (const scheduler of [
      'LambdaLR(optimizer, lambda at: 1.0)',
      'CosineAnnealingWarmRestarts(optimizer, 9)',
    ])
      expect(written(scheduler), scheduler).toBeNull();
    expect(written('StepLR(optimizer, 9)')).toBe(1);
  });

  test('where a group of a dict goes by a width, which may be the number that another one goes by', () => {
    const byFan = (fans: string) =>
      rate({
        before: `groups = {8: [model.first.weight]}\ngroups[${fans}] = [model.mid.weight, model.out.weight]`,
        groups: "[{'params': some, 'lr': lr / fan} for fan, some in groups.items()]",
      });
    for (const fan of ['n', 'model.mid.in_features']) expect(byFan(fan), fan).toBeNull();
    expect(byFan('16')).toBe(0);
  });

  test('where groups are made under keys that are not followed, and given their rates in a loop', () => {
    const keyed = (key: string) =>
      rate({
        before: `groups = {}
for name, p in model.named_parameters():
    key = ${key}
    if key not in groups:
        groups[key] = {'params': [], 'scale': 1 / n if p.shape[0] == p.shape[-1] else 1}
    groups[key]['params'].append(p)
groups = list(groups.values())
for group in groups:
    group['lr'] = lr * group['scale']`,
        groups: 'groups, lr=lr',
      });
    expect(keyed("'layer_%d' % depth_of(name)")).toBeNull();
    expect(keyed("'layer_%d' % (depth_of(name) if name.startswith('mid') else 2)")).toBeNull();
    expect(keyed("'layer_mid' if name.startswith('mid') else 'layer_2'")).toBe(1);
  });

  test('where each length has a group of its own, one of which is that of the width', () => {
    const byLength = `groups = {}
for p in model.parameters():
    fan = p.shape[-1]
    if fan not in groups:
        groups[fan] = {'params': [], 'lr': lr / fan}
    groups[fan]['params'].append(p)`;
    expect(rate({ before: byLength, groups: 'list(groups.values())' })).toBeNull();
  });

  test('where what a cached function gave is written to', () => {
    const cached = (change: string) =>
      read(`${HEAD}from functools import cache
${NET}
@cache
def factors():
    return {'mid': 1.0, 'out': 1.0}
def train(n):
    model = Net(n)
    ${change}
    torch.optim.Adam([{'params': model.mid.weight, 'lr': 1e-3 * factors()['mid']}])
`)('mid')?.c;
    expect(cached("factors()['mid'] = 1 / n")).toBeNull();
    expect(cached('factors()')).toBe(0);
  });

  test('where a saved setting of Lightning is set', () => {
    const saved = (sets: string) =>
      read(`${HEAD}import lightning as L
${NET.replace('Net(nn.Module)', 'Net0(nn.Module)')}
class Lit(L.LightningModule):
    def __init__(self, n, lr):
        super().__init__()
        self.save_hyperparameters()
        self.net = Net0(n)
        ${sets}
    def forward(self, x):
        return self.net(x)
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.hparams.lr)
def train(n):
    return Lit(n, 1e-3)
`)('mid')?.c;
    expect(saved('self.hparams.lr = lr / n')).toBeNull();
    expect(saved('self.hparams.lr = 0.1')).toBe(0);
  });

  test('where a loss is known by another name within a context', () => {
    const inside =
      'with amp.scale_loss(loss / n, optimizer) as scaled:\n    scaled.backward()\noptimizer.step()';
    const code = train({ groups: 'model.parameters(), lr=lr', optimizer: 'torch.optim.SGD', inside });
    expect(read(`from apex import amp\n${HEAD}${NET}${code}`)('mid')?.c).toBe(1);
    const other = code.replace('amp.scale_loss', 'amp.other').replace(' as scaled', ' as loss');
    expect(read(`from apex import amp\n${HEAD}${NET}${other.replace('scaled', 'loss')}`)('mid')?.c).not.toBe(
      1,
    );
  });
});

test('base shapes of a model that grows with its own are its own', () => {
  const rate = (base: string, delta: string) =>
    read(`${HEAD}from mup import MuAdam, MuReadout, set_base_shapes
${NET.replace('nn.Linear(n, 4)', 'MuReadout(n, 4)').replace('nn.init', '#')}
def train(n):
    model = Net(n)
    set_base_shapes(model, Net(${base}), delta=Net(${delta}))
    MuAdam(model.parameters(), lr=1e-3)
`)('mid')?.c;
  expect(rate('n // 2', 'n // 4')).toBe(0);
  expect(rate('64', '128')).toBe(1);
});
