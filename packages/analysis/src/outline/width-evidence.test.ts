import { describe, expect, test } from 'vitest';
import { type ChainParts, chainModel } from '../../test/chain-model.ts';
import { findingsOf, matricesOf, onlyModel, tableOf } from '../../test/check-findings.ts';
import type { AnalysisOptions } from '../options.ts';

/** b and c of the hidden weight. */
function hidden(parts: ChainParts, options: Partial<AnalysisOptions> = {}): string {
  const row = onlyModel(chainModel(parts), options).weights.find(({ name }) => name === 'b.weight');
  return `${row?.b ?? '?'} ${row?.c ?? '?'}`;
}

const rate = (lr: string): ChainParts => ({ optimizer: `torch.optim.Adam(model.parameters(), lr=${lr})` });

describe('what callers pass for a width', () => {
  test('is a width where it is one name', () => {
    expect(hidden(rate('lr / n'))).toBe('0.5 1');
    expect(hidden({ ...rate('lr / n'), after: 'other = Net(2 * n)' })).toBe('0.5 1');
  });

  test('may be one where it is made of several', () => {
    const source = chainModel(rate('lr / heads')).replace('Net(n)', 'Net(heads * size)');
    const [row] = onlyModel(source.replace('def build(n', 'def build(heads, size')).weights;
    expect(row?.c).toBeNull();
  });

  test('grows like the one name that is there for it alone, and is not rounded to', () => {
    const rounded = '(depth * aspect + step - 1) // step * step';
    const source = chainModel({
      init: 'nn.init.normal_(self.b.weight, std=1 / (head * depth))',
      ...rate('lr'),
    })
      .replace('__init__(self, n)', '__init__(self, n, head, depth)')
      .replace('Net(n)', `Net(${rounded}, ${rounded} // step, depth)`)
      .replace('def build(n', 'def build(depth, aspect, step');
    expect(onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.b).toBe(1);
  });

  test('may grow like another, where a rate goes with that one alone', () => {
    const rateOf = (lr: string) => {
      const source = chainModel(rate(lr))
        .replace('__init__(self, n)', '__init__(self, n, times)')
        .replace('Net(n)', 'Net(base * more, more)')
        .replace('def build(n', 'def build(base, more');
      return onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.c;
    };
    expect(rateOf('lr / more')).toBeNull();
    expect(rateOf('lr / base')).toBe(1);
    expect(rateOf('lr / (base * more)')).toBe(1);
  });

  describe('with a name of its own that is computed from others', () => {
    const scaledBy = (lr: string, given = 'width') =>
      chainModel(rate(lr))
        .replace('__init__(self, n)', '__init__(self, n, times=1)')
        .replace('def build(n', 'BASE = 128\nTIMES = 4\nwidth = BASE * TIMES\ndef build(unused')
        .replace('Net(n)', `Net(${given})`);
    const rateOf = (source: string) => onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.c;

    test('leaves open which of them grows', () => {
      expect(rateOf(scaledBy('lr / TIMES'))).toBeNull();
      expect(rateOf(scaledBy('lr / TIMES', 'width, TIMES'))).toBeNull();
      expect(rateOf(scaledBy('lr / TIMES', 'width, times=TIMES'))).toBeNull();
    });

    test('does not where a rate has one measure the width', () => {
      expect(rateOf(scaledBy('lr * BASE / width', 'width, TIMES'))).toBe(1);
      expect(rateOf(scaledBy('lr / (width / BASE)'))).toBe(1);
      expect(rateOf(scaledBy('lr / width'))).toBe(1);
      expect(rateOf(scaledBy('lr'))).toBe(0);
    });

    test('leaves open what multiplies features by the other', () => {
      const source = scaledBy('lr', 'width, TIMES')
        .replace('self.n = n', 'self.times = times')
        .replace('torch.tanh(self.a(x)))))', 'torch.tanh(self.a(x))))) / self.times');
      expect(onlyModel(source).weights.find(({ name }) => name === 'c.weight')?.a).toBeNull();
    });
  });

  test('grows like what a number is multiplied by', () => {
    const source = chainModel(rate('lr / times')).replace('Net(n)', 'Net(64 * times)');
    const [row] = onlyModel(source.replace('def build(n', 'def build(times')).weights;
    expect(row?.c).toBe(1);
  });

  test('does so where a rate measures it by itself', () => {
    const groups =
      '[{"params": model.a.parameters(), "lr": lr * times / (64 * times)}, {"params": model.b.parameters()}]';
    const source = chainModel({ optimizer: `torch.optim.Adam(${groups}, lr=lr / times)` })
      .replace('Net(n)', 'Net(64 * times)')
      .replace('def build(n', 'def build(times');
    expect(
      onlyModel(source)
        .weights.slice(0, 2)
        .map(({ c }) => c),
    ).toEqual([0, 1]);
  });

  test('does so where a configuration is given it and the model is made of one that is loaded', () => {
    const source = `
import argparse
import json
from dataclasses import dataclass
import torch
from torch import nn

@dataclass
class Config:
    width: int = 256
    heads: int = 4
    depth: int = 2

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.a = nn.Linear(16, config.width)
        self.b = nn.Linear(config.width, config.heads * (config.width // config.heads))
        self.c = nn.Linear(config.width, 4)
        nn.init.normal_(self.b.weight, std=1 / (config.heads * config.depth))
    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

args = argparse.ArgumentParser().parse_args()
width = (args.depth * args.aspect + args.size - 1) // args.size * args.size
config = Config(width=width, heads=width // args.size, depth=args.depth)

def restored(path):
    with open(path) as file:
        return Net(Config(**json.load(file)['model']))
`;
    const [, row] = onlyModel(source).weights.filter(({ name }) => name.endsWith('weight'));
    expect(`${row?.role} ${row?.b}`).toBe('hidden 1');
  });
});

