import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** A network of mup's with the parts that are said, made and trained as the script says. */
function found(
  {
    readout = 'MuReadout(n, 4)',
    init = 'pass',
    features = 'torch.tanh(self.b(torch.tanh(self.a(x))))',
  }: { readonly readout?: string; readonly init?: string; readonly features?: string },
  ...script: readonly string[]
) {
  const source = `
import mup
import torch
from mup import MuAdam, MuReadout, MuSGD, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.a = nn.Linear(16, n, bias=False)
        self.b = nn.Linear(n, n, bias=False)
        self.norm = nn.LayerNorm(n)
        self.c = ${readout}
        ${init}

    def forward(self, x):
        return self.c(${features})

def build(n, lr, args):
    net = Net(n)
    ${script.join('\n    ')}
`;
  return analyse(source).findings.map(({ code, weights, span, severity }) => ({
    code,
    weights,
    severity,
    text: source.slice(span.start, span.end),
  }));
}

const SET = 'set_base_shapes(net, Net(32), delta=Net(48))';
const RESTART = 'nn.init.normal_(net.b.weight, std=0.02)';
const TRAIN = 'return MuAdam(net.parameters(), lr=lr)';
const codes = (...given: Parameters<typeof found>) =>
  found(...given).map(({ code, weights }) => `${code} ${weights.join(' ')}`.trim());

test('a model as mup wants it has no finding', () => {
  expect(codes({}, SET, TRAIN)).toEqual([]);
  expect(codes({}, SET, 'mup.init.normal_(net.b.weight, std=0.02)', TRAIN)).toEqual([]);
});

test("nor has mup's own example, without an activation in front of its readout", () => {
  const features = 'self.a(x)';
  const start = 'for p in net.parameters(): mup.init.uniform_(p, -0.1, 0.1)';
  for (const optimizer of ['MuAdam', 'MuSGD']) {
    expect(
      codes(
        { features, init: 'self.b = nn.Identity()' },
        SET,
        start,
        `return ${optimizer}(net.parameters(), lr=lr)`,
      ),
    ).toEqual([]);
  }
});

test('a delta that is made of the same as the base turns μP off: MuAdam divides no rate a second time', () => {
  const same = 'set_base_shapes(net, Net(32), delta=Net(32))';
  expect(codes({}, same, TRAIN)).toEqual(['MUP406']);
  expect(codes({}, same, 'return MuAdam(net.parameters(), lr=lr / n)')).toEqual([
    'MUP406',
    'MUP303 a.weight',
  ]);
  expect(codes({}, same.replace('delta=Net(32)', 'delta=Net(lr)'), TRAIN)).toEqual([]);
});

describe('a readout that is a plain linear layer', () => {
  const readout = 'nn.Linear(n, 4)';

  test('is told where it is made, in place of its start and rate', () => {
    expect(found({ readout }, SET, TRAIN)).toMatchObject([
      { code: 'MUP401', weights: ['c.weight'], text: 'nn.Linear(n, 4)', severity: 'warning' },
    ]);
  });

  test('is told beside an optimizer that asks for no base shapes, whose rates are another mistake', () => {
    expect(codes({ readout }, SET, 'return torch.optim.Adam(net.parameters(), lr=lr)')).toEqual([
      'MUP401 c.weight',
      'MUP404 b.weight',
    ]);
  });

  test('is told under SGD of mup, which multiplies its rate by the width', () => {
    expect(codes({ readout }, SET, 'return MuSGD(net.parameters(), lr=lr)')).toEqual(['MUP401 c.weight']);
  });

  test('is the affair of other rules without base shapes', () => {
    expect(codes({ readout }, 'return torch.optim.Adam(net.parameters(), lr=lr)')).not.toContain(
      'MUP401 c.weight',
    );
  });
});

