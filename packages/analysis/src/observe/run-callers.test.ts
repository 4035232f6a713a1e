import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def zero_head(self):
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        return self.head(self.mid(self.embed(x)))
`;

/** Optimizer, rate and initialization of each weight, with these scripts beside the model; that of the head is uncertain unless a script calls its method. */
function trained(
  scripts: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  const files = { 'model.py': MODEL, ...others, ...scripts };
  const place = placeIn(files, 'model.py', Object.keys(scripts));
  const { models } = analyser.analyse(MODEL, undefined, place);
  const matrices = (models[0]?.weights ?? []).filter(({ name }) => name.endsWith('.weight'));
  return matrices.map(({ optimizer, c, b }) => `${optimizer} ${c} ${b}`);
}

const IMPORT = 'import torch\nfrom model import Net\n';

const over = (name: string) => `for ${name} in [${[...Array(40).keys()].join(', ')}]:`;

const COSTLY = `${IMPORT}${over('a')}
    ${over('b')}
        ${over('c')}
            d = a + b + c
torch.optim.SGD(Net(256).parameters(), lr=1)
`;

describe('a model that a script of another file trains', () => {
  test('is looked for farther only where no nearer script trains it', () => {
    const near = `${IMPORT}model = Net(256)\ntorch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    const far =
      'import torch\nfrom build import make\nmodel = make()\ntorch.optim.SGD(model.parameters(), lr=1.0)\n';
    const files = { 'model.py': MODEL, 'build.py': 'from model import Net\ndef make(): return Net(256)\n' };
    const weightsOf = (scripts: Readonly<Record<string, string>>) => {
      const place = placeIn({ ...files, ...scripts }, 'model.py', Object.keys(scripts));
      const callers = (path: string, names: readonly string[]) =>
        (place.workspace.callers?.(path, names) ?? []).map((one) => ({
          ...one,
          isFarther: one.path.endsWith('far.py'),
        }));
      const { models } = analyser.analyse(MODEL, undefined, {
        ...place,
        workspace: { ...place.workspace, callers },
      });
      return models[0]?.weights ?? [];
    };
    const optimizers = (scripts: Readonly<Record<string, string>>) => weightsOf(scripts)[0]?.optimizer;
    const startsOf = (scripts: Readonly<Record<string, string>>) => weightsOf(scripts).map(({ b }) => b);
    expect(optimizers({ 'near.py': near, 'far.py': far })).toBe('adam');
    expect(optimizers({ 'near.py': IMPORT, 'far.py': far })).toBe('sgd');
    expect(optimizers({ 'near.py': COSTLY, 'far.py': far })).toBeNull();
    expect(startsOf({ 'far.py': 'from build import make\nmake().zero_head()\n' })).toEqual(startsOf({}));
  });

  test('has its optimizer and rate', () => {
    const train = `${IMPORT}model = Net(256)\nopt = torch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    expect(trained({ 'train.py': train })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 null']);
  });

  test('and not another one that it makes beside it and nothing trains', () => {
    const train = `${IMPORT}
small = Net(8)
print(sum(p.numel() for p in small.parameters()))
model = Net(256)
model.zero_head()
opt = torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
    expect(trained({ 'train.py': train })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 zero']);
  });

  test('has none where the function that trains it does not parse', () => {
    const train = `${IMPORT}
def main(width, lr):
    model = Net(width)
    torch.optim.SGD(model.parameters(), lr=lr / width
    model.scale = (1
`;
    expect(trained({ 'train.py': train })).toEqual(['null null 0', 'null null 0.5', 'null null null']);
  });

  test('has those of a function that the script defines, called or not', () => {
    const train = `${IMPORT}
def main(width, lr):
    model = Net(width)
    torch.optim.SGD(model.parameters(), lr=lr / width)
`;
    expect(trained({ 'train.py': train })).toEqual(['sgd 1 0', 'sgd 1 0.5', 'sgd 1 null']);
  });

  test('is initialized as the script has it', () => {
    const train = `${IMPORT}model = Net(256)
model.zero_head()
torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
    expect(trained({ 'train.py': train }).at(-1)).toBe('adam 0 zero');
  });

  test('has no optimizer that two scripts do not agree on', () => {
    const train = (name: string) => `${IMPORT}torch.optim.${name}(Net(256).parameters(), lr=3e-4)\n`;
    expect(trained({ 'a.py': train('AdamW'), 'b.py': train('SGD') })[0]).toBe('null null 0');
  });

  test('is not trained by what makes none of it', () => {
    const train = `${IMPORT}from torch import nn\nother = nn.Linear(2, 3)\ntorch.optim.SGD(other.parameters(), lr=1)\n`;
    expect(trained({ 'train.py': train })[0]).toBe('null null 0');
  });

  test('is shown, too, where a module of another file that only tests has one', () => {
    const module = `class Tester(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = Net(width)
`;
    const script = `${IMPORT}${module}Tester(64)
model = Net(256)
torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
    expect(trained({ 'train.py': script })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 null']);
    const part = `${MODEL}
class Whole(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = Net(width)
        self.other = nn.Linear(1, width)
`;
    const place = placeIn({ 'model.py': part, 'train.py': script }, 'model.py', ['train.py']);
    expect(analyser.analyse(part, undefined, place).models.map(({ name }) => name)).toEqual(['Whole']);
  });

  test('is that of a table of functions which all make it', () => {
    const makers = [...Array(9).keys()].map(
      (size) => `def net_${size}(**more):\n    return Net(${64 << size}, **more)\n`,
    );
    const table = `${makers.join('')}NETS = {${makers.map((_, size) => `'${size}': net_${size}`).join(', ')}}\n`;
    const train = `${IMPORT}${table}def run(args):\n    model = NETS[args.model]()\n    torch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    expect(trained({ 'train.py': train })[0]).toBe('adam 0 0');
    const mixed = train.replace('return Net(128, **more)', 'return other(**more)');
    expect(trained({ 'train.py': mixed })[0]).not.toBe('adam 0 0');
  });

  test.each(['nets.__dict__[args.arch]', 'getattr(nets, args.arch)'])(
    'is the one that a module has under the name that a setting is left at: %s',
    (made) => {
      const script = (settings: string) => `import argparse
import torch
import model as nets

def parsed():
    parser = argparse.ArgumentParser()
    parser.add_argument('--arch', default='Net', type=str)
${settings}    return parser

def main(args):
    net = ${made}(256)
    torch.optim.AdamW(net.parameters(), lr=3e-4)

args = parsed().parse_args()
main(args)
`;
      expect(trained({ 'train.py': script('') })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 null']);
      const unknown = ['null null 0', 'null null 0.5', 'null null null'];
      for (const other of ["set_defaults(arch='Other')", "add_argument('--arch', default='Other')"])
        expect(trained({ 'train.py': script(`    parser.${other}\n`) })).toEqual(unknown);
    },
  );

  test('is known where what else the script imports takes more work than there is', () => {
    const other = `def prepare(size):\n    ${COSTLY.split('\n').slice(-6, -2).join('\n    ')}\n`;
    const train = `${IMPORT}from other import prepare\nprepare(9)\nmodel = Net(256)\ntorch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    expect(trained({ 'train.py': train }, { 'other.py': other })[0]).toBe('adam 0 0');
  });

  test('is known where a function names what takes most of the work, made after code that is run as a text', () => {
    const names = [...'fghi'];
    const counts = names.map((name) => `${over('a')}\n    ${over('b')}\n        ${name} = a + b\n`);
    const told = `def told():\n    return ${names.join(' + ')}\n`;
    const train = `${IMPORT}${told}exec(open('settings.py').read())\n${counts.join('')}model = Net(256)\ntorch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    expect(trained({ 'train.py': train })[0]).toBe('adam 0 0');
  });

  test('is known where functions call one another, each of which takes a good part of the work there is', () => {
    const count = `    ${over('a')}\n        ${over('b')}\n            c = a + b\n`;
    const chain = [...'abcd'].map((name, at) => `def ${name}(width):\n    ${'bcde'[at]}(width)\n`).join('\n');
    const train = `${IMPORT}${chain}
def e(width):
    model = Net(width)
    model.zero_head()
${count.repeat(3)}    torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
    expect(trained({ 'train.py': train })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 zero']);
  });

  test('has a size of the configuration that the script takes from the file of the model', () => {
    const config = `from dataclasses import dataclass
@dataclass
class Config:
    width: int = 64
    @classmethod
    def named(cls, name):
        return cls(**SIZES[name])
`;
    const text = `from config import Config\n${MODEL.replace('width):', 'config: Config):\n        width = config.width')}`;
    const train = `import torch
from model import Config, Net
def main(name, config: Config | None = None):
    config = Config.named(name) if config is None else config
    model = Net(config)
    torch.nn.init.normal_(model.mid.weight, std=config.width**-1)
    torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
    const files = { 'model.py': text, 'config.py': config, 'train.py': train };
    const { models } = analyser.analyse(text, undefined, placeIn(files, 'model.py', ['train.py']));
    expect(models[0]?.weights.map(({ b }) => b)).toEqual([0, 0, 1, 0.5, null, 0.5]);
  });

  test('is as without it where the script takes more work than there is for one', () => {
    expect(trained({ 'train.py': COSTLY })[0]).toBe('null null 0');
  });
});

describe('a script that takes more work than there is', () => {
  const scaled = (key: string) => `${MODEL}
    def configure(self, lr, base):
        scale = self.mid.in_features / base
        groups = [{'params': self.parameters(), ${key}: 1 / scale}]
        return torch.optim.Adam(groups, lr=lr)
`;
  const unread = (key: string, scripts: Readonly<Record<string, string>>) => {
    const model = scaled(key);
    const place = placeIn({ 'model.py': model, ...scripts }, 'model.py', Object.keys(scripts));
    const [first] = analyser.analyse(model, undefined, place).models;
    return (first?.weights ?? []).flatMap(({ missing }) =>
      missing.flatMap((one) => (one.kind === 'unread-rate' ? [one.what] : [])),
    );
  };

  test('may multiply the rate by a number that the groups of the model have for it', () => {
    expect(new Set(unread("'lr_scale'", { 'train.py': COSTLY }))).toEqual(new Set(['lr_scale']));
  });

  test('or one that makes the optimizer of what is not followed, if it has the name of that number', () => {
    const train = (key: string) => `${IMPORT}from elsewhere import changed
model = Net(256)
opt = changed(model).configure(1e-3, 64)
for group in opt.param_groups:
    group['lr'] = 1e-3 * group.get('${key}', 1.0)
`;
    const after = (key: string) => unread("'factor'", { 'train.py': train(key) });
    expect(new Set(after('factor'))).toEqual(new Set(['factor']));
    expect(after('other')).toEqual([]);
  });

  test('leaves what groups have for the optimizer, and what no script reads', () => {
    expect(unread("'weight_decay'", { 'train.py': COSTLY })).toEqual([]);
    expect(unread("'lr_scale'", {})).toEqual([]);
  });
});

describe('scripts are run for the models of a file', () => {
  const SCRIPT = 'import torch\nfrom steps import *\nadvance(torch.optim.SGD([torch.zeros(3)], lr=1))\n';

  /** For which names of a file it is asked which scripts use them. */
  function askedOf(text: string): readonly (readonly string[])[] {
    const asked: (readonly string[])[] = [];
    const place = placeIn({ 'steps.py': text, 'train.py': SCRIPT }, 'steps.py', ['train.py']);
    const callers = (path: string, names: readonly string[]) => {
      asked.push(names);
      return place.workspace.callers?.(path, names) ?? [];
    };
    analyser.analyse(text, undefined, { ...place, workspace: { ...place.workspace, callers } });
    return asked;
  }

  test('and not for those of a file that has none and makes none', () => {
    const text = 'import torch\n\ndef advance(optimizer):\n    optimizer.step()\n';
    expect(askedOf(text)).toEqual([['advance']]);
  });

  test('also where it makes them without a class', () => {
    const text =
      'from torch import nn\n\ndef net(n):\n    return nn.Sequential(nn.Linear(3, n), nn.Linear(n, 1))\n';
    expect(askedOf(text)).toEqual([['net']]);
    expect(askedOf(MODEL)).toContainEqual(['Net']);
  });
});

test('a rate that a script sets is no more than a hint at the model', () => {
  const script = `${IMPORT}torch.optim.Adam(Net(256).parameters(), lr=1e-3)\n`;
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const { findings } = analyser.analyse(MODEL, { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
  const rates = findings.filter(({ code }) => code.startsWith('MUP3'));
  expect(rates.map(({ code, severity }) => `${code} ${severity}`)).toContain('MUP301 hint');
  expect(rates.filter(({ severity }) => severity !== 'hint')).toEqual([]);
});

describe('a switch of a script that is off by default', () => {
  const script = (use: string) => `${IMPORT}import argparse
from elsewhere import rebuild
parser = argparse.ArgumentParser()
parser.add_argument('--rebuild-it', action='store_true')
parser.add_argument('--zero', action='store_true')
args = parser.parse_args()
model = Net(256)
model.zero_head()
${use}
opt = torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
  const outline = (use: string, [before, after]: readonly string[] = []) => {
    const files = { 'model.py': MODEL, 'train.py': script(use).replace(before ?? '', after ?? '') };
    const [model] = analyser.analyse(MODEL, undefined, placeIn(files, 'model.py', ['train.py'])).models;
    return { b: model?.weights.map((one) => one.b), assumptions: model?.assumptions.join(' ') ?? '' };
  };

  test('is taken to be off where it turns on what is not read', () => {
    const { b, assumptions } = outline('if args.rebuild_it:\n    rebuild(model)');
    expect(b).toEqual(outline('').b);
    expect(assumptions).toContain('Assumes `rebuild_it` is off, as by default');
  });

  test('is either where what it turns on is read', () => {
    const { b, assumptions } = outline('if args.zero:\n    torch.nn.init.ones_(model.mid.weight)');
    expect(b).not.toEqual(outline('').b);
    expect(assumptions).not.toContain('is off');
  });

  test('may be the one that is meant where it has to do with widths', () => {
    const { assumptions } = outline('if args.rebuild_it:\n    rebuild(model, base_width=64)');
    expect(assumptions).not.toContain('is off');
  });

  test.each(['umup', 'usemup', 'use-mup', 'mup_init', 'muP', 'base-shapes', 'scaleByWidth'])(
    'may be the one that is meant where it is called as what scales by the width: --%s',
    (name) => {
      const given = outline(`if args.${name.replace('-', '_')}:\n    rebuild(model)`, ['rebuild-it', name]);
      expect(given.assumptions).not.toContain('is off');
    },
  );

  test.each([
    ['parse_args()', 'parse_args()\nargs.rebuild_it = True'],
    ['parse_args()', "parse_args(['--rebuild-it'])"],
    ['args = parser', 'parser.set_defaults(rebuild_it=True)\nargs = parser'],
    ["'--rebuild-it', action='store_true'", "'--rebuild-it', action='store_true', default=True"],
  ])('is not where the script turns it on itself', (before, after) => {
    const { assumptions } = outline('if args.rebuild_it:\n    rebuild(model)', [before, after]);
    expect(assumptions).not.toContain('is off');
  });

  test('has nothing to do with widths where it warms up', () => {
    const { assumptions } = outline('if args.rebuild_it:\n    rebuild(model, warmup=64)');
    expect(assumptions).toContain('is off');
  });

  test('is not where it is another one that is not known', () => {
    expect(outline('if args.other:\n    rebuild(model)').b).not.toEqual(outline('').b);
  });
});

describe('an optimizer that a script compares the name of', () => {
  const script = (preset: string, more = '') => `${IMPORT}import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--optimizer', default='${preset}', choices=['adamw', 'sgd'])
args = parser.parse_args()
model = Net(256)
if args.optimizer == 'sgd':
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
elif args.optimizer == 'adamw':
    opt = torch.optim.AdamW(model.parameters(), lr=3e-4)
${more}else:
    raise ValueError(args.optimizer)
`;

  test('is that of its default, which is said', () => {
    expect(trained({ 'train.py': script('adamw') })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 null']);
    expect(trained({ 'train.py': script('sgd') })[0]).toBe('sgd 0 0');
    const files = { 'model.py': MODEL, 'train.py': script('sgd') };
    const [model] = analyser.analyse(MODEL, undefined, placeIn(files, 'model.py', ['train.py'])).models;
    expect(model?.assumptions.join(' ')).toContain("Assumes `optimizer = 'sgd'`, as by default");
  });

  test('may be any where another one is made for scaled widths, or the code names one itself', () => {
    const mup = `elif args.optimizer == 'other':
    from mup import MuAdam
    opt = MuAdam(model.parameters(), lr=3e-4)
`;
    expect(trained({ 'train.py': script('sgd', mup) })[0]).toBe('null null 0');
    const named = script('sgd').replace('args = ', "parser.set_defaults(optimizer='adamw')\nargs = ");
    expect(trained({ 'train.py': named })[0]).toBe('null null 0');
  });
});

describe('an optimizer that a setting names', () => {
  const script = (make: string, name = 'AdamW') => `${IMPORT}import importlib
import inspect
def made(name, params, **more):
${make}
def main(width, optimizer: str | dict = '${name}'):
    made(optimizer, Net(width).parameters(), fused=torch.cuda.is_available())
`;
  const MAKES: readonly string[] = [
    '    return getattr(torch.optim, name)(params)',
    "    return getattr(importlib.import_module('torch.optim'), name)(params)",
    `    if isinstance(name, str):
        if '.' in name:
            home, name = name.rsplit('.', 1)
        else:
            home = 'torch.optim'
        maker = getattr(__import__(home, fromlist=[name]), name)
        known = set(inspect.signature(maker).parameters)
        more = {key: value for key, value in more.items() if key in known}
        return maker(params, **more)
    raise ValueError(name)`,
  ];

  test.each(MAKES)('is the one by default, which is said', (make) => {
    expect(trained({ 'train.py': script(make) })).toEqual(['adam 0 0', 'adam 0 0.5', 'adam 0 null']);
    expect(trained({ 'train.py': script(make, 'SGD') })[0]).toBe('sgd 0 0');
    const files = { 'model.py': MODEL, 'train.py': script(make) };
    const [model] = analyser.analyse(MODEL, undefined, placeIn(files, 'model.py', ['train.py'])).models;
    expect(model?.assumptions.join(' ')).toContain("Assumes `optimizer = 'AdamW'`, as by default");
  });

  test('with its module is that one', () => {
    expect(trained({ 'train.py': script(MAKES[2]!, 'torch.optim.SGD') })[0]).toBe('sgd 0 0');
  });

  test('is any where the code compares the name', () => {
    const make = `    if name == 'AdamW':
        return torch.optim.AdamW(params)
    return torch.optim.SGD(params)`;
    expect(trained({ 'train.py': script(make) })[0]).toBe('null null 0');
  });
});

describe('what a trainer is handed that is not read', () => {
  const script = (use: string) => `${IMPORT}import lightning as L
def main(width, path):
    fabric = L.Fabric(devices=1)
    model = Net(width)
    model.zero_head()
    model = fabric.setup(model)
    optimizer = fabric.setup_optimizers(torch.optim.AdamW(model.parameters(), lr=3e-4))
    state = {'model': model, 'optimizer': optimizer}
${use}
    for x in ():
        loss = model(x)
        optimizer.step()
`;
  const read = ['adam 0 0', 'adam 0 0.5', 'adam 0 zero'];

  test.each([
    '    fabric.load_raw(path, model)',
    '    fabric.load(path, state)',
    '    with fabric.no_backward_sync(model, enabled=True):\n        pass',
    '    for group in optimizer.param_groups:\n        group["lr"] = optimizer.defaults["lr"] / fabric.world_size',
    '    for group in optimizer.param_groups:\n        group["lr"] = 1e-3 / torch.cuda.device_count()',
  ])('is trained as it was, and goes on with what an earlier run kept: %s', (use) => {
    expect(trained({ 'train.py': script(use) })).toEqual(read);
  });

  test.each(['    fabric.load_scaled(path, model)', '    fabric.load(model)'])(
    'may start otherwise where a name does not say so: %s',
    (use) => {
      expect(trained({ 'train.py': script(use) })).not.toEqual(read);
    },
  );
});

describe('a layer that is given another function that starts it', () => {
  const script = (when: string) => `${IMPORT}from functools import partial
from elsewhere import sharded
def start(layer):
    torch.nn.init.zeros_(layer.weight)
def main(width, shards):
    model = Net(width)
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            layer.reset_parameters = partial(start, layer)
${when}        for layer in model.modules():
            layer.reset_parameters()
    torch.optim.AdamW(model.parameters(), lr=3e-4)
`;
  const outline = (when: string) => {
    const files = { 'model.py': MODEL, 'train.py': script(when) };
    const [model] = analyser.analyse(MODEL, undefined, placeIn(files, 'model.py', ['train.py'])).models;
    const matrices = (model?.weights ?? []).filter(({ name }) => name.endsWith('.weight'));
    return { b: matrices.map(({ b }) => b), assumptions: model?.assumptions.join(' ') };
  };

  test('starts by it, be it called by what shards the model', () => {
    const { b, assumptions } = outline('    if not isinstance(shards, sharded):\n');
    expect(b).toEqual(['zero', 'zero', 'zero']);
    expect(assumptions).toContain('Assumes `reset_parameters` is called before training');
    expect(outline('    if True:\n').assumptions).not.toContain('reset_parameters');
  });
});

describe('what a configuration computes by its methods', () => {
  const script = (warmup: string) => `${IMPORT}from dataclasses import dataclass
@dataclass
class Args:
    steps: int = 10
    rows: int = 64
    def warmup(self, every):
${warmup}
def main(width, args: Args = Args()):
    model = Net(width)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    for step in range(args.steps):
        for group in optimizer.param_groups:
            group['lr'] = 3e-4 * step / args.warmup(4)
        optimizer.step()
`;

  test('is known, and nothing is divided by 0', () => {
    const counted = '        if self.steps:\n            return self.steps // every\n        return 0';
    expect(trained({ 'train.py': script(counted) })[0]).toBe('adam 0 0');
  });
});
