import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { findingsOf, missingIn, onlyModel } from '../../test/check-findings.ts';

/** a of each weight, for a forward pass whose hidden layer's output h is changed by `line`. */
function multipliers(line: string): readonly (number | null)[] {
  const forward = `h = self.b(torch.tanh(self.a(x)))\n${line}\nreturn self.c(h)`;
  return onlyModel(chainModel({ forward })).weights.map(({ a }) => a);
}

describe('a factor that is multiplied in place counts:', () => {
  test('by a method', () => {
    expect(multipliers('h.mul_(self.n ** -0.5)')).toEqual([0, 0.5, 0]);
    expect(multipliers('h.div_(self.n)')).toEqual([0, 1, 0]);
  });

  test('before an activation in place, to the layer in front of it', () => {
    expect(multipliers('h /= self.n\nF.relu(h, inplace=True)\nh *= self.n')).toEqual([0, 1, -1]);
    expect(multipliers('h /= self.n\ntorch.relu_(h)\nh *= self.n')).toEqual([0, 1, -1]);
  });
});

describe('a tensor without dimensions that is changed in place', () => {
  const multiplied = (init: string, after = '') => {
    const forward = 'return self.factor * self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))';
    return onlyModel(chainModel({ forward, init, after })).weights.at(-1)?.a;
  };

  test('is another one for all that hold it', () => {
    expect(multiplied('self.factor = torch.tensor(1.0)', 'f = model.factor\nf /= n')).toBe(1);
    expect(multiplied('f = torch.tensor(2.0) * 3\nself.factor = f\nf /= n')).toBe(1);
  });

  test('a copy of it, or the number that it has, is not', () => {
    for (const made of ['model.factor.clone()', 'model.factor.item()', 'copy.deepcopy(model.factor)'])
      expect(multiplied('self.factor = torch.tensor(1.0)', `import copy\nf = ${made}\nf /= n`), made).toBe(0);
    expect(multiplied('self.factor = torch.tensor(1.0)', 'f = model.factor.detach()\nf /= n')).toBe(1);
  });

  test('also where a loop goes through several, or a function writes into it', () => {
    const two = 'self.factors = [torch.tensor(1.0), torch.tensor(1.0)]\nself.factor = self.factors[1]\n';
    expect(multiplied(`${two}for f in self.factors:\n    f *= 1 / n`)).toBe(1);
    expect(
      multiplied(`${two.replaceAll('torch.tensor(1.0)', '1.0')}for f in self.factors:\n    f *= 1 / n`),
    ).toBe(0);
    expect(multiplied('f = torch.tensor(1.0)\nself.factor = f\ntorch.div(f, n, out=f)')).not.toBe(0);
  });

  test('as a number is not', () => {
    expect(multiplied('self.factor = 1.0', 'f = model.factor\nf /= n')).toBe(0);
    expect(multiplied('self.factor = torch.tensor(1.0)', 'f = model.factor\nf = f / n')).toBe(0);
  });
});

describe('what an operation divides by in itself is no multiplier', () => {
  test('of vectors of length 1', () => {
    expect(multipliers('h = F.normalize(torch.tanh(h), dim=-1)')).toEqual([0, 0, 0]);
  });

  test('where the code undoes it', () => {
    expect(multipliers('h = F.normalize(torch.tanh(h), dim=-1) * self.n ** 0.5')).toEqual([0, 0, 0]);
  });

  test('and beside another it is not known', () => {
    expect(multipliers('h = F.normalize(torch.tanh(h), dim=-1) / self.n')).toEqual([0, 0, null]);
  });
});