describe('a size that goes with the width, given to mup.init', () => {
  const start = (std: string, weight = 'b') => [
    SET,
    `mup.init.normal_(net.${weight}.weight, std=${std})`,
    TRAIN,
  ];

  test('is told where it is given, for a matrix and for an input weight', () => {
    expect(found({}, ...start('n ** -0.5'))).toMatchObject([
      { code: 'MUP402', weights: ['b.weight'], text: 'mup.init.normal_(net.b.weight, std=n ** -0.5)' },
    ]);
    expect(codes({}, ...start('n ** -0.5', 'a'))).toEqual(['MUP402 a.weight']);
    expect(codes({}, ...start('n ** 0.5'))).toEqual(['MUP402 b.weight']);
  });

  test('is told where it is given, whatever number multiplies the weight afterwards', () => {
    const scaled = (std: string) => start(std).toSpliced(2, 0, 'net.b.weight.data.mul_(0.5)');
    expect(found({}, ...scaled('n ** -0.5'))).toMatchObject([
      { code: 'MUP402', weights: ['b.weight'], text: 'mup.init.normal_(net.b.weight, std=n ** -0.5)' },
    ]);
    expect(codes({}, ...scaled('0.5'))).toEqual([]);
  });

  test('is told on the one way that gives it, whatever others start the weight with', () => {
    const either = (std: string) => [
      SET,
      'if args.spectral:',
      '    start(net)',
      'else:',
      `    mup.init.normal_(net.b.weight, std=${std})`,
      TRAIN,
    ];
    expect(codes({}, ...either('n ** -0.5'))).toEqual(['MUP402 b.weight']);
    expect(codes({}, ...either('0.02'))).toEqual([]);
  });

  test('is not one that goes with the base, whose size stays as the model grows', () => {
    const started = (size: string, std: string) =>
      analyse(`
import mup
import torch
from mup import MuAdam, MuReadout, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(16, width, bias=False)
        self.b = nn.Linear(width, width, bias=False)
        self.c = MuReadout(width, 4)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))

SMALL = 32
LARGE = 512
net = Net(${size})
set_base_shapes(net, Net(SMALL), delta=Net(2 * SMALL))
mup.init.normal_(net.b.weight, std=${std})
optimizer = MuAdam(net.parameters(), lr=1e-3)
`).findings.map(({ code }) => code);
    expect(started('512', 'SMALL ** -0.5')).toEqual([]);
    expect(started('SMALL * 8', 'SMALL ** -0.5')).toEqual([]);
    expect(started('LARGE', 'SMALL ** -0.5')).toEqual([]);
    expect(started('LARGE', 'LARGE ** -0.5')).toEqual(['MUP402']);
  });

  test('is right if it is constant, and nothing is said of one that is not read', () => {
    expect(codes({}, ...start('0.5'))).toEqual([]);
    expect(codes({}, ...start('std_of(n)'))).toEqual([]);
  });
});

describe('an optimizer of mup', () => {
  test('is told where no base shapes are set', () => {
    expect(found({}, TRAIN)).toMatchObject([{ code: 'MUP403', text: 'MuAdam(net.parameters(), lr=lr)' }]);
  });

  test('is told where they are set after it alone, beside what starts anew behind them', () => {
    const late = [TRAIN.replace('return', 'made ='), SET];
    expect(found({}, ...late, 'return made').map(({ code }) => code)).toEqual(['MUP403']);
    expect(found({}, ...late, RESTART, 'return made').map(({ code }) => code)).toEqual(['MUP403', 'MUP405']);
  });

  test('is not told where another function sets them, of which the order is not followed', () => {
    const prepare = ['def prepare(net):', `    ${SET}`];
    const before = [...prepare, 'prepare(net)', TRAIN];
    const behind = [...prepare, TRAIN.replace('return', 'made ='), 'prepare(net)', 'return made'];
    for (const script of [before, behind])
      expect(found({}, ...script).map(({ code }) => code)).not.toContain('MUP403');
  });

  test('is right where they may be set on a condition, or come from a file', () => {
    expect(codes({}, 'if args.base:', `    ${SET}`, TRAIN)).not.toContain('MUP403');
    expect(codes({}, "set_base_shapes(net, 'base.bsh')", TRAIN)).toEqual([]);
  });
});

describe("an initializer of mup's before base shapes", () => {
  const early = 'mup.init.normal_(self.b.weight, std=0.02)';

  test('in the constructor is told where it stands, whatever sets them later', () => {
    expect(found({ init: early }, SET, TRAIN)).toMatchObject([
      { code: 'MUP403', weights: ['b.weight'], text: early, severity: 'warning' },
    ]);
  });

  test('is silent where it is asked whether there are some, and where something that is not read may set them', () => {
    const asked = `if hasattr(self.b.weight, 'infshape'): ${early}`;
    expect(codes({ init: asked }, SET, TRAIN)).toEqual([]);
    expect(codes({ init: `prepare(self); ${early}` }, SET, TRAIN)).toEqual([]);
  });

  test('is silent in a method that is called once they are set', () => {
    const methods = `pass

    def start(self):
        ${early}`;
    expect(codes({ init: methods }, SET, 'net.start()', TRAIN)).toEqual([]);
  });
});

