import { describe, expect, test } from 'vitest';
import { missingIn } from '../../../test/check-findings.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { problemsOf } from '../../words/row-judgement.ts';

const analyser = await loadTestAnalyser();

const NET = `import mup
import torch
from torch import nn
import torch.nn.functional as F
from mup import MuAdam, MuAdamW, MuReadout, MuSGD, MuSharedReadout, get_shapes, make_base_shapes, set_base_shapes

class Net(nn.Module):
    def __init__(self, breadth, inner, tokens=50):
        super().__init__()
        self.embed = nn.Embedding(tokens, breadth)
        self.up = nn.Linear(breadth, inner)
        self.down = nn.Linear(inner, breadth)
        self.norm = nn.LayerNorm(breadth)
        self.narrow = nn.Linear(7, 7)
        self.head = MuReadout(breadth, tokens, output_mult=2.0)
        self.shared = MuSharedReadout(self.embed.weight, bias=False)
        self.again = MuReadout(breadth, 3, readout_zero_init=True)

    def forward(self, x):
        h = self.embed(x)
        h = self.norm(h + self.down(F.relu(self.up(h))))
        return self.head(h), self.shared(h), self.again(h), self.narrow(x)

`;

const SET = 'net = Net(w, 4 * w)\nset_base_shapes(net, Net(32, 128), delta=Net(48, 192))\n';

const WEIGHTS: readonly string[] = 'embed up down norm narrow head again'
  .split(' ')
  .map((name) => `${name}.weight`);

function modelOf(script: string) {
  const prepare = `def prepare(w, args):\n${script.replaceAll(/^(?=.)/gm, '    ')}`;
  const { models } = analyser.analyse(NET + prepare);
  return models[0];
}

/** One exponent of each weight. */
function exponents(script: string, key: 'b' | 'c', names = WEIGHTS) {
  const rows = modelOf(script)?.weights ?? [];
  return names.map((name) => rows.find((row) => row.name === name)?.[key]);
}

// The numbers are those of mup 1.0.0 at widths 64, 256 and 1024.
describe("mup's optimizers", () => {
  for (const name of ['MuAdam', 'MuAdamW', 'mup.optim.MuAdamW', 'mup.MuAdam']) {
    test(`shrink the rate of matrices: ${name}`, () => {
      const trained = `${SET}${name}(net.parameters(), lr=0.1, weight_decay=0.1)\n`;
      expect(exponents(trained, 'c')).toEqual([0, 1, 1, 0, 0, 0, 0]);
    });
  }

  test('enlarge that of vectors for SGD', () => {
    expect(exponents(`${SET}MuSGD(net.parameters(), lr=0.1)\n`, 'c')).toEqual([-1, 0, 0, -1, 0, -1, -1]);
    const biases = ['up.bias', 'narrow.bias', 'head.bias'];
    expect(exponents(`${SET}MuSGD(net.parameters(), lr=0.1)\n`, 'c', biases)).toEqual([-1, 0, 0]);
  });

  test('take a table of positions with one dimension that grows, wherever it stands, for a vector', () => {
    const source = `import torch
from torch import nn
from mup import MuReadout, MuSGD, set_base_shapes

class Net(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.places = nn.Parameter(torch.zeros(1, 16, w))
        self.mixes = nn.Parameter(torch.zeros(1, w, w))
        self.head = MuReadout(w, 7)

    def forward(self, x):
        return self.head((x + self.places) @ self.mixes)

def prepare(w):
    net = Net(w)
    set_base_shapes(net, Net(32), delta=Net(48))
    return MuSGD(net.parameters(), lr=0.1)
`;
    const [model] = analyser.analyse(source).models;
    const c = (name: string) => model?.weights.find((row) => row.name === name)?.c;
    expect([c('places'), c('mixes'), c('head.weight')]).toEqual([-1, null, -1]);
  });

  test('go on from the rates of groups', () => {
    const groups = `${SET}MuAdam([{'params': net.up.parameters(), 'lr': 0.1 / w}, {'params': net.head.parameters()}], lr=0.1)\n`;
    expect(exponents(groups, 'c', ['up.weight', 'up.bias', 'head.weight'])).toEqual([2, 1, 0]);
  });

  test('take other updates of the same kind, and leave those of another unread', () => {
    const trained = (impl: string) => `${SET}MuAdam(net.parameters(), impl=torch.optim.${impl}, lr=0.1)\n`;
    expect(exponents(trained('NAdam'), 'c')).toEqual([0, 1, 1, 0, 0, 0, 0]);
    expect(exponents(trained('Adadelta'), 'c')).toEqual(WEIGHTS.map(() => null));
  });

  test('say nothing without base shapes', () => {
    const trained = 'net = Net(w, 4 * w)\nMuAdam(net.parameters(), lr=0.1)\n';
    expect(exponents(trained, 'c')).toEqual(WEIGHTS.map(() => null));
    expect(missingIn(modelOf(trained)).join('\n')).toContain(
      'what mup.MuAdam (line 26) does to its learning rate is not read',
    );
  });

  test('are as others where a model is its own base', () => {
    const trained = 'net = set_base_shapes(Net(w, 4 * w), None)\nMuAdam(net.parameters(), lr=0.1)\n';
    expect(exponents(trained, 'c')).toEqual(WEIGHTS.map(() => 0));
  });

  test('have rates that are written over', () => {
    const trained = `${SET}o = MuAdam(net.parameters(), lr=0.1)\nfor g in o.param_groups:\n    g['lr'] = 0.1\n`;
    expect(exponents(trained, 'c')).toEqual(WEIGHTS.map(() => 0));
  });
});