describe('dropout multiplies what is left by what it leaves out', () => {
  const behind = (drop: string, init = '') => {
    const forward = `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn self.c(${drop})`;
    return onlyModel(chainModel({ forward, init })).weights.at(-1)?.a;
  };

  test('of which nothing is known at a rate that goes to 1 with the width', () => {
    for (const rate of ['1 - 16 / self.n', '1 - self.n ** -0.5', 'max(0.0, 1 - 64 / self.n)'])
      expect(behind(`F.dropout(h, ${rate})`)).toBeNull();
    expect(behind('self.drop(h)', 'self.drop = nn.Dropout(1 - 16 / n)')).toBeNull();
  });

  test('which is nothing at a rate that stays', () => {
    for (const rate of ['0.1', 'p=0.1 * 3 / 12', '0.5 if self.training else 0.0', 'self.p'])
      expect(behind(`F.dropout(h, ${rate})`, 'self.p = float(input())')).toBe(0);
    expect(behind('self.drop(h)', 'self.drop = nn.Dropout(1 - 0.9)')).toBe(0);
  });
});

test('times or over the size of another tensor, a factor is not known', () => {
  const readout = (made: string) => multipliers(`h = torch.tanh(h)\nreturn ${made}`).at(-1);
  for (const made of [
    'self.c(h) / self.c.weight.std()',
    'self.c(h) * self.c.weight.norm()',
    'self.c(h) / self.b.weight.pow(2).mean().sqrt()',
    'self.c(h / self.c.weight.detach().std())',
    'self.c(h) / h.norm(dim=-1, keepdim=True)',
  ])
    expect(readout(made)).toBeNull();
  expect(readout('self.c(h / h.norm(dim=-1, keepdim=True)) * x.norm(dim=-1, keepdim=True)')).toBe(0);
});

describe('a factor that a tensor holds', () => {
  const output = (made: string) => multipliers(`return ${made}`).at(-1);
  const all = (of: readonly string[]) => [...new Set(of.map(output))];

  test('counts, whatever makes the tensor', () => {
    expect(
      all([
        'self.c(h) * (torch.ones(4) / self.n)',
        'self.c(h) * torch.full((4,), 1 / self.n).view(1, 4)',
        'self.c(h) * (torch.ones(1) / self.n).expand(4)',
        'self.c(h) * h.new_full((4,), 1 / self.n)',
        'self.c(h) * h.new_tensor(1 / self.n)',
        'self.c(h) * (torch.zeros(4) + 1 / self.n)',
        'self.c(h) * (1 / torch.full((4,), self.n))',
        'self.c(h) / (torch.ones(4) * self.n)',
        'self.c(h) * (torch.ones(8) / self.n)[3]',
        'self.c(h) * (torch.ones(8, 4) / self.n)[x.argmax(-1)]',
        'self.c(h) * F.embedding(x.argmax(-1), torch.ones(8, 4) / self.n)',
      ]),
    ).toEqual([1]);
  });

  test('counts through a product with it that sums over what stays as long', () => {
    expect(
      all([
        'self.c(h) @ (torch.eye(4) / self.n)',
        'self.c(h) @ torch.full((4, 4), 1 / self.n)',
        'F.linear(self.c(h), torch.ones(4, 4) / self.n)',
        '(self.c(h) @ torch.eye(4)) @ (torch.eye(4) / self.n)',
        'self.c(torch.tanh(h) @ (torch.eye(self.n) / self.n))',
      ]),
    ).toEqual([1]);
  });

  test('is not known where it is not read what is made of it', () => {
    expect(
      all([
        'self.c(h) * (torch.ones(4) / self.n).cos()',
        'self.c(h) / torch.ones(self.n).sum()',
        'self.c(h) / torch.ones(self.n).norm()',
        'self.c(h) @ torch.diag(torch.full((4,), 1 / self.n))',
        "torch.einsum('bi,->bi', self.c(h), torch.tensor(1 / self.n))",
        'self.c(torch.tanh(h) @ torch.full((self.n, self.n), 1 / self.n))',
      ]),
    ).toEqual([null]);
  });

  test('is none where it holds numbers that are the same at every width', () => {
    expect(
      all([
        'self.c(h) * (torch.ones(4) / 2).cos()',
        'self.c(h) / torch.ones(8).sum()',
        'self.c(h) @ torch.randn(4, 4)',
        'self.c(torch.tanh(h) * (torch.arange(self.n) / self.n))',
        'self.c(h) * F.softmax(torch.ones(4) / self.n, -1)',
      ]),
    ).toEqual([0]);
  });
});