describe('a ratio', () => {
  const block = (parameters: string, fan: string) => `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.up = nn.Linear(n, ${fan})
        self.down = nn.Linear(${fan}, n)
        self.c = nn.Linear(n, 4)
    def forward(self, x):
        h = torch.relu(self.b(torch.relu(self.a(x))))
        return self.c(torch.relu(self.down(torch.relu(self.up(h)))))
`;

  test('that only multiplies a width does not scale', () => {
    expect(tableOf(onlyModel(block('n, ratio', 'ratio * n')))).toEqual([
      'a input 0 0 ? ?',
      'b hidden 0 0.5 ? ?',
      'up hidden 0 0.5 ? ?',
      'down hidden 0 0.5 ? ?',
      'c output 0 0.5 ? ?',
    ]);
  });

  test('that is a size of its own goes with it, unless the code makes it smaller', () => {
    expect(tableOf(onlyModel(block('n, size', 'size')))).toEqual([
      'a input 0 0 ? ?',
      'b hidden 0 0.5 ? ?',
      'up hidden 0 0.5 ? ?',
      'down hidden 0 0.5 ? ?',
      'c output 0 0.5 ? ?',
    ]);
    expect(tableOf(onlyModel(block('n=64, size=8', 'size')))).toEqual([
      'a input 0 0 ? ?',
      'b hidden 0 0.5 ? ?',
      'up ? 0 0.5 ? ?',
      'down ? 0 ? ? ?',
      'c output 0 0.5 ? ?',
    ]);
  });
});

test('a matrix that the code normalizes or turns before use has the role of one that it does not', () => {
  const roles = (weight: string) => {
    const model = onlyModel(`
import torch
import torch.nn.functional as F
from torch import nn

class Layer(nn.Module):
    def __init__(self, into, out, extra=False):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out, into + int(extra)))
    def forward(self, x):
        return F.linear(x, ${weight})

class Net(nn.Module):
    def __init__(self, n, most, labels):
        super().__init__()
        self.a = Layer(16, n)
        self.b = Layer(n, min(most, 2 * n))
        self.c = Layer(min(most, 2 * n), n)
        self.d = Layer(n, n)
        self.e = Layer(n, labels)
    def forward(self, x):
        return self.e(torch.relu(self.d(self.c(torch.relu(self.b(torch.relu(self.a(x))))))))
`);
    return [...model.widths, ...matricesOf(model).map(({ role }) => role)];
  };
  // As many as the width or as a limit that may grow with it, whoever sets that.
  const expected = ['n', 'input', null, null, 'hidden', 'output'];
  expect(roles('self.weight')).toEqual(expected);
  expect(roles('F.normalize(self.weight, dim=-1)')).toEqual(expected);
  expect(roles('self.weight.T.mul(2).T')).toEqual(expected);
});

