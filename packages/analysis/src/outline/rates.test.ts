import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../test/chain-model.ts';
import { missingIn, onlyModel } from '../../test/check-findings.ts';

/** c of each weight. */
function rates(parts: ChainParts): readonly (number | null)[] {
  return onlyModel(chainModel(parts)).weights.map(({ c }) => c);
}

describe('a learning rate', () => {
  test('goes by what a parser of the command line gives, by whatever name', () => {
    const source = (run: string) =>
      `import argparse\n${chainModel({ optimizer: 'None' })}
def train(config):
    model = Net(config.width)
    return torch.optim.Adam(model.parameters(), lr=config.rate / config.width)

def options():
    return argparse.ArgumentParser()

${run}
`;
    const ratesOf = (run: string) => onlyModel(source(run)).weights.map(({ c }) => c);
    expect(ratesOf('train(options().parse_args())')).toEqual([1, 1, 1]);
    expect(ratesOf('given = options().parse_args()\ntrain(given)')).toEqual([1, 1, 1]);
  });

  test('of a group does not hang on which parameters were seen before', () => {
    const groups = (seen: string) => ({
      after: `seen, groups = ${seen}, []
for p in [*model.parameters(), model.b.weight]:
    if p in seen:
        continue
    seen |= {p}
    groups.append({'params': p, 'lr': lr / n if p.shape[1] == n else lr})`,
      optimizer: 'torch.optim.Adam(groups)',
    });
    expect(rates(groups('set()'))).toEqual([0, 1, 1]);
    expect(rates(groups('handed(model)'))[0]).toBeNull();
  });

  test('of a group goes by the sizes that its layers say they have', () => {
    const grouped = (is: string) =>
      `torch.optim.Adam([{'params': m.weight, 'lr': lr / n if m.${is} else lr} for m in model.children()])`;
    expect(rates({ optimizer: grouped('in_features != 16') })).toEqual([0, 1, 1]);
    expect(rates({ optimizer: grouped('in_features == m.out_features') })).toEqual([0, 1, 0]);
  });
});