test('a factor behind a gain is that of what is gained', () => {
  const init = 'self.g = nn.Parameter(torch.ones(4))';
  const gained = (made: string) =>
    onlyModel(chainModel({ init, forward: `return ${made}` })).weights.map(({ name, a }) => `${name} ${a}`);
  for (const made of [
    'x * self.g / self.n',
    'x * (self.g / self.n)',
    'x / self.n * self.g',
    'x * self.g.exp() / self.n',
  ]) {
    expect(gained(made.replace('x', 'self.c(self.b(self.a(x)))'))).toContain('c.weight 1');
  }
});

describe('a factor between a sum over n features and a layer of a few is that of the sum', () => {
  const last = {
    'a vector': 'self.c((h * self.u).sum(-1, keepdim=True) / self.n ** 0.5)',
    'a product with a vector': 'self.c((h @ self.u).unsqueeze(-1) / self.n ** 0.5)',
    'a vector and a number': 'self.c((h * self.u).sum(-1, keepdim=True) / self.n ** 0.5 * self.t)',
    'a mean': 'self.c((h * self.u).mean(-1, keepdim=True) * self.n ** 0.5)',
  };
  const effects = (made: string, power: number) => {
    const scale = `self.n ** -${power}`;
    const init = `self.c = nn.Linear(1, 4)\nself.u = nn.Parameter(torch.randn(n) * ${scale})\nself.t = nn.Parameter(torch.ones(1))`;
    const forward = `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn ${made}`;
    const optimizer = `torch.optim.Adam([{'params': [model.u], 'lr': lr * ${scale.replace('self.n', 'n')}}, {'params': [model.b.weight], 'lr': lr / n}, {'params': [model.a.weight, *model.c.parameters(), model.t], 'lr': lr}], lr=lr)`;
    const { weights } = onlyModel(chainModel({ init, forward, optimizer }));
    const own = weights.filter(({ name }) => name === 'u' || name === 'c.weight');
    return own.flatMap(({ name, a, effects: { rate } }) => `${name} a ${a} rate ${rate}`).sort();
  };
  for (const [name, made] of Object.entries(last)) {
    test(name, () => {
      expect(effects(made, 0.5)).toEqual(['c.weight a 0 rate 0', 'u a 0.5 rate 0']);
      expect(effects(made, 1)).toEqual(['c.weight a 0 rate 0', 'u a 0.5 rate 0.5']);
      expect(effects(made, 0)).toEqual(['c.weight a 0 rate 0', 'u a 0.5 rate -0.5']);
    });
  }
});

test('a factor between sums over n features, added up or side by side, and a layer of a few is in them', () => {
  for (const made of ['z[0] + z[1]', 'torch.cat(z, -1)', 'torch.stack(z, -1).squeeze(-2)']) {
    const long = made.includes('+') ? 1 : 2;
    const init = `self.c = nn.Linear(${long}, 4)\nself.u = nn.Parameter(torch.randn(2, n) / n ** 0.5)`;
    const forward = `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nz = [(h * self.u[i]).sum(-1, keepdim=True) for i in range(2)]\nreturn self.c((${made}) / self.n ** 0.5)`;
    const optimizer =
      "torch.optim.Adam([{'params': [model.u], 'lr': lr / n ** 0.5}, {'params': [model.b.weight], 'lr': lr / n}, {'params': [model.a.weight, *model.c.parameters()], 'lr': lr}], lr=lr)";
    const { verdict, weights } = onlyModel(chainModel({ init, forward, optimizer }));
    expect([verdict?.regime, ...weights.map(({ effects }) => effects.rate)], made).toEqual([
      'feature-learning',
      ...weights.map(() => 0),
    ]);
  }
});