test('several names inside a network without a dimension that comes back are widths where the code gives them one number', () => {
  const widths = (first: number, second: number) =>
    onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, tokens, first=${first}, second=${second}):
        super().__init__()
        self.a = nn.Embedding(tokens, first)
        self.b = nn.Linear(first, second)
        self.c = nn.Linear(second, tokens)
    def forward(self, x):
        return self.c(torch.tanh(self.b(self.a(x))))
`).widths;
  expect(widths(64, 64)).toEqual(['first', 'second']);
  expect(widths(64, 8)).toEqual([]);
});

test('a field of what a constructor is given has the number that the configuration gives it', () => {
  const { widths } = onlyModel(`
import argparse
from dataclasses import dataclass
import torch
from torch import nn

@dataclass
class Settings:
    tokens: int = None
    first: int = 64
    second: int = 64

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.a = nn.Embedding(config.tokens, config.first)
        self.b = nn.Linear(config.first, config.second)
        self.c = nn.Linear(config.second, config.tokens)
    def forward(self, x):
        return self.c(torch.tanh(self.b(self.a(x))))

parser = argparse.ArgumentParser()
parser.add_argument('--first', type=int, default=64)
parser.add_argument('--second', type=int, default=64)
args = parser.parse_args()
model = Net(Settings(tokens=27, first=args.first, second=args.second))
`);
  expect(widths).toEqual(['first', 'second']);
});

test('a transformer of images whose sizes its constructor is given has its widths, also beside a hook on something else', () => {
  const model = onlyModel(`
import torch
from torch import nn
from einops import rearrange
from elsewhere import look

class Attention(nn.Module):
    def __init__(self, dim, heads, size):
        super().__init__()
        self.heads = heads
        self.factor = size ** -0.5
        self.norm = nn.LayerNorm(dim)
        self.into = nn.Linear(dim, size * heads * 3, bias=False)
        self.back = nn.Linear(size * heads, dim)
    def forward(self, x):
        parts = self.into(self.norm(x)).chunk(3, dim=-1)
        q, k, v = map(lambda one: rearrange(one, 'b n (h d) -> b h n d', h=self.heads), parts)
        scores = torch.matmul(q, k.transpose(-1, -2)) * self.factor
        return self.back(rearrange(torch.matmul(scores.softmax(dim=-1), v), 'b h n d -> b n (h d)'))

class Images(nn.Module):
    def __init__(self, *, patch, labels, dim, depth, heads, inner, size=64):
        super().__init__()
        self.patches = nn.Conv2d(3, dim, patch, stride=patch)
        self.layers = nn.ModuleList([])
        for _ in range(depth):
            block = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, inner), nn.GELU(), nn.Linear(inner, dim))
            self.layers.append(nn.ModuleList([Attention(dim, heads, size), block]))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, labels)
    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        for attention, block in self.layers:
            x = attention(x) + x
            x = block(x) + x
        return self.head(self.norm(x).mean(dim=1))

def watched(part):
    net = Images(patch=32, labels=1000, dim=1024, depth=6, heads=8, inner=2048)
    part.register_forward_hook(look)
    return net
`);
  expect(model.widths.toSorted()).toEqual(['dim', 'heads', 'inner']);
  const head = matricesOf(model).find(({ name }) => name === 'head.weight');
  expect([head?.role, head?.a, head?.b]).toEqual(['output', 0, 0.5]);
});

describe('a name that is declared finite', () => {
  const ROLES = ['a ?', 'b ?', 'c ?'];
  const roles = (options: Partial<AnalysisOptions>) =>
    tableOf(onlyModel(chainModel({}), options)).map((row) => row.split(' ').slice(0, 2).join(' '));

  test('does not scale, whatever the structure shows', () => {
    expect(roles({ finite: ['n'] })).toEqual(ROLES);
  });

  test('does not scale, though a declaration says so, too', () => {
    expect(roles({ finite: ['Net.n'], widths: ['n'] })).toEqual(ROLES);
  });

  test('does not scale where callers compute it from the width', () => {
    const source = chainModel({ init: 'nn.init.normal_(self.b.weight, std=1 / head)' })
      .replace('__init__(self, n)', '__init__(self, n, head)')
      .replace('Net(n)', 'Net(n, n // 8)');
    const b = (options: Partial<AnalysisOptions>) =>
      onlyModel(source, options).weights.find(({ name }) => name === 'b.weight')?.b;
    expect(b({})).toBe(1);
    expect(b({ finite: ['head'] })).toBe(0);
  });
});

describe('a name that means width ÷ base width', () => {
  const scaled = (name: string, options: Partial<AnalysisOptions> = {}) =>
    hidden({ init: `nn.init.normal_(self.b.weight, std=1 / config.${name})` }, options);

  test('grows with it by what libraries call it', () => {
    expect(scaled('width_mult')).toBe('1 0');
    expect(scaled('m_width')).toBe('1 0');
    expect(scaled('scale')).toBe('0 0');
  });

  test('grows with it by its declaration', () => {
    expect(scaled('scale', { multipliers: ['scale'] })).toBe('1 0');
  });
});

test('as many positions as features are positions, through however many hands they come', () => {
  const model = onlyModel(`