describe('a learning rate that is written over those of the groups', () => {
  const after = (line: string) => ({
    optimizer: `torch.optim.Adam(model.parameters(), lr=lr)\n    ${line.replaceAll('\n', '\n    ')}`,
  });

  test('counts', () => {
    expect(rates(after("for group in optimizer.param_groups:\n    group['lr'] = lr / n"))).toEqual([1, 1, 1]);
    expect(rates(after("optimizer.param_groups[0]['lr'] *= 1 / n"))).toEqual([1, 1, 1]);
    expect(rates(after('for g, s in zip(optimizer.param_groups, scales):\n    g["lr"] = s / n'))).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('of a copy of the optimizer does not count', () => {
    const copied =
      "import copy\nother = copy.deepcopy(optimizer)\nfor g in other.param_groups:\n    g['lr'] /= n";
    expect(rates(after(copied))).toEqual([0, 0, 0]);
    expect(rates(after(copied.replace('copy.deepcopy(optimizer)', 'optimizer')))).toEqual([1, 1, 1]);
  });

  test('counts no longer where groups or defaults are handed to what is not read', () => {
    const changed = (line: string) => rates(after(`from other import change\n${line}`));
    const again = "\nfor g in optimizer.param_groups:\n    g['lr'] = optimizer.defaults['lr']";
    for (const line of [
      'change(optimizer.param_groups, n)',
      'change(optimizer.param_groups[0], n)',
      `change(optimizer.defaults, n)${again}`,
    ])
      expect(changed(line), line).toEqual([null, null, null]);
    expect(changed(`print(optimizer.param_groups, optimizer.defaults)${again}`)).toEqual([0, 0, 0]);
  });

  test('counts where one of several models has them', () => {
    const source = chainModel({
      after: 'if lr > 1:\n    model = Net(n)\nelif lr > 0.5:\n    model = Net(n)',
      optimizer:
        "torch.optim.Adam([{'params': model.parameters(), 'scale': 1 / n}], lr=lr)\n    for g in optimizer.param_groups:\n        g['lr'] = lr * g.get('scale', 1.0)",
    });
    expect(onlyModel(source).weights.map(({ c }) => c)).toEqual([1, 1, 1]);
  });

  test('counts of groups that code takes out and puts back in parts', () => {
    const back = (place: string) =>
      `base = optimizer.param_groups.pop(${place})\nfor wide in (True, False):\n    some = [p for p in base["params"] if (p.ndim == 2) == wide]\n    optimizer.add_param_group({**base, "params": some, "lr": base["lr"] / n})`;
    expect(rates(after(back('')))).toEqual([1, 1, 1]);
    expect(rates(after(back('0')))).toEqual([1, 1, 1]);
    expect(rates(after(back('int(lr)')))).toEqual([null, null, null]);
  });

  test('counts from a warm-up on, whose first rate is 0 and moves nothing', () => {
    const warmed =
      "step = 0\nfor t in data:\n    rate = lr * step / 100 if step < 100 else lr\n    for g in optimizer.param_groups:\n        g['lr'] = rate / n\n    optimizer.step()\n    step += 1";
    expect(rates(after(warmed))).toEqual([1, 1, 1]);
  });

  test('counts where it is a power of a counter over a setting', () => {
    const decayed = (rate: string) =>
      `step = 0\nfor t in data:\n    for g in optimizer.param_groups:\n        g['lr'] = ${rate}\n    optimizer.step()\n    step += 1`;
    expect(rates(after(decayed('lr / n * 0.1 ** (step / (lr * 1000))')))).toEqual([1, 1, 1]);
    expect(rates(after(decayed('lr * 0.1 ** (step * n)')))).toEqual([null, null, null]);
  });

  test('counts that a table of rounds has for this one', () => {
    const looked = (table: string, then = '') =>
      rates(
        after(
          `for epoch, t in enumerate(data):\n    table = {${table}}\n    ${then}\n    for g in optimizer.param_groups:\n        g['lr'] = table[epoch]\n    optimizer.step()`,
        ),
      );
    expect(looked('epoch: lr / n')).toEqual([1, 1, 1]);
    expect(looked('2: 0.1 / n, epoch: lr / n * 0.5 ** epoch')).toEqual([1, 1, 1]);
    expect(looked('epoch: lr / n', 'table[t] = 3 / n')).toEqual([1, 1, 1]);
    for (const [table, then] of [
      ['epoch: lr / n, 2 * epoch: lr'],
      ['2: lr, epoch: lr / n'],
      ['epoch: lr / n, **more'],
      ['**more, epoch: lr / n'],
      ['epoch: lr / n, t: other(n)'],
      ['epoch: lr / n', 'table.update(more)'],
      ['epoch: lr / n', 'table[t] = 3'],
    ])
      expect(looked(table ?? '', then), `${table} ${then}`).toEqual([null, null, null]);
  });

  test('counts where an earlier run has kept the step that it came to', () => {
    const resumed =
      "step = 0\nif lr > 1:\n    step = torch.load('run.pt')['step']\nfor g in optimizer.param_groups:\n    g['lr'] = lr * (step + 1) / 100 / n";
    expect(rates(after(resumed))).toEqual([1, 1, 1]);
  });

  test('leaves open whether it has come to a floor or to a ceiling', () => {
    const bounded = (rate: string) => rates(after(`for g in optimizer.param_groups:\n    g['lr'] = ${rate}`));
    for (const rate of ['max(lr / n, 1e-6)', 'min(lr * n, 0.5)', '2 * max(lr / n, lr / 100)'])
      expect(bounded(rate), rate).toEqual([null, null, null]);
    expect(bounded('max(lr / 2, 1e-6) / n')).toEqual([1, 1, 1]);
    expect(bounded('lr * max(1.0, 8 / n)')).toEqual([0, 0, 0]);
  });

  test('by a scheduler that multiplies it at every step is known where that is the same at every width', () => {
    const multiplied = (factor: string) =>
      rates(after(`torch.optim.lr_scheduler.MultiplicativeLR(optimizer, lambda step: ${factor})`));
    expect(multiplied('n ** -0.5')).toEqual([null, null, null]);
    expect(multiplied('0.95')).toEqual([0, 0, 0]);
  });

  test('changes nothing where it has the same exponent', () => {
    const annealed = "for t in range(9):\n    optimizer.param_groups[0]['lr'] = (1.0 - (t - 1.0) / 9) * lr";
    expect(rates(after(annealed))).toEqual([0, 0, 0]);
    expect(rates(after("for g in optimizer.param_groups:\n    g['weight_decay'] = 1 / n"))).toEqual([
      0, 0, 0,
    ]);
  });

  test('may come from a scheduler', () => {
    const oneCycle = 'torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr / n, total_steps=9)';
    expect(rates(after(oneCycle))).toEqual([1, 1, 1]);
    expect(rates(after('torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 9)'))).toEqual([0, 0, 0]);
    const multiplied = (by: string) =>
      after(`torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: ${by})`);
    expect(rates(multiplied('1 / n'))).toEqual([1, 1, 1]);
    expect(rates(multiplied('0.5 * (1 + math.cos(math.pi * step / 9))'))).toEqual([0, 0, 0]);
    expect(
      rates(after('from math import pi as half_turn\noptimizer.param_groups[0]["lr"] *= half_turn / n')),
    ).toEqual([1, 1, 1]);
  });
});

describe('a rate that a function writes which nobody in sight calls', () => {
  const groups =
    "torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}], lr=lr)";
  const after = (body: string) => {
    const optimizer = `${groups}\n\ndef anneal(thing, step, peak):\n    for entry in thing.param_groups:\n        ${body}\n`;
    return rates({ optimizer });
  };

  test('counts beside the one that the groups began with', () => {
    expect(after("entry['lr'] = peak * 0.1 ** step")).toEqual([0, null, null]);
    expect(after("entry['weight_decay'] = peak")).toEqual([0, 1, 1]);
  });

  test('is theirs still where it is multiplied by what is the same at every width', () => {
    expect(after("entry['lr'] = entry['lr'] * 0.5")).toEqual([0, 1, 1]);
    expect(after("entry['lr'] *= peak")).toEqual([0, 1, 1]);
  });

  test('is not known where what else the group has is in it', () => {
    expect(after("entry['lr'] = peak * entry['scale']")).toEqual([null, null, null]);
    expect(after("entry['lr'] = peak * entry.get('scale', 1.0)")).toEqual([null, null, null]);
  });

  test('is that of no optimizer where it is an entry of something else', () => {
    const noted = `${groups}\n\ndef note(record, peak):\n    record['lr'] = peak\n`;
    expect(rates({ optimizer: noted })).toEqual([0, 1, 1]);
  });
});

describe('a rate that a function writes which somebody has', () => {
  const groups =
    "torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}], lr=lr)";
  const warms = (head: string, given: string, behind = '', write = "g['lr'] = lr") => {
    const body = `for g in ${given}.param_groups:\n            ${write}`;
    return rates({ optimizer: `${groups}\n    ${head}\n        ${body}\n    ${behind}` });
  };

  test('is not known where nobody in sight calls it', () => {
    const unknown = [null, null, null];
    expect(warms('def warm(o, args, kwargs):', 'o', 'optimizer.register_step_pre_hook(warm)')).toEqual(
      unknown,
    );
    expect(warms('@engine.on(Events.STARTED)\n    def warm(engine):', 'optimizer')).toEqual(unknown);
    expect(warms('def warm():', 'optimizer', 'handlers.append(warm)')).toEqual(unknown);
  });

  test.each(['g.update(lr=lr)', "g.update({'lr': lr})", 'g.update(dict(lr=lr))', "g.__setitem__('lr', lr)"])(
    'is not known by %s either, or where another function does so for it',
    (write) => {
      const behind = 'optimizer.register_step_pre_hook(warm)';
      expect(warms('def warm(o, args, kwargs):', 'o', behind, write)).toEqual([null, null, null]);
      const helper = 'def hook(o, args, kwargs): warm(o)\n    optimizer.register_step_pre_hook(hook)';
      expect(warms('def warm(o):', 'o', helper, write)).toEqual([null, null, null]);
    },
  );

  test('counts where it is called', () => {
    expect(warms('def warm():', 'optimizer', 'warm()')).toEqual([0, 0, 0]);
  });
});

describe('a rate from settings that are loaded', () => {
  const loaded = (rate: string) => ({
    before:
      'import yaml\n\ndef settings(path):\n    with open(path) as file:\n        return yaml.safe_load(file)\n',
    after: "args = settings('train.yaml')",
    optimizer: `torch.optim.Adam(model.parameters(), lr=${rate})`,
  });

  test('is the same at every width, under a key as by an attribute', () => {
    expect(rates(loaded("args['lr']"))).toEqual([0, 0, 0]);
    expect(rates(loaded('args.lr'))).toEqual([0, 0, 0]);
    expect(rates(loaded("args['lr'] / n"))).toEqual([1, 1, 1]);
  });

  test('is not known under a key that is not', () => {
    expect(rates(loaded('args[which]'))).toEqual([null, null, null]);
  });

  test.for([
    "args['lr'] = lr / n",
    'args.lr = lr / n',
    'args.lr = args.lr / n',
    "args['lr'] /= n",
    'args.lr = lr\nargs.lr /= n',
  ])('is not taken for the same where the code makes another of it: %s', (line) => {
    const rate = line.startsWith('args[') ? "args['lr']" : 'args.lr';
    const settings = loaded(rate);
    expect(rates({ ...settings, after: `${settings.after}\n${line}` })).not.toContain(0);
  });
});

test('a field that a script sets leaves the other fields that a parser has given', () => {
  const given = (line: string) => {
    const source = chainModel({
      before: 'import argparse\nargs = argparse.ArgumentParser().parse_args()',
      after: line,
      optimizer: 'torch.optim.Adam(model.parameters(), lr=args.lr)',
    });
    return onlyModel(source.replace('Net(n)\n', 'Net(args.size)\n')).weights.map(({ c }) => c);
  };
  expect(given('args.lr = args.base * args.batch / 256')).toEqual([0, 0, 0]);
  expect(given('args.lr = lr / n')).not.toContain(0);
});

test('an optimizer that becomes one of another class has no rate that is known', () => {
  const optimizer = 'torch.optim.SGD(model.parameters(), lr=lr)\n    optimizer.__class__ = make_class(n)';
  expect(rates({ optimizer })).toEqual([null, null, null]);
});

test.for([
  ["for g in groups:\n        g['lr'] = lr", [0, 0, 0]],
  ["groups[1]['lr'] = lr / n", [0, 1, 1]],
] as const)('a dict that an optimizer is given is its group for all that have it: %s', ([line, expected]) => {
  const after =
    "groups = [{'params': [model.a.weight], 'lr': lr}, {'params': [model.b.weight, model.c.weight], 'lr': lr / n}]";
  expect(rates({ after, optimizer: `torch.optim.Adam(groups)\n    ${line}` })).toEqual(expected);
  const late = `torch.optim.Adam([groups[0]])\n    optimizer.add_param_group(groups[1])\n    ${line}`;
  expect(rates({ after, optimizer: late })).toEqual(expected);
});

test('groups that a dict collects which makes its entries are those that it then has', () => {
  const collected = (key: string) => ({
    after: `from collections import defaultdict
kinds = defaultdict(list)
for name, p in model.named_parameters():
    kinds[${key}].append(p)
rates = {'wide': lr / n, 'rest': lr}`,
    optimizer: "torch.optim.Adam([{'params': ps, 'lr': rates[k]} for k, ps in kinds.items()])",
  });
  expect(rates(collected("'wide' if name == 'b.weight' else 'rest'"))).toEqual([0, 1, 0]);
  expect(rates(collected('kind_of(name)'))).toEqual([null, null, null]);
});

test('groups that a generator yields are those of the optimizer', () => {
  const grouped = (body: string) => ({
    before: `def groups(model, n, lr):\n    ${body.replaceAll('\n', '\n    ')}`,
    optimizer: 'torch.optim.Adam(groups(model, n, lr), lr=lr)',
  });
  const two =
    "yield {'params': [model.b.weight], 'lr': lr / n}\nyield {'params': [model.a.weight, model.c.weight]}";
  expect(rates(grouped(two))).toEqual([0, 1, 0]);
  const each =
    "for name, p in model.named_parameters():\n    yield {'params': [p], 'lr': lr / n if name == 'b.weight' else lr}";
  expect(rates(grouped(each))).toEqual([0, 1, 0]);
  expect(rates(grouped(two.replace('yield', 'if lr > 1: yield')))).toEqual([null, null, null]);
});

test('a group that is added later is a group', () => {
  const optimizer =
    "torch.optim.Adam([model.a.weight, model.c.weight], lr=lr)\n    optimizer.add_param_group({'params': [model.b.weight], 'lr': lr / n})";
  expect(rates({ optimizer })).toEqual([0, 1, 0]);
});

test.each([
  ["optimizer.defaults['lr'] = lr / n", 1],
  ['optimizer.defaults.update(lr=lr / n)', 1],
  ["print(optimizer.defaults['lr'])", 0],
  ["if lr > 1: optimizer.defaults['lr'] = lr / n", null],
])('a group that is added later has the defaults of then: %s', (line, expected) => {
  const optimizer = `torch.optim.Adam([model.a.weight, model.c.weight], lr=lr)\n    ${line}\n    optimizer.add_param_group({'params': [model.b.weight]})`;
  expect(rates({ optimizer })).toEqual([0, expected, 0]);
});

test('layers of one line that different optimizers train are trained by none that is known', () => {
  const init = 'self.more = nn.ModuleList([nn.Linear(n, n, bias=False) for _ in range(2)])';
  const forward = 'h = self.a(x)\nfor layer in self.more:\n    h = layer(h)\nreturn self.c(self.b(h))';
  const trained = (first: string, second: string) => {
    const after = `one = torch.optim.${first}(model.more[0].parameters(), lr=lr)`;
    const optimizer = `torch.optim.${second}([model.more[1].weight], lr=lr)`;
    const { weights } = onlyModel(chainModel({ init, forward, after, optimizer }));
    return weights.find(({ name }) => name === 'more.*.weight')?.optimizer;
  };
  expect(trained('Adam', 'Adam')).toBe('adam');
  expect(trained('SGD', 'Adam')).toBeNull();
});

describe('a weight that is kept from being trained', () => {
  for (const line of [
    'model.b.weight.requires_grad_(False)',
    'model.b.requires_grad_(False)',
    'for p in model.b.parameters():\n    p.requires_grad = False',
  ]) {
    test(`has no rate: ${line.split('\n').at(-1)?.trim()}`, () => {
      const outline = onlyModel(chainModel({ after: line }));
      expect(outline.weights.map(({ c }) => c)).toEqual([0, null, 0]);
      expect(missingIn(outline)).toEqual(['b.weight: requires_grad may be off, so that nothing trains it']);
    });
  }

  test('may be set free again', () => {
    expect(rates({ after: 'model.requires_grad_(False)\nmodel.requires_grad_()' })).toEqual([0, 0, 0]);
  });
});

describe('groups by name', () => {
  const groups = (test: string) =>
    `torch.optim.Adam([{'params': [p for k, p in model.named_parameters() if ${test}], 'lr': lr / n}, ` +
    `{'params': [p for k, p in model.named_parameters() if not ${test}]}], lr=lr)`;

  test('know the names of an OrderedDict', () => {
    const init =
      "from collections import OrderedDict\nself.net = nn.Sequential(OrderedDict([('mix', nn.Linear(n, n)), ('act', nn.Tanh())]))";
    const forward = 'return self.c(self.net(self.b(torch.tanh(self.a(x)))))';
    const outline = onlyModel(chainModel({ init, forward, optimizer: groups("'mix' in k") }));
    expect(outline.weights.map(({ name, c }) => `${name} ${c}`)).toContain('net.mix.weight 1');
  });

  test('do not know a name that the code computes', () => {
    const init = "for i in names:\n    self.add_module(f'mix{i}', nn.Linear(n, n))";
    const outline = onlyModel(chainModel({ init, optimizer: groups("k.startswith('mix')") }), {
      widths: ['n'],
    });
    expect(outline.weights.map(({ name, c }) => `${name} ${c}`)).toContain('*.weight null');
  });

  test('know that a wrapper puts a name before them', () => {
    const wrapped = (after: string, path: string) => rates({ after, optimizer: groups(`k == '${path}'`) });
    expect(wrapped('model = nn.DataParallel(model)', 'b.weight')).toEqual([0, 0, 0]);
    expect(wrapped('model = nn.DataParallel(model)', 'module.b.weight')).toEqual([0, 1, 0]);
    expect(wrapped('model = torch.compile(model)', '_orig_mod.b.weight')).toEqual([0, 1, 0]);
    expect(wrapped('model = nn.DataParallel(model).module', 'b.weight')).toEqual([0, 1, 0]);
  });
});

describe('a rate that a record holds goes with the width that it was computed from', () => {
  const record = (before: string, made: string, lr = 'cfg.lr') =>
    rates({ before, after: `cfg = ${made}`, optimizer: `torch.optim.Adam(model.parameters(), lr=${lr})` });
  const fields = 'from dataclasses import dataclass\n@dataclass\nclass Rates:\n    lr: float = 1e-3\n';

  test('where a function or a class method makes it', () => {
    const made = `${fields}    @classmethod\n    def of(cls, w):\n        return cls(lr=1e-3 * 256 / w)\n`;
    expect(record(made, 'Rates.of(n)')).toEqual([1, 1, 1]);
    expect(record(`${fields}def of(w):\n    return Rates(1e-3 * 256 / w)`, 'of(n)')).toEqual([1, 1, 1]);
  });

  test('where its class computes it', () => {
    const width = fields.replace('lr: float = 1e-3', 'w: int = 256');
    const method = (kind: string) => `${width}    ${kind}\n    def lr(self):\n        return 1e-3 / self.w\n`;
    expect(record(method('@property'), 'Rates(n)')).toEqual([1, 1, 1]);
    const frozen = '    def __post_init__(self):\n        object.__setattr__(self, "lr", 1e-3 / self.w)';
    expect(record(width + frozen, 'Rates(n)')).toEqual([1, 1, 1]);
    const set =
      'class Rates:\n    def __init__(self, w):\n        self.w = w\n        self.lr = 1e-3\n    @property\n    def lr(self):\n        return self._lr\n    @lr.setter\n    def lr(self, value):\n        self._lr = value / self.w';
    expect(record(set, 'Rates(n)')).toEqual([1, 1, 1]);
  });

  test('and may do so where that is a number which is written for the width', () => {
    const script = (made: string) =>
      onlyModel(
        `${chainModel({ before: `${fields}def of(w):\n    return Rates(lr=1e-3 * 256 / w)` })}\nnet = Net(1024)\ncfg = ${made}\noptimizer = torch.optim.Adam(net.parameters(), lr=cfg.lr)\n`.replace(
          /def build[\s\S]*return model, optimizer/,
          '',
        ),
      ).weights.map(({ c }) => c);
    expect(script('of(1024)')).toEqual([null, null, null]);
    expect(script('Rates(lr=2e-3)')).toEqual([0, 0, 0]);
    expect(script('Rates()')).toEqual([0, 0, 0]);
  });

  test('or was given to something from outside', () => {
    const outside = (line: string) => record('', `load()\ncfg.${line}`);
    expect(outside('lr = 1e-3 / n')).toEqual([1, 1, 1]);
    expect(outside('lr = cfg.lr / n')).toEqual([null, null, null]);
  });

  test('and is unknown where a comparison with the width chooses it', () => {
    const chosen =
      '\n    match n:\n        case 256:\n            cfg = 1e-3\n        case _:\n            cfg = 5e-4';
    expect(record('', `1${chosen.replaceAll('\n    ', '\n')}`, 'cfg')).toEqual([null, null, null]);
    expect(record('', '[1e-3, 5e-4][n // 512]', 'cfg')).toEqual([null, null, null]);
  });
});

describe('rates that are written for widths', () => {
  const script = (code: string, before = '') => {
    const module = chainModel({ before }).replace(/def build[\s\S]*return model, optimizer/, '');
    return onlyModel(`${module}\n${code}\n`).weights.map(({ c }) => c);
  };
  const trained = '    model = Net(w)\n    optimizer = torch.optim.Adam(model.parameters(), lr=lr)';

  test('go with them in a way that is not known, however they are put side by side', () => {
    const together = [
      `for w, lr in [(256, 1e-3), (512, 5e-4)]:\n${trained}`,
      `for w, lr in zip([256, 512], [1e-3, 5e-4]):\n${trained}`,
      `for w, lr in {256: 1e-3, 512: 5e-4}.items():\n${trained}`,
      `def train(w, lr):\n${trained}\ntrain(256, 1e-3)\ntrain(512, 5e-4)`,
    ];
    for (const code of together) expect(script(code)).toEqual([null, null, null]);
    const record = 'from dataclasses import dataclass\n@dataclass\nclass Size:\n    w: int\n    lr: float';
    const records =
      'for size in [Size(256, 1e-3), Size(512, 5e-4)]:\n    model = Net(size.w)\n    optimizer = torch.optim.Adam(model.parameters(), lr=size.lr)';
    expect(script(records, record)).toEqual([null, null, null]);
  });

  test('are settings where all of them are tried at each width, or one is', () => {
    const nested = `for w in [256, 512]:\n  for lr in [1e-3, 5e-4]:\n${trained}`;
    expect(script(nested)).toEqual([0, 0, 0]);
    expect(script(`for w, lr in [(256, 1e-3), (512, 1e-3)]:\n${trained}`)).toEqual([0, 0, 0]);
  });

  test('are chosen by a comparison with the width wherever its answer is kept', () => {
    const chosen = (after: string, lr: string) =>
      rates({ after, optimizer: `torch.optim.Adam(model.parameters(), lr=${lr})` });
    expect(chosen('big = n > 512', '5e-4 if big else 1e-3')).toEqual([null, null, null]);
    expect(chosen('', '(1e-3, 5e-4)[n > 512]')).toEqual([null, null, null]);
    expect(chosen('big = lr > 512', '5e-4 if big else 1e-3')).toEqual([0, 0, 0]);
  });
});