describe('a factor between a first layer and the readout right behind it', () => {
  const effects = (made: string, more = {}) => {
    const { verdict, weights } = onlyModel(chainModel({ forward: `return ${made}`, ...more }));
    return [
      verdict?.regime,
      ...weights.flatMap(({ name, a }) => (/[ac].weight/.test(name) ? [`${name} ${a}`] : [])),
    ];
  };
  const init = 'self.b = nn.Identity()\nnn.init.normal_(self.c.weight)';

  test("is the readout's where it falls", () => {
    const made = ['self.c(self.a(x) / self.n)', 'self.c((self.a(x) / self.n).view(-1, self.n))'];
    const behind = 'self.c(self.a(x)) / self.n';
    for (const one of [...made, behind]) {
      expect(effects(one, { init })).toEqual(['feature-learning', 'a.weight 0', 'c.weight 1']);
    }
  });

  test('is that of a layer that sums n features', () => {
    expect(effects('self.c(self.b(torch.tanh(self.a(x))) / self.n)')).toContain('c.weight 0');
  });

  test("is the first layer's where it grows", () => {
    expect(effects('self.c(self.a(x) * self.n ** 0.5)')).toEqual(['unstable', 'a.weight -0.5', 'c.weight 0']);
  });
});

describe('a factor that may be of what is in front of it or of what is behind', () => {
  const groups = (b: string, c: string) =>
    `torch.optim.Adam([{'params': [model.b.weight], 'lr': lr ${b}}, {'params': [model.c.weight], 'lr': lr ${c}}, {'params': [p for n, p in model.named_parameters() if n not in ('b.weight', 'c.weight')]}], lr=lr)`;

  test.each([true, false])(
    'between two layers is said to be unstable only where it is on both sides (bias: %s)',
    (bias) => {
      const regime = (factor: string, [start, readout]: readonly [string, string], rates: string) => {
        const layer = `self.b = nn.Linear(n, n${bias ? '' : ', bias=False'})`;
        const init = `${layer}\nnn.init.normal_(self.b.weight, std=${start})\nnn.init.normal_(self.c.weight, std=${readout})`;
        const forward = `h = torch.tanh(self.a(x))\nreturn self.c(self.b(h) / self.n ** ${factor})`;
        return onlyModel(chainModel({ init, forward, optimizer: rates })).verdict?.regime ?? null;
      };
      expect(regime('0.5', ['1', '1 / n'], groups('/ n ** 0.5', '/ n'))).toBe('feature-learning');
      expect(regime('1', ['n ** -0.5', '1'], groups('/ n', '* 1'))).toBe('feature-learning');
      expect(regime('0.5', ['1', '1'], groups('* 1', '* 1'))).toBe('unstable');
    },
  );

  test('leaves open what is added to a sum over the features where it is not known how long that is', () => {
    const init = 'self.u = nn.Parameter(torch.randn(n) * n ** -0.5)\nself.c = nn.Linear(1, 4)';
    const forward =
      'h = torch.tanh(self.b(torch.tanh(self.a(x))))\nz = (h * self.u).sum(-1, keepdim=True)\nreturn self.c((z + x[..., :1]) / self.n ** 0.5)';
    const optimizer =
      "torch.optim.Adam([{'params': [model.u], 'lr': lr / n ** 0.5}, {'params': [model.b.weight], 'lr': lr / n}, {'params': [model.a.weight, *model.c.parameters()]}], lr=lr)";
    const source = chainModel({ init, forward, optimizer });
    expect(onlyModel(source).verdict).toBeNull();
    expect(findingsOf('MUP302', source)).toEqual([]);
  });
});

test('a factor that a condition decides on leaves the multiplier open', () => {
  const ways = 'if flag: h = h / self.n\nh = torch.tanh(h)';
  expect(multipliers(ways)).toEqual([0, null, 0]);
});