from dataclasses import dataclass
import torch
from torch import nn
@dataclass
class Config:
    wide: int = 64
    long: int = 32
class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.t = nn.Embedding(256, config.wide)
        self.p = nn.Embedding(config.long, config.wide)
        self.b = nn.Linear(config.wide, config.wide)
        self.c = nn.Linear(config.wide, 256)
    @classmethod
    def named(cls, name):
        given = {'large': dict(wide=1024), 'small': dict(wide=768)}[name]
        given['long'] = 1024
        return cls(Config(**given))
    def forward(self, x):
        h = self.t(x) + self.p(torch.arange(x.shape[1]))
        return self.c(h + torch.relu(self.b(h)))
def train(long, name=None, lr=1e-3):
    model = Net(Config(wide=768, long=long)) if name is None else Net.named(name)
    return torch.optim.Adam(model.parameters(), lr=lr)
`);
  expect(model.weights.map(({ name, role }) => [name, role])).toContainEqual(['p.weight', 'input']);
});

describe('a layer that is used twice', () => {
  const a = (forward: string) => onlyModel(chainModel({ forward })).weights.map((row) => row.a);

  test('has both its multipliers', () => {
    const twice = (first: string, second: string) =>
      `h = torch.tanh(self.a(x))\nh = torch.tanh(self.b(h) * ${first})\nh = torch.tanh(self.b(h) * ${second})\nreturn self.c(h)`;
    expect(a(twice('0.5', '2'))).toEqual([0, 0, 0]);
    expect(a(twice('0.5', '(1 / self.n)'))).toEqual([0, null, 0]);
    expect(a(twice('(1 / self.n)', '0.5'))).toEqual([0, null, 0]);
  });
});

test('a weight counts as read where its role, multiplier and init are known', () => {
  const { read, total } = onlyModel(chainModel({}));
  expect([read, total]).toEqual([3, 3]);
  const unknownInit = onlyModel(chainModel({ init: 'nn.init.normal_(self.b.weight, std=missing())' }));
  expect([unknownInit.read, unknownInit.total]).toEqual([2, 3]);
  const unknownFactor = onlyModel(
    chainModel({ forward: 'return self.c(self.b(self.a(x)) * (self.n if flag else 1))' }),
  );
  expect([unknownFactor.read, unknownFactor.total]).toEqual([2, 3]);
});

describe('a constant of the file', () => {
  const script = (sizes: string, declared = '') => `
import torch
from torch import nn
${declared}
${sizes}
chars = sorted(set(open('input.txt').read()))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Embedding(len(chars), WIDE)
        self.b = nn.Linear(WIDE, WIDE)
        self.c = nn.Linear(WIDE, len(chars), bias=False)
        nn.init.normal_(self.b.weight, std=WIDE ** -0.5)
    def forward(self, x):
        return self.c(torch.relu(self.b(self.a(x))))
