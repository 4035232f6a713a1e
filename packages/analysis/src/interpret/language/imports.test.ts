import { describe, expect, it } from 'vitest';
import { matricesOf } from '../../../test/check-findings.ts';
import { placeIn } from '../../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../../options.ts';

const analyser = await loadTestAnalyser();

/** The rows of the models of one file: `Net: fc.weight n × n, …`. */
function tableOf(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const { models, unread } = analyser.analyse(files[path] ?? '', undefined, placeIn(files, path));
  expect(unread).toEqual([]);
  return models.map(
    (model) =>
      `${model.name}: ${matricesOf(model)
        .map((row) => `${row.name} ${row.shape}`)
        .join(', ')}`,
  );
}

const LAYERS = `import torch
from torch import nn

class Mlp(nn.Module):
    def __init__(self, n, m=4):
        super().__init__()
        self.up = nn.Linear(n, m * n)
        self.down = nn.Linear(m * n, n)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))
`;

/** A model whose part comes from elsewhere, by whatever name. */
function netWith(imports: string, part: string): string {
  return `import torch
from torch import nn
${imports}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.emb = nn.Linear(10, n)
        self.mlp = ${part}(n)
        self.head = nn.Linear(n, 1)

    def forward(self, x):
        return self.head(self.mlp(self.emb(x)))
`;
}

const ROWS = ['Net: emb.weight n × 10, mlp.up.weight 4·n × n, mlp.down.weight n × 4·n, head.weight 1 × n'];

