import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../test/chain-model.ts';
import { missingIn, onlyModel } from '../../test/check-findings.ts';

/** c of each weight. */
function rates(parts: ChainParts): readonly (number | null)[] {
  return onlyModel(chainModel(parts)).weights.map(({ c }) => c);
}

/** μP's groups, and what comes after. */
function trained(after: string): Pick<ChainParts, 'optimizer'> {
  const groups = `torch.optim.Adam([
        {'params': [model.a.weight], 'lr': lr},
        {'params': [model.b.weight, model.c.weight], 'lr': lr / n},
    ])
`;
  return { optimizer: `${groups}${after}`.replaceAll('\n', '\n    ') };
}

const loop = (body: string) => `for step, (x, y) in enumerate(data):
    ${body.replaceAll('\n', '\n    ')}
    F.mse_loss(model(x), y).backward()
    optimizer.step()`;

describe('the rates in force are those of the steps', () => {
  test('and not those that a loop sets over all groups first', () => {
    expect(rates(trained(loop('for g in optimizer.param_groups:\n    g["lr"] = lr * step / 100')))).toEqual([
      0, 0, 0,
    ]);
  });

  test('which a rate of the group multiplied by a schedule keeps', () => {
    for (const body of [
      'for g in optimizer.param_groups:\n    g["lr"] = g["initial_lr"] * 0.5 ** step',
      'for g in optimizer.param_groups:\n    g["lr"] *= 0.99',
      'optimizer.param_groups[1]["lr"] *= 0.99',
    ]) {
      const before = 'for g in optimizer.param_groups:\n    g["initial_lr"] = g["lr"]\n';
      expect(rates(trained(before + loop(body)))).toEqual([0, 1, 1]);
    }
  });

  test('also where each of several epochs has such a loop', () => {
    const epochs = `for epoch in range(epochs):\n    ${loop(
      'for g in optimizer.param_groups:\n    g["lr"] *= 0.99',
    ).replaceAll('\n', '\n    ')}`;
    expect(rates(trained(epochs))).toEqual([0, 1, 1]);
  });

  test('and have no exponent where each round divides by the width', () => {
    expect(rates(trained(loop('for g in optimizer.param_groups:\n    g["lr"] /= n')))).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('of a key that the loop multiplies in', () => {
    const optimizer = `torch.optim.Adam([
        {'params': [model.a.weight], 'lr_scale': 1.0},
        {'params': [model.b.weight, model.c.weight], 'lr_scale': 64 / n},
    ], lr=lr)
${loop("for g in optimizer.param_groups:\n    g['lr'] = lr * g.get('lr_scale', 1.0)")}`;
    expect(rates({ optimizer: optimizer.replaceAll('\n', '\n    ') })).toEqual([0, 1, 1]);
  });
});

describe('what multiplies a weight behind a step', () => {
  const starts = (factor: string) => {
    const scaled = `with torch.no_grad():\n    model.b.weight *= ${factor}`;
    const known = loop(scaled).replace(
      'enumerate(data)',
      'enumerate([(torch.ones(8, 16), torch.ones(8, 4))] * 3)',
    );
    return [known, `${loop('pass')}\n${scaled}`].map(
      (after) => onlyModel(chainModel(trained(after))).weights.map(({ b }) => b)[1],
    );
  };

  test('is none of its start', () => {
    expect(starts('n ** -0.5')).toEqual([null, null]);
  });

  test('leaves the exponent of that where it is the same at every width', () => {
    expect(starts('0.99')).toEqual([1 / 2, 1 / 2]);
  });

  test('moves it as far as nobody knows, where that is no decay', () => {
    const after = (change: string) => rates(trained(`${loop('pass')}\n    ${change}`))[1];
    for (const change of [
      'model.b.weight.data.mul_(1 / n)',
      'model.b.weight.data /= n',
      'model.b.weight.data[:] = 1 / n',
      'model.b.weight.data.add_(torch.ones(n, n))',
    ])
      expect(after(change), change).toBeNull();
    for (const change of [
      'model.b.weight.data.mul_(0.99)',
      'model.b.weight.data.mul_(1 - lr * 0.1)',
      'model.b.weight.grad = None',
    ])
      expect(after(change), change).toBe(1);
  });

  test('starts the next run where it is drawn anew, by a method as by `nn.init`', () => {
    for (const change of [
      'model.b.weight.data.normal_(0, n ** -0.5)',
      'model.b.weight.data.zero_()',
      'nn.init.normal_(model.b.weight, 0, n ** -0.5)',
    ])
      expect(rates(trained(`${loop('pass')}\n    ${change}`)), change).toEqual([0, 1, 1]);
  });

  test('leaves the rates of the others as they are', () => {
    for (const change of [
      'model.b.weight.data *= n',
      'model.b.weight.data.mul_(held)',
      'model.b.weight.data.copy_(held)',
      'model.b.weight.data[:] = held',
    ])
      expect(rates(trained(`${loop('pass')}\n    ${change}`)), change).toEqual([0, null, 1]);
    const all = 'for p in model.parameters():\n        p.data.clamp_(-n, n)';
    expect(rates(trained(`${loop('pass')}\n    ${all}`))).toEqual([null, null, null]);
  });
});

test('a step at rate 0, as at the start of a warm-up, says nothing of the rates', () => {
  const warmUp = `def rate_at(step):
    if step < 10:
        return lr * step / 10
    return lr
step = 0
while True:
    for g in optimizer.param_groups:
        g["lr"] = rate_at(step)
    optimizer.step()
    step += 1
    if step > 100:
        break`;
  expect(rates(trained(warmUp))).toEqual([0, 0, 0]);
});

describe('a scheduler', () => {
  const scheduled = (by: string) => rates(trained(`schedule = torch.optim.lr_scheduler.${by}`));

  test('multiplies the rate of each group by a factor of its own', () => {
    expect(
      scheduled('LambdaLR(optimizer, [lambda step: 1 / (1 + step), lambda step: n / (1 + step)])'),
    ).toEqual([0, 0, 0]);
    expect(scheduled('LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / 10))')).toEqual([0, 1, 1]);
    expect(scheduled('StepLR(optimizer, step_size=10, gamma=0.1)')).toEqual([0, 1, 1]);
    expect(scheduled('ExponentialLR(optimizer, gamma=1 / n)')).toEqual([null, null, null]);
  });

  test('may end at an absolute rate', () => {
    expect(scheduled('CosineAnnealingLR(optimizer, 100)')).toEqual([0, 1, 1]);
    expect(scheduled('CosineAnnealingLR(optimizer, 100, eta_min=1e-5)')).toEqual([0, null, null]);
    expect(scheduled('OneCycleLR(optimizer, max_lr=[lr, lr / n], total_steps=9)')).toEqual([0, 1, 1]);
    expect(scheduled('OneCycleLR(optimizer, max_lr=lr, total_steps=9)')).toEqual([0, 0, 0]);
  });

  test('of a class of the file sets what its get_lr gives', () => {
    const own = (rate: string, factor = '1') => {
      const before = `class WarmUp(torch.optim.lr_scheduler.LRScheduler):
    def __init__(self, optimizer, final, factor):
        self.final, self.factor = final, factor
        super().__init__(optimizer)
    def get_lr(self):
        share = min(1.0, (self.last_epoch + 1) / 10)
        return [${rate}]`;
      return rates({ before, ...trained(`schedule = WarmUp(optimizer, lr, ${factor})`) });
    };
    expect(own('self.final * share for _ in self.optimizer.param_groups')).toEqual([0, 0, 0]);
    expect(own('base * share for base in self.base_lrs')).toEqual([0, 1, 1]);
    const lasting = 'group["lr"] * self.factor for group in self.optimizer.param_groups';
    expect(own(lasting, '0.9')).toEqual([0, 1, 1]);
    expect(own(lasting, '1 / n')).toEqual([null, null, null]);
  });

  test('gives another rate where its groups have another one by then, however much work that takes', () => {
    const before = `class Decay(torch.optim.lr_scheduler.LRScheduler):
    def __init__(self, optimizer, factor):
        self.factor = factor
        super().__init__(optimizer)
    def get_lr(self):
        marks = sorted(at * at % 7 + part for at in range(30) for part in (1, 2, 3, 4))
        for at in range(60):
            marks[at] += 1
        return [group["lr"] * self.factor for group in self.optimizer.param_groups]`;
    expect(rates({ before, ...trained('schedule = Decay(optimizer, 1 / n)') })).toEqual([null, null, null]);
  });

  test('gives another rate where a parameter that it asks is not trained by then', () => {
    const before = `def factor_of(model):
    marks = sorted(at * at % 7 + part for at in range(30) for part in (1, 2, 3, 4))
    for at in range(60):
        marks[at] += 1
    return 1 / n if model.c.weight.requires_grad else 1.0`;
    const late = `print(factor_of(model))
model.c.weight.requires_grad_(False)
for group in optimizer.param_groups:
    group["lr"] = lr * factor_of(model)`;
    expect(rates({ before, ...trained(late) }).slice(0, 2)).toEqual([0, 0]);
  });

  test('gives another rate where a name that it reads stands for another number by then', () => {
    const before = `def rate_at():
    marks = sorted(at * at % 7 + part for at in range(30) for part in (1, 2, 3, 4))
    for at in range(60):
        marks[at] += 1
    return lr * scale`;
    const late = `for scale in [1 / n, 1.0]:
    for group in optimizer.param_groups:
        group["lr"] = rate_at()
    optimizer.step()`;
    expect(rates({ before, ...trained(late) })).toEqual([null, null, null]);
  });
});

test('an optimizer that is handed to what is not read has rates that are not known, unless that only collects it', () => {
  const missing = (line: string) => {
    const before = 'from somewhere import Thing, tune';
    return missingIn(onlyModel(chainModel({ before, ...trained(line) })));
  };
  expect(missing('tune(model, optimizer)')).toContainEqual(
    expect.stringContaining('what somewhere.tune (line'),
  );
  expect(missing('Thing(optimizer=optimizer)')).toContainEqual(expect.stringContaining('somewhere.Thing'));
  for (const line of [
    'scaler = torch.amp.GradScaler()\nscaler.unscale_(optimizer)\nscaler.step(optimizer)',
    'model, optimizer = Thing().prepare(model, optimizer)',
    'print(optimizer)',
  ]) {
    expect(missing(line)).toEqual([]);
  }
});

describe('code that is not read and whose name tells', () => {
  for (const name of [
    'print_lr',
    'log',
    'save_opt',
    'setup_optimizers',
    'step',
    'get_state_dict',
    '_found_inf_per_device',
  ])
    test(`leaves the rates where it is ${name}`, () => {
      expect(rates(trained(`lib.${name}(optimizer)`))).toEqual([0, 1, 1]);
    });
  for (const name of [
    'printed',
    'additive',
    'logarithmic',
    'prepare_lr',
    'scale',
    'add_param_group',
    'clip_rates',
  ])
    test(`may change the rates where it is ${name}`, () => {
      expect(rates(trained(`lib.${name}(optimizer)`))).toEqual([null, null, null]);
    });
});

describe('an optimizer that comes back from what prepares it', () => {
  const after = (...lines: readonly string[]) => rates(trained(lines.join('\n')));
  const write = (optimizer: string) => `for g in ${optimizer}.param_groups:\n    g["lr"] = lr / n`;

  for (const line of [
    'model, opt, data = lib.Tool().prepare(model, optimizer, data)',
    'model, opt = tool.setup(model, optimizer)',
    'opt = tool.prepare(optimizer)',
    'opt = tool.setup_optimizers(optimizer)',
    'opt = lib.prepare(model, optimizer)[1]',
    'made = tool.prepare(optimizer, data)\nopt, data = made',
    'model, *opts = tool.prepare(model, optimizer, data)\nopt = opts[0]',
  ])
    test(`has the rates that are written to it: ${line}`, () => {
      expect(after(line, write('opt'))).toEqual([1, 1, 1]);
    });

  test('has the rates that are written to it as an attribute', () => {
    const own =
      'class Run:\n    def __init__(self, tool, model, optimizer):\n        self.model, self.opt = tool.setup(model, optimizer)\n    def rates(self, lr):\n        for g in self.opt.param_groups:\n            g["lr"] = lr';
    expect(rates({ before: own, ...trained('Run(tool, model, optimizer).rates(lr / n)') })).toEqual([
      1, 1, 1,
    ]);
  });

  test('keeps the rates that it had where none are written', () => {
    expect(after('model, opt = tool.setup(model, optimizer)', 'opt.step()')).toEqual([0, 1, 1]);
  });

  for (const line of [
    'model, opt = tool.setup(model, optimizer, device)',
    'opt = tool.setup(optimizer, device)',
    'model, opt = tool.prepare(model=model, optimizer=optimizer)',
    'model, opt = tool.prepare(model, optimizer, *more)',
  ])
    test(`has rates that are not known where it is not clear which it is: ${line}`, () => {
      expect(after(line, write('opt'))).toEqual([null, null, null]);
    });
});

test('a state of an earlier run has the rates that it began with, which is said', () => {
  const outline = onlyModel(chainModel(trained("optimizer.load_state_dict(torch.load('last.pt'))")));
  expect(outline.verdict).not.toBeNull();
  expect(outline.assumptions).toContain(
    'Assumes a run that goes on with loaded weights or rates started with those that a new one has.',
  );
});

test('a state that the code computes may have other rates, and the missing line names it', () => {
  const outline = onlyModel(chainModel(trained("optimizer.load_state_dict({'param_groups': groups()})")));
  expect(outline.verdict).toBeNull();
  expect(missingIn(outline)).toContainEqual(
    expect.stringMatching(/: what load_state_dict \(line \d+\) does to its learning rate is not read$/),
  );
});

test('a state that the code takes from the optimizer and writes to has its rates once it is loaded', () => {
  const taken = "state = optimizer.state_dict()\nfor g in state['param_groups']:\n    g['lr'] = 1e-3\n";
  expect(rates(trained(taken))).toEqual([0, 1, 1]);
  expect(rates(trained(`${taken}optimizer.load_state_dict(state)`))).toEqual([0, 0, 0]);
  const other = taken.replace('1e-3', 'chosen(g)');
  expect(rates(trained(`${other}optimizer.load_state_dict(state)`))).toEqual([null, null, null]);
  const fewer = `${taken}state['param_groups'].pop()\noptimizer.load_state_dict(state)`;
  expect(rates(trained(fewer))).toEqual([null, null, null]);
});

test('one that is kept while kernels warm up gives the rates back', () => {
  const kept = (state: string, after = 'optimizer.load_state_dict(kept)') =>
    rates(
      trained(`import copy\nkept = ${state}\nfor g in optimizer.param_groups:\n    g['lr'] = 1\n${after}`),
    );
  expect(kept('copy.deepcopy(optimizer.state_dict())')).toEqual([0, 1, 1]);
  expect(kept('optimizer.state_dict()')).toEqual([0, 1, 1]);
  expect(kept('copy.deepcopy(optimizer.state_dict())', 'pass')).toEqual([0, 0, 0]);
});

test('a schedule that counts batches of a loader keeps the rate that it is given', () => {
  const rates = (size: string) => {
    const model = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

def train(args, n, images):
    net = Net(n)
    loader = torch.utils.data.DataLoader(images, batch_size=${size}, num_workers=args.workers)
    optimizer = torch.optim.Adam(net.parameters(), lr=args.lr)
    for step, batch in enumerate(loader):
        for group in optimizer.param_groups:
            group['lr'] = args.lr * (step / len(loader) + 1)
        net(batch).sum().backward()
        optimizer.step()
`);
    return model.weights.filter(({ name }) => name.endsWith('weight')).map(({ c }) => c);
  };
  expect(rates('args.size')).toEqual([0, 0, 0]);
  expect(rates('other(n)')).toEqual([null, null, null]);
});

test('what is taken for granted has no names but those of the code', () => {
  const { assumptions } = onlyModel(`
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, n, index):
        super().__init__()
        self.b = nn.Linear(n, n)
        nn.init.normal_(self.b.weight, std=n ** -0.5 / (index + 1))
    def forward(self, x):
        return x + self.b(x)

class Net(nn.Module):
    def __init__(self, n, layers):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.blocks = nn.ModuleList([Block(n, place) for place in range(layers)])
        self.c = nn.Linear(n, 4)
    def forward(self, x):
        x = self.a(x)
        for block in self.blocks:
            x = block(x)
        return self.c(x)
`);
  expect(assumptions.filter((one) => one.includes('not depend')).join()).not.toMatch(/round|between|last/);
});

describe('weight decay that Adam adds to gradients outweighs them in wide models', () => {
  const verdict = (optimizer: string) => {
    const { verdict: found, missing } = onlyModel(
      chainModel({
        init: 'nn.init.zeros_(self.c.weight)',
        optimizer: `${optimizer.replace('(', "([{'params': [model.a.weight], 'lr': lr}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}], ")}`,
      }),
    );
    return [found?.regime ?? null, missing.map(({ kind }) => kind)];
  };
  const RIGHT = ['feature-learning', []];

  test('and leaves no verdict', () => {
    for (const name of ['Adam', 'RMSprop', 'NAdam'])
      expect(verdict(`torch.optim.${name}(weight_decay=0.1)`)).toEqual([null, ['added-decay']]);
  });

  test('unless it is none, falls as they do, or is taken apart from them', () => {
    expect(verdict('torch.optim.Adam(weight_decay=0.0)')).toEqual(RIGHT);
    expect(verdict('torch.optim.Adam(weight_decay=0.1 / n)')).toEqual(RIGHT);
    expect(verdict('torch.optim.AdamW(weight_decay=0.1)')).toEqual(RIGHT);
  });
});

describe('weight decay that is multiplied by the rate takes weights away where the product grows', () => {
  const verdict = (first: string, wide: string) => {
    const { verdict: found, missing } = onlyModel(
      chainModel({
        init: 'nn.init.zeros_(self.c.weight)',
        optimizer: `torch.optim.AdamW([{'params': [model.a.weight], 'lr': lr, 'weight_decay': ${first}}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n, 'weight_decay': ${wide}}])`,
      }),
    );
    return [found?.regime ?? null, missing.map(({ kind }) => kind)];
  };

  test('and leaves no verdict', () => {
    expect(verdict('0.1 * n', '0.1 * n')).toEqual([null, ['growing-decay']]);
    expect(verdict('0.1', '0.1 * n ** 2')).toEqual([null, ['growing-decay']]);
  });

  test('unless it makes up for a rate that falls', () => {
    expect(verdict('0.1', '0.1 * n')).toEqual(['feature-learning', []]);
    expect(verdict('0', '0.1')).toEqual(['feature-learning', []]);
  });
});