model = Net()
optimizer = torch.optim.Adam([{'params': [model.b.weight], 'lr': 1e-3 * 64 / WIDE}, {'params': [model.a.weight, model.c.weight]}], lr=1e-3)
`;
  const TABLE = ['a input 0 0 0 adam', 'b hidden 0 0.5 1 adam', 'c output 0 0.5 0 adam'];

  test('is a width where the structure shows it, and a vocabulary that is counted is none', () => {
    const model = onlyModel(script('WIDE = 512'));
    expect(model.widths).toEqual(['WIDE']);
    expect(tableOf(model)).toEqual(TABLE);
  });

  test('is one beside a tokenizer that is counted, whatever of its own it is given', () => {
    const words =
      'tokens = load_tokenizer()\nif tokens.pad_token is None:\n    tokens.pad_token = tokens.eos_token';
    const model = onlyModel(script(`WIDE = 512\n${words}`).replaceAll('len(chars)', 'len(tokens)'));
    expect(tableOf(model)).toEqual(TABLE);
  });

  test('goes into what is computed from it', () => {
    const model = onlyModel(script('BASE = 128\nWIDE = 4 * BASE'));
    expect(model.widths).toEqual(['BASE']);
    expect(tableOf(model)).toEqual(TABLE);
  });

  test('is no width beside another one that is', () => {
    const two = script('WIDE = 512\nINNER = 100');
    const beside = two
      .replace(
        'nn.Linear(WIDE, WIDE)',
        'nn.Sequential(nn.Linear(WIDE, INNER), nn.ReLU(), nn.Linear(INNER, WIDE))',
      )
      .replace('self.b.weight, std', 'self.b[0].weight, std')
      .replace('model.b.weight', 'model.b[0].weight')
      .replace('torch.relu(self.b(self.a(x)))', 'self.a(x) + self.b(self.a(x))');
    expect(onlyModel(beside).widths).toEqual(['WIDE']);
  });

  test('that parts a width, as a number of heads does, is not taken to stay', () => {
    const heads = script('WIDE = 512\nHEADS = 8')
      .replace('nn.Linear(WIDE, WIDE)', 'nn.Linear(WIDE, WIDE // HEADS)')
      .replace('nn.Linear(WIDE, len(chars), bias=False)', 'nn.Linear(WIDE // HEADS, len(chars), bias=False)');
    expect(onlyModel(heads).assumptions).toContain('Assumes `HEADS` does not depend on width.');
  });

  test('on which no more than the size of heads hangs is not taken to stay or to grow', () => {
    const model = onlyModel(`
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, n, parts):
        super().__init__()
        self.parts = parts
        self.a = nn.Embedding(50, n)
        self.b = nn.Linear(n, 3 * n)
        self.c = nn.Linear(n, 50)
        nn.init.normal_(self.c.weight, std=0.02)

    def forward(self, ids):
        x = self.a(ids)
        B, T, C = x.shape
        q, k, v = (z.view(B, T, self.parts, C // self.parts).transpose(1, 2) for z in self.b(x).chunk(3, dim=-1))
        return self.c(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(B, T, C))
`);
    expect(model.assumptions.filter((one) => one.includes('parts'))).toEqual([
      'Leaves open whether `parts` grows with the width, or heads get longer.',
    ]);
  });
});

test.each(['self.e.weight.T', 'self.e.weight.t()', 'self.e.weight.transpose(0, 1)'])(
  'an embedding that is turned to be the readout shows what is inside: %s',
  (turned) => {
    const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, v, n):
        super().__init__()
        self.e = nn.Embedding(v, n)
        self.m = nn.Linear(n, n)

    def forward(self, ids):
        h = self.e(ids)
        return (h + torch.relu(self.m(h))) @ ${turned}
`;
    expect(onlyModel(source).widths).toEqual(['n']);
    expect(findingsOf('MUP206', source)).toHaveLength(1);
  },
);