test('what code that is not read has made of the width may multiply by it', () => {
  const made = (what: string) => {
    const forward = 'return self.s(self.c(torch.tanh(self.b(torch.tanh(self.a(x))))))';
    return onlyModel(chainModel({ init: `self.s = ${what}`, forward })).weights.map(({ a }) => a);
  };
  expect(made('table[kind](n)').slice(0, 3)).toEqual([0, 0, null]);
  expect(made('table[kind](0.5)').slice(0, 3)).toEqual([0, 0, 0]);
});

test('a factor of which nothing is known leaves the multiplier open', () => {
  expect(multipliers('h = h * missing')).toEqual([0, null, 0]);
  expect(multipliers('for e in missing: self.n = self.n * e\nh = h / self.n')).toEqual([0, null, 0]);
});

test('a tensor of which a part is overwritten is not followed', () => {
  expect(
    onlyModel(chainModel({ forward: 'h = self.a(x)\nh[:, :4] = 0\nreturn self.c(self.b(h))' })).verdict,
  ).toBeNull();
});

test('a tensor cut off from the gradient is not followed', () => {
  const outline = onlyModel(chainModel({ forward: 'return self.c(self.b(self.a(x)).detach())' }));
  expect(missingIn(outline)).toEqual(['forward: detach (line 18) is not followed']);
});

test('a layer that keeps no gradient has no verdict', () => {
  const forward = 'with torch.no_grad():\n    h = self.a(x)\nreturn self.c(self.b(h))';
  expect(missingIn(onlyModel(chainModel({ forward })))).toEqual([
    'a.weight: forward uses it where no gradient is kept',
  ]);
});

test('layers of one line that are not alike have no verdict, and it says why', () => {
  const init =
    'self.more = nn.ModuleList([nn.Linear(n, n, bias=False) for _ in range(3)])\nnn.init.zeros_(self.more[-1].weight)';
  const forward = 'h = self.a(x)\nfor layer in self.more:\n    h = layer(h)\nreturn self.c(self.b(h))';
  expect(missingIn(onlyModel(chainModel({ init, forward })))).toEqual([
    'more.*.weight: the layers that this line makes are not alike',
  ]);
});

test('layers that share a weight are judged by both its uses', () => {
  const init = 'self.d = nn.Linear(n, n, bias=False)\nself.d.weight = self.b.weight';
  const forward = 'return self.c(self.d(torch.tanh(self.b(torch.tanh(self.a(x))))))';
  const outline = onlyModel(chainModel({ init, forward }));
  expect(missingIn(outline)).toEqual([]);
  expect(outline.weights.map(({ name, aliases }) => [name, ...aliases])).toEqual([
    ['a.weight'],
    ['b.weight', 'd.weight'],
    ['c.weight'],
  ]);
  expect(outline.verdict?.regime).toBe('unstable');
});

test('a factor of which nothing is known leaves the multiplier unknown', () => {
  const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) * self.scale';
  const init = 'self.scale = n ** -0.5\nfor e in extras: self.scale = self.scale * 0.5 * load()';
  const row = onlyModel(chainModel({ init, forward })).weights.find(({ name }) => name === 'c.weight');
  expect(row?.a).toBeNull();
});