describe("an initializer of PyTorch's after base shapes", () => {
  test('is told in place of MUP101', () => {
    expect(found({}, SET, RESTART, TRAIN)).toMatchObject([
      { code: 'MUP405', weights: ['b.weight'], text: RESTART },
    ]);
  });

  test('before them is the affair of MUP101', () => {
    expect(codes({}, RESTART, SET, TRAIN)).toEqual(['MUP101 b.weight']);
  });

  test('that goes by fans is told for an input weight in place of MUP103, and is right for a matrix', () => {
    const all = 'for p in net.parameters(): nn.init.xavier_normal_(p) if p.dim() > 1 else None';
    expect(found({}, SET, all, TRAIN)).toMatchObject([{ code: 'MUP405', weights: ['a.weight'] }]);
    expect(codes({}, SET, 'nn.init.kaiming_normal_(net.a.weight)', TRAIN)).toEqual([]);
    expect(codes({}, SET, 'nn.init.normal_(net.a.weight, std=n ** -0.5)', TRAIN)).toEqual([
      'MUP103 a.weight',
    ]);
    expect(codes({}, SET, all.replace('nn.init', 'mup.init'), TRAIN)).toEqual([]);
  });

  test('that starts as μP does is right', () => {
    expect(codes({}, SET, 'nn.init.normal_(net.b.weight, std=n ** -0.5)', TRAIN)).toEqual([]);
  });
});

describe('base shapes of its own', () => {
  test('are told where they are set, and rates are not told besides', () => {
    expect(found({}, 'set_base_shapes(net, None)', TRAIN)).toMatchObject([
      { code: 'MUP406', text: 'set_base_shapes(net, None)', severity: 'information' },
    ]);
    expect(codes({}, 'set_base_shapes(net, Net(n))', TRAIN)).toContain('MUP406');
  });

  test('are told where model and base are made of the same numbers', () => {
    const sized = (base: string) => [`fixed = Net(256)`, `set_base_shapes(fixed, ${base})`, 'return fixed'];
    expect(codes({}, ...sized('Net(256)'))).toContain('MUP406');
    expect(codes({}, ...sized('Net(64)'))).not.toContain('MUP406');
    expect(codes({}, ...sized('Net(256), delta=Net(512)'))).not.toContain('MUP406');
  });

  test('are told where base and delta differ in nothing that a parameter is as long as', () => {
    const source = (set: string, size = 'n * inner') => `
import mup
from torch import nn

class Net(nn.Module):
    def __init__(self, n, parts=4, inner=8):
        super().__init__()
        self.parts = n // parts
        size = ${size}
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, size)
        self.m = nn.Linear(size, 32)
        self.c = mup.MuReadout(32, 4)

    def forward(self, x):
        return self.c(self.m(self.b(self.a(x))))

def build(n, lr):
    base, net = Net(32), Net(n)
    mup.set_base_shapes(net, ${set})
    return mup.MuAdam(net.parameters(), lr=lr)

build(512, 0.1)
`;
    const isTold = (...parts: Parameters<typeof source>) =>
      analyse(source(...parts)).findings.some(({ code }) => code === 'MUP406');
    expect(isTold('base, delta=Net(32)')).toBe(true);
    expect(isTold('base, delta=Net(32, parts=8)')).toBe(true);
    expect(isTold('net, delta=Net(64)')).toBe(true);
    expect(isTold('base, delta=Net(64)')).toBe(false);
    expect(isTold('base, delta=Net(32, inner=16)')).toBe(false);
    expect(isTold('base, delta=Net(lr)')).toBe(false);
    expect(isTold('base, delta=Net(32, parts=8)', 'hash(str(parts))')).toBe(false);
  });

  test('are no matter where a switch gives those of another', () => {
    const either = ['if args.base:', `    ${SET}`, 'else:', '    set_base_shapes(net, None)', TRAIN];
    expect(codes({}, ...either)).not.toContain('MUP406');
    expect(codes({}, 'set_base_shapes(net, Net(32), delta=Net(48))', TRAIN)).not.toContain('MUP406');
  });
});

test('a readout that starts too large in a model with base shapes is to be a MuReadout', () => {
  const source = (set: string, readout: string) => `
import torch
from mup import MuReadout, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(16, n, bias=False)
        self.c = ${readout}

    def forward(self, x):
        return self.c(torch.tanh(self.a(x)))

def build(n, lr):
    net = Net(n)
    ${set}
    return net
`;
  const fixes = (set: string, readout = 'nn.Linear(n, 4, bias=False)') =>
    analyse(source(set, readout)).findings.flatMap((one) =>
      one.code === 'MUP104' ? one.fixes.map(({ text }) => text) : [],
    );
  expect(fixes(SET).filter((text) => text.includes('mup.MuReadout'))).toHaveLength(1);
  expect(fixes('pass').some((text) => text.includes('Start it at zero'))).toBe(true);
  expect(fixes('pass').filter((text) => text.includes('MuReadout'))).toEqual([]);
  const started = 'MuReadout(n, 4, bias=False)\n        nn.init.normal_(self.c.weight, std=0.02)';
  expect(fixes(SET, started)).toEqual([expect.stringContaining('once base shapes are set')]);
});