test('what is as long as the heads are, or as many, has no role where nobody says which of the two grows', () => {
  const roles = (size: string, options: Partial<AnalysisOptions> = {}) => {
    const text = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, dim, heads, size${size}):
        super().__init__()
        self.heads, self.size = heads, size
        self.embed = nn.Embedding(50, dim)
        self.q = nn.Linear(dim, heads * size, bias=False)
        self.k = nn.Linear(dim, heads * size, bias=False)
        self.back = nn.Linear(heads * size, dim, bias=False)
        self.norm = nn.LayerNorm(size)
        self.each = nn.Parameter(torch.ones(heads))
        self.mix = nn.Parameter(torch.ones(heads, heads))
        self.head = nn.Linear(dim, 50, bias=False)
    def forward(self, ids):
        x = self.embed(ids)
        q, k = [one(x).view(*ids.shape, self.heads, self.size).transpose(1, 2) for one in (self.q, self.k)]
        a = (self.norm(q) @ k.transpose(-2, -1) * self.each.view(-1, 1, 1)).softmax(dim=-1)
        a = torch.einsum('b h i j, h g -> b g i j', a, self.mix)
        return self.head(x + self.back((a @ k).transpose(1, 2).reshape(*ids.shape, -1)))
`;
    const model = onlyModel(text, options);
    const role = (name: string) => model.weights.find((row) => row.name === name)?.role;
    return [role('each'), role('mix'), role('norm.weight'), role('back.weight')];
  };
  for (const size of ['', '=64']) {
    expect(roles(size)).toEqual([null, null, null, 'hidden']);
    expect(roles(size, { headScaling: 'head-dim' })).toEqual(['finite', 'finite', 'input', 'hidden']);
    expect(roles(size, { headScaling: 'head-count' })).toEqual(['input', 'hidden', 'finite', 'hidden']);
  }
});

describe('what a part makes whose use is not followed', () => {
  const source = (kept: string) => `
import torch
from torch import nn
from elsewhere import blended

class Net(nn.Module):
    def __init__(self, inner, n):
        super().__init__()
        self.first = nn.Linear(16, inner)
        self.join = nn.Linear(inner, n)
        self.mid = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
    def forward(self, x):
        ${kept}
        return self.out(torch.relu(self.mid(torch.relu(self.join(y)))))
`;
  const roles = (kept: string, ...lines: readonly string[]) => {
    const { weights } = onlyModel(`${lines.join('\n')}${source(kept)}`);
    const named = weights.filter(({ name }) => name.endsWith('weight'));
    return named.map(({ name, role }) => `${name.split('.')[0]} ${role}`).join();
  };

  test('may get wider with the model, and is no input', () => {
    expect(roles('y = blended(x)[self.first].kept', '# widthwise: width(n)')).toBe(
      'first null,join null,mid hidden,out output',
    );
    expect(roles('y = x', '# widthwise: width(n)')).toBe('first finite,join input,mid hidden,out output');
  });

  test('may be what it hands over to what is not read', () => {
    const handing = (given: string) => `# widthwise: width(n)
import torch
from torch import nn
from elsewhere import blended

class Net(nn.Module):
    def __init__(self, inner, n):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(7, inner))
        self.join = nn.Linear(inner, n)
        self.mid = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
    def forward(self, x):
        y = blended(${given})
        return self.out(torch.relu(self.mid(torch.relu(self.join(y)))))
`;
    const joining = (given: string) =>
      onlyModel(handing(given)).weights.find(({ name }) => name === 'join.weight')?.role;
    for (const given of ['x, self.table', 'x + self.table', 'x, [2 * self.table[:5]]'])
      expect(joining(given), given).toBeNull();
    expect(joining('x')).toBe('input');
  });
});

test('what many sums are made of is asked for once, whatever the model has beside them', () => {
  const forward = `h = self.a(x)\n${'h = h + torch.tanh(self.b(h))\n'.repeat(40)}return self.c(h)`;
  const { weights } = onlyModel(chainModel({ init: 'self.spare = nn.Linear(n, n)', forward }));
  expect(weights.map(({ role }) => role).slice(0, 3)).toEqual(['input', 'hidden', 'output']);
});

describe('a number that a caller counts in its data, of which nothing is known', () => {
  const counted = (first: string, given = 'rows, dim=64') => `
import data
from torch import nn

class Net(nn.Module):
    def __init__(self, rows, dim):
        super().__init__()
        self.a = ${first}
        self.b = nn.Linear(dim, dim)
        self.c = nn.Linear(dim, 2)

    def forward(self, x):
        return self.c(self.b(self.a(x)).relu())

def count():
    rows = 0
    for line in data.lines():
        rows = max(int(line), rows)
    return [{}, rows]

def build(size):
    table, rows = count()
    return Net(${given})
`;
  const firstRole = (first: string, given?: string) =>
    onlyModel(counted(first, given)).weights.find(({ name }) => name === 'a.weight')?.role;

  test('is how many rows a table has at every width', () => {
    expect(firstRole('nn.Embedding(rows, dim)')).toBe('input');
    expect(firstRole('nn.Embedding(rows + 1, dim)')).toBe('input');
  });

  test('is no such number where it is made of the width, too', () => {
    expect(firstRole('nn.Embedding(rows, dim)', 'size * rows, size')).not.toBe('input');
  });
});