describe('imports of a file', () => {
  it.each([
    ['from layers import Mlp', 'Mlp'],
    ['from layers import Mlp as Block', 'Block'],
    ['import layers', 'layers.Mlp'],
    ['import layers as l', 'l.Mlp'],
    ['from layers import *', 'Mlp'],
    ['try:\n    from layers import Mlp\nexcept ImportError:\n    raise', 'Mlp'],
    ['from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\nfrom layers import Mlp', 'Mlp'],
  ])('are read as if their code stood in it: %s', (imports, part) => {
    expect(tableOf({ 'layers.py': LAYERS, 'net.py': netWith(imports, part) }, 'net.py')).toEqual(ROWS);
  });

  it.each([
    ['from .blocks.layers import Mlp', 'Mlp', ''],
    ['from .blocks import Mlp', 'Mlp', 'from .layers import Mlp'],
    ['from .blocks import *', 'Mlp', "from .layers import *\n__all__ = ['Mlp']"],
    ['from . import blocks', 'blocks.Mlp', 'from .layers import Mlp'],
    ['from . import blocks', 'blocks.layers.Mlp', ''],
    ['from p import blocks', 'blocks.Mlp', 'from p.blocks.layers import Mlp as M\nMlp = M'],
    ['import p.blocks.layers', 'p.blocks.layers.Mlp', ''],
  ])('are followed through packages: %s', (imports, part, init) => {
    const files = {
      'p/__init__.py': '',
      'p/blocks/__init__.py': init,
      'p/blocks/layers.py': LAYERS,
      'p/net.py': netWith(imports, part),
    };
    expect(tableOf(files, 'p/net.py')).toEqual(ROWS);
  });

  it('are followed name by name where one statement imports several', () => {
    const more = `${LAYERS}\nclass Head(nn.Linear):\n    pass\n`;
    const files = {
      'layers.py': more,
      'all.py': 'from layers import Head, Mlp',
      'net.py': netWith('from all import Head, Mlp', 'Mlp').replace('nn.Linear(n, 1)', 'Head(n, 1)'),
    };
    expect(tableOf(files, 'net.py')).toEqual(ROWS);
  });

  it('are followed through a package that takes names over from the file itself', () => {
    const files = {
      'parts/__init__.py': 'from .layers import *\nfrom .net import *\n',
      'parts/layers.py': LAYERS,
      'parts/net.py': netWith('from parts import Mlp', 'Mlp'),
    };
    expect(tableOf(files, 'parts/net.py')).toEqual(ROWS);
  });

  it('do not take over what a star does not give', () => {
    const files = {
      'layers.py': `${LAYERS}\n__all__ = []\n`,
      'net.py': netWith('from layers import *', 'Mlp'),
    };
    expect(tableOf(files, 'net.py').join()).not.toContain('up.weight');
  });

  it('give a class its bases, methods and forward pass', () => {
    const files = {
      'base.py': `from torch import nn
class Base(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.body = nn.Linear(n, n)
        self.apply(self._init)
    def _init(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=STD)
    def forward(self, x):
        return self.head(self.body(self.emb(x)))
STD = 0.02
`,
      'net.py': `from torch import nn
import base
class Net(base.Base):
    def __init__(self, n):
        super().__init__(n)
        self.emb = nn.Linear(10, n)
        self.head = nn.Linear(n, 1)
`,
    };
    const { models } = analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py'));
    expect(models.flatMap(matricesOf).map(({ name, role, b }) => [name, role, b])).toEqual([
      ['body.weight', 'hidden', 0],
      ['emb.weight', 'input', 0],
      ['head.weight', 'output', 0.5],
    ]);
  });

  it('run a function on the names of its own module', () => {
    const files = {
      'init.py': `from torch import nn
std = 0.02
def init(linear):
    nn.init.normal_(linear.weight, std=std)
`,
      'net.py': `from torch import nn
from init import init
std = 'another'
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.emb = nn.Linear(10, n)
        self.mid = nn.Linear(n, n)
        self.head = nn.Linear(n, 1)
        init(self.mid)
    def forward(self, x):
        return self.head(self.mid(self.emb(x)))
`,
    };
    const options = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;
    const { models, findings } = analyser.analyse(files['net.py'], options, placeIn(files, 'net.py'));
    expect(models.flatMap(matricesOf).map(({ b }) => b)).toEqual([0, 0, 0.5]);
    const found = findings.filter(({ code }) => code === 'MUP101');
    expect(
      found.map(({ span, related }) => [files['net.py'].slice(span.start, span.end), related[0]?.message]),
    ).toEqual([['init(self.mid)', 'what it calls stands in `init`, line 4']]);
  });

  it('may go round', () => {
    const files = {
      'a.py': `from torch import nn
from b import B
class A(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.b = B(n)
    def forward(self, x):
        return self.b(x)
class Base(nn.Module):
    pass
`,
      'b.py': `from torch import nn
from a import Base
class B(Base):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(10, n)
    def forward(self, x):
        return self.fc(x)
`,
    };
    expect(tableOf(files, 'a.py')[0]).toBe('A: b.fc.weight n × 10');
    expect(tableOf(files, 'b.py')).toEqual(['B: fc.weight n × 10']);
  });

  it('that go round without end give nothing', () => {
    const files = {
      'a.py': netWith('from b import Mlp', 'Mlp'),
      'b.py': 'from c import Mlp',
      'c.py': 'from b import Mlp',
    };
    expect(tableOf(files, 'a.py').join()).not.toContain('up.weight');
  });

  it('give the same whichever file was analysed before', () => {
    const files = { 'layers.py': LAYERS, 'net.py': netWith('from layers import Mlp', 'Mlp') };
    const once = analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py'));
    analyser.analyse(files['layers.py'], undefined, placeIn(files, 'layers.py'));
    expect(analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py'))).toEqual(once);
    expect(once.imported).toEqual(['/w/layers.py']);
  });

  it('are read anew when they change', () => {
    const files = { 'layers.py': LAYERS, 'net.py': netWith('from layers import Mlp', 'Mlp') };
    expect(tableOf(files, 'net.py')).toEqual(ROWS);
    const changed = { ...files, 'layers.py': LAYERS.replace('m=4', 'm=2') };
    expect(tableOf(changed, 'net.py')[0]).toContain('mlp.up.weight 2·n × n');
  });

  it('leave what is larger than is read as it is without them', () => {
    const long = `${LAYERS}${'# more\n'.repeat(200_000)}`;
    const files = { 'layers.py': long, 'net.py': netWith('from layers import Mlp', 'Mlp') };
    expect(tableOf(files, 'net.py').join()).not.toContain('up.weight');
  });
});

describe('what a module does to layers of a library when it is imported', () => {
  const START = `from torch import nn
def reset_parameters(self):
    nn.init.normal_(self.weight, std=0.02)
`;
  const startOf = (imports: string, patch: string) => {
    const files = {
      'net.py': netWith(`from layers import Mlp\n${imports}`, 'Mlp'),
      'layers.py': LAYERS,
      'patch.py': `${START}${patch}`,
    };
    const { models } = analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py'));
    return models[0]?.weights.find(({ name }) => name === 'emb.weight')?.b;
  };

  it.each(['import patch', 'from patch import reset_parameters'])(
    'leaves their start open: %s',
    (imports) => {
      expect(startOf(imports, 'nn.Linear.reset_parameters = reset_parameters')).toBeNull();
    },
  );

  it.each([
    'nn.Linear = reset_parameters',
    'nn.init.kaiming_uniform_ = reset_parameters',
    'nn.Linear.__init__ = reset_parameters',
  ])('leaves open what it replaces: %s', (patch) => {
    expect(startOf('import patch', patch) ?? null).toBeNull();
  });

  it('leaves open the factors of layers and of models whose forward pass it replaces', () => {
    const factorOf = (patch: string) => {
      const files = {
        'net.py': netWith('from layers import Mlp', 'Mlp'),
        'layers.py': LAYERS,
        'train.py': 'import patch\nfrom net import Net\nnet = Net(64)\n',
        'patch.py': `from torch.nn import functional as F\nimport net\nfrom net import Net\ndef other(*given):\n    return 0\n${patch}`,
      };
      const { models } = analyser.analyse(files['net.py'], undefined, placeIn(files, 'net.py', ['train.py']));
      return models[0]?.weights.find(({ name }) => name === 'head.weight')?.a;
    };
    for (const patch of ['F.linear = other', 'Net.forward = other', 'net.Net.forward = other'])
      expect(factorOf(patch), patch).toBeNull();
    for (const patch of ['F.conv1d = other', 'Net.other = other']) expect(factorOf(patch), patch).toBe(0);
  });

  it('is nothing where it does so to other layers, or in a function that nobody calls', () => {
    expect(startOf('import patch', 'nn.Conv2d.reset_parameters = reset_parameters')).toBe(0);
    expect(startOf('import patch', 'def off():\n    nn.Linear.reset_parameters = reset_parameters')).toBe(0);
  });
});