test('however many ways a tensor may have come, those through the same layers are one', () => {
  const branch = 'if flag: y = self.b(h)\nelse: y = self.b(h)\nh = F.layer_norm(h + y, (n,))';
  const forward = `h = self.a(x)\n${Array(5).fill(branch).join('\n')}\nreturn self.c(h)`;
  const { weights } = onlyModel(chainModel({ forward }));
  expect(weights.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
});

describe('a number of the configuration', () => {
  const started = (name: string) => {
    const init = `nn.init.normal_(self.b.weight, std=0.02 / math.sqrt(config.${name}))`;
    const source = chainModel({ init })
      .replace('self, n)', 'self, n, config)')
      .replace('Net(n)', 'Net(n, config)');
    return onlyModel(source).weights[1]?.b;
  };

  test('that is called as width multipliers are is one, however its name is spelled', () => {
    expect(started('mup_width_multiplier')).toBe(0.5);
    expect(started('muP_width_multiplier')).toBe(0.5);
  });

  test('that may be one by its name may grow or not', () => {
    expect(started('width_scaling')).toBe(null);
    expect(started('mup_ratio')).toBe(null);
  });
});

test('a multiplier that a configuration computes counts where the configuration is known by what is passed', () => {
  const source = chainModel({
    before:
      'from dataclasses import dataclass\n@dataclass\nclass Config:\n    width: int = 256\n    base: int = 256\n    @property\n    def mult(self):\n        return self.width / self.base\n',
    forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.cfg.mult',
  })
    .replace('__init__(self, n)', '__init__(self, cfg)')
    .replace('self.n = n', 'self.cfg, n = cfg, cfg.width')
    .replace('Net(n)', 'Net(Config(n))');
  expect(onlyModel(source).weights.map(({ a }) => a)).toEqual([0, 0, 1]);
});

test('a class that says itself what it makes of gradients may make any multiple of what it is given', () => {
  const before = `
class Held(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        return x * factor

    @staticmethod
    def backward(ctx, g):
        return g, None

held = Held.apply`;
  const last = (made: string) => {
    const forward = `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn ${made}`;
    return onlyModel(chainModel({ before, forward })).weights.at(-1)?.a;
  };
  expect(last('Held.apply(self.c(h), 1 / self.n)')).toBeNull();
  expect(last('held(self.c(h), 1 / self.n)')).toBeNull();
});

test('such a class gives what it is given where it only looks at it, and leaves its gradient where it gives that back', () => {
  const before = (gradient: string) => `
class Watched(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, name):
        ctx.name = name
        return x

    @staticmethod
    def backward(ctx, g):
        return ${gradient}, None
`;
  const forward =
    "h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn self.c(Watched.apply(h, 'last')) / self.n";
  const after = `
def train(n, data):
    net = Net(n)
    steps = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in data:
        F.mse_loss(net(x), y).backward()
        steps.step()
`;
  const found = (gradient: string) => {
    const row = onlyModel(
      chainModel({ before: before(gradient), forward, optimizer: 'None' }) + after,
    ).weights.at(-1);
    return [row?.a, row?.c];
  };
  expect(found('g')).toEqual([1, 0]);
  expect(found('g * g.shape[-1]')).toEqual([1, null]);
});

test('the norm of a whole matrix is that of all its entries', () => {
  const forward = (norm: string) =>
    `return self.c(torch.tanh(F.linear(self.a(x), self.b.weight / self.b.weight.norm(${norm}))))`;
  const wanted = (norm: string) => onlyModel(chainModel({ forward: forward(norm) })).weights[1]?.wants?.c;
  expect([wanted(''), wanted('dim=1, keepdim=True')]).toEqual([0.5, 1]);
});

test('what a normalized weight is divided by is not the factor of the readout behind it', () => {
  const wanted = (normed: string) =>
    onlyModel(
      chainModel({ forward: `return self.c(F.linear(torch.tanh(self.a(x)), ${normed}))` }),
    ).weights.map(({ wants }) => wants?.c);
  expect(wanted('self.b.weight / self.b.weight.norm()')).toEqual([0, 1 / 2, 1]);
  expect(wanted('F.normalize(self.b.weight, dim=1)')).toEqual([0, 1, 1]);
});

describe("what is put into the dict of a model's attributes is an attribute of it", () => {
  for (const after of [
    "model.__dict__['n'] = 64",
    'model.__dict__.update(n=64)',
    "parts = model.__dict__\nparts['n'] = 64",
    "parts = model.__dict__\nparts.update({'n': 64})",
    "vars(model)['n'] = 64",
  ])
    test(after.replace('\n', '; '), () => {
      const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.n';
      expect(onlyModel(chainModel({ forward, after })).weights.map(({ a }) => a)).toEqual([0, 0, 0]);
    });
});