describe('base shapes', () => {
  test('let readouts and biases start larger by the root of what grows', () => {
    expect(exponents(SET, 'b')).toEqual([-0.5, 0.5, 0.5, 0, 0, 0, 'zero']);
    expect(exponents(SET, 'b', ['up.bias', 'norm.bias', 'narrow.bias', 'head.bias', 'again.bias'])).toEqual([
      0,
      'zero',
      0,
      0,
      'zero',
    ]);
  });

  test('leave a model alone that asks for that', () => {
    const kept = SET.replace('delta', 'rescale_params=False, delta');
    expect(exponents(kept, 'b')).toEqual([0, 0.5, 0.5, 0, 0, 0.5, 'zero']);
  });

  test('come from a file, too', () => {
    const loaded = "net = Net(w, 4 * w)\nset_base_shapes(net, 'base.bsh')\nMuSGD(net.parameters(), lr=0.1)\n";
    expect(exponents(loaded, 'b', ['head.weight'])).toEqual([0]);
    const assumption = 'Assumes base shapes are set, and differ from the model in what you scale.';
    expect(modelOf(loaded)?.assumptions).toContain(assumption);
    expect(modelOf(SET)?.assumptions).not.toContain(assumption);
    expect(modelOf(`# widthwise: width(breadth, inner)\n${loaded}`)?.weights.map(({ c }) => c)).toContain(-1);
  });

  test('of which a switch may have none are those of the switch', () => {
    const either =
      'net = Net(w, 4 * w)\nif args.base:\n    set_base_shapes(net, args.base)\nelse:\n    set_base_shapes(net, None)\nMuAdam(net.parameters(), lr=0.1)\n# widthwise: width(breadth, inner)\n';
    expect(exponents(either, 'b', ['up.weight', 'up.bias', 'head.weight'])).toEqual([0.5, 0, 0]);
    expect(exponents(either, 'c')).toEqual([0, 1, 1, 0, 0, 0, 0]);
    expect(modelOf(either)?.assumptions.join()).toContain('Assumes base shapes are set');
  });

  test('show the widths: that in which base and delta differ', () => {
    expect(modelOf(SET)?.widths).toEqual(['breadth', 'inner']);
    const narrow = 'net = Net(w, 128)\nset_base_shapes(net, Net(32, 128), delta=Net(48, 128))\n';
    expect(modelOf(narrow)?.widths).toEqual(['breadth']);
    const shapes =
      "make_base_shapes(get_shapes(Net(32, 128)), get_shapes(Net(48, 192)), 'base.bsh')\nnet = Net(w, 4 * w)\nset_base_shapes(net, 'base.bsh')\n";
    expect(modelOf(shapes)?.widths).toEqual(['breadth', 'inner']);
  });
});

describe("mup's readouts", () => {
  test('divide by how much wider they are', () => {
    const a = modelOf(SET)?.weights.map(({ name, a: exponent }) => `${name} ${exponent}`);
    expect(a).toEqual(expect.arrayContaining(['up.weight 0', 'head.weight 1', 'again.weight 1']));
  });

  test('need no advice to divide where they share the weight of an embedding', () => {
    const problems = problemsOf(modelOf(SET)?.weights ?? []).join();
    expect(problems).not.toContain('multiply what it gives as the readout');
  });

  test('divide by nothing that is known without base shapes', () => {
    const a = modelOf('net = Net(w, 4 * w)\n')?.weights.map(({ name, a: exponent }) => `${name} ${exponent}`);
    expect(a).toContain('head.weight null');
  });
});

describe("mup's initializers", () => {
  for (const call of [
    'normal_(p, std=0.5)',
    'kaiming_normal_(p)',
    "kaiming_uniform_(p, mode='fan_out')",
    'xavier_uniform_(p)',
    'uniform_(p, -1, 1)',
    'trunc_normal_(p, std=0.1)',
  ]) {
    test(`shrink matrices alone: ${call}`, () => {
      const after = `for p in net.parameters():\n    if p.ndim > 1:\n        mup.init.${call}\n`;
      expect(exponents(SET + after, 'b')).toEqual([0, 0.5, 0.5, 0, 0, 0, 0]);
      expect(exponents(`net = Net(w, 4 * w)\n${after}`, 'b', ['up.weight'])).toEqual([null]);
    });
  }
});
