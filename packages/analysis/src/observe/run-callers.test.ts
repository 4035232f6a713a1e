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
    const train = (key: string) => `${IMPORT}from elsewhere import prepare
model = Net(256)
opt = prepare(model).configure(1e-3, 64)
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
