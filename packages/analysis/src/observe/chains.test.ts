import { describe, expect, test } from 'vitest';
import { analyse, findingsOf } from '../../test/check-findings.ts';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const analyser = await loadTestAnalyser();

const HEAD = 'import torch\nfrom torch import nn\nfrom torch.optim import Adam\n';

/** `name: matrix role b c, …` of each model, without biases. */
function seen(code: string): readonly string[] {
  return analyse(HEAD + code).models.map(({ name, weights }) => {
    const matrices = weights.filter((one) => one.name.endsWith('weight'));
    return `${name}: ${matrices.map((one) => `${one.name} ${one.role} ${one.b} ${one.c}`).join(', ')}`;
  });
}

const LAYERS = (n: string) =>
  `nn.Linear(8, ${n}), nn.ReLU(), nn.Linear(${n}, ${n}), nn.ReLU(), nn.Linear(${n}, 3)`;
const ROWS = (c: string) => `0.weight input 0 ${c}, 2.weight hidden 0.5 ${c}, 4.weight output 0.5 ${c}`;

describe('a chain of layers without a class is a model', () => {
  test('by the name that it is given, at sizes that have names', () => {
    expect(seen(`n = 512\nnet = nn.Sequential(${LAYERS('n')})\nAdam(net.parameters(), lr=1e-3)\n`)).toEqual([
      `net: ${ROWS('0')}`,
    ]);
    const parsed = `import argparse
p = argparse.ArgumentParser()
p.add_argument('--units', type=int, default=64)
args = p.parse_args()
net = nn.Sequential(${LAYERS('args.units')}).cuda()
Adam(net.parameters(), lr=1e-3)
`;
    expect(seen(parsed)).toEqual([`net: ${ROWS('0')}`]);
  });

  test('in a function that trains it, whoever calls that', () => {
    const train = `def train(n, lr):
    net = nn.Sequential(${LAYERS('n')})
    opt = Adam(net.parameters(), lr=lr)
    opt.step()
`;
    for (const calls of ['', 'train(512, 1e-3)\n', 'for n in (64, 128, 256):\n    train(n, 1e-3)\n'])
      expect(seen(train + calls)).toEqual([`net: ${ROWS('0')}`]);
  });

  test('of a function that gives it', () => {
    const build = `def build(n, depth=3):
    layers = [nn.Linear(8, n), nn.ReLU()]
    for _ in range(depth):
        layers += [nn.Linear(n, n), nn.ReLU()]
    layers.append(nn.Linear(n, 3))
    return nn.Sequential(*layers)
`;
    const [alone] = seen(build);
    expect(alone).toContain(
      'build: 0.weight input 0 null, *.weight hidden 0.5 null, 6.weight output 0.5 null',
    );
    const [trained] = seen(`${build}net = build(512)\nAdam(net.parameters(), lr=1e-3)\n`);
    expect(trained).toContain('build: 0.weight input 0 0, *.weight hidden 0.5 0');
  });

  describe('of a function that is given all sizes in a list', () => {
    const build = (first = '') => `def build(sizes):
    ${first}layers = []
    for at in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[at], sizes[at + 1]), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
`;
    const trained = 'Adam(net.parameters(), lr=1e-3)\n';
    const widths = (code: string) => analyse(HEAD + code).models.map((one) => one.widths);

    test('by their places', () => {
      const inside =
        'def train(env, hidden=[64, 64]):\n    net = build([env.observation_space.shape[0]] + hidden + [env.action_space.n])\n';
      const code = `${build()}${inside}    ${trained}train(make())\n`;
      expect(seen(code)).toEqual([`build: ${ROWS('0')}`]);
      expect(widths(code)).toEqual([['sizes[1]', 'sizes[2]']]);
    });

    test('but not where it changes the list', () => {
      const written = 'net = build([8, 64, 64, 3])\n';
      expect(widths(build() + written + trained)).toEqual([['sizes[1]', 'sizes[2]']]);
      for (const change of ['sizes.append(3)', 'sizes[0] = 9', 'sizes[0], sizes[3] = 9, 5'])
        expect(widths(build(`${change}\n    `) + written + trained)).toEqual([['64']]);
      expect(widths(build() + written.replace('64, 64', '64, 32') + trained)).toEqual([
        ['sizes[1]', 'sizes[2]'],
      ]);
    });
  });

  test('with links that are models of the file, of the sizes that they are given', () => {
    const code = `class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, width)

    def forward(self, x):
        return x + torch.relu(self.up(x))

def build(n):
    net = nn.Sequential(nn.Linear(8, n), Block(n), nn.Linear(n, 3))
    nn.init.zeros_(net[-1].weight)
    return net
`;
    expect(seen(code).at(-1)).toBe(
      'net: 0.weight input 0 null, 1.up.weight hidden 0.5 null, 2.weight output zero null',
    );
  });

  test('that rates by its width are right for, whatever the code multiplies its outputs with', () => {
    const code = (scale: string) => `def train(n, data):
    net = nn.Sequential(${LAYERS('n')})
    nn.init.normal_(net[4].weight, std=0.1)
    opt = Adam([
        {'params': [net[2].weight], 'lr': 0.1 * 64 / n},
        {'params': [net[0].weight, net[4].weight] + [net[i].bias for i in (0, 2, 4)], 'lr': 0.1},
    ])
    for x, y in data:
        loss = nn.functional.mse_loss(net(x)${scale}, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
`;
    const codes = (scale: string) => analyse(HEAD + code(scale)).findings.map((one) => one.code);
    expect(codes(' * (64 / n)')).toEqual([]);
    expect(codes('')).toEqual(['MUP104', 'MUP302']);
  });
});

describe('a chain of layers is none', () => {
  test('where a model has it, whoever makes it', () => {
    const helper = `def body(n):
    return nn.Sequential(${LAYERS('n')})

class Net(nn.Module):
    def __init__(self, n, given=None):
        super().__init__()
        self.body = body(n)

    def forward(self, x):
        return self.body(x)
`;
    expect(seen(helper).map((one) => one.split(':')[0])).toEqual(['Net']);
    const given = `class Net(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return self.body(x)

n = 64
net = Net(nn.Sequential(${LAYERS('n')}))
Adam(net.parameters(), lr=1e-3)
`;
    expect(seen(given).map((one) => one.split(':')[0])).toEqual(['Net']);
    const inside = `n = 64\nmid = nn.Sequential(nn.Linear(n, n), nn.ReLU(), nn.Linear(n, n))
net = nn.Sequential(nn.Linear(8, n), mid, nn.Linear(n, 3))\nAdam(net.parameters(), lr=1e-3)\n`;
    expect(seen(inside).map((one) => one.split(':')[0])).toEqual(['net']);
  });

  test('where nobody trains it and nothing says what of it grows', () => {
    expect(
      seen('def block(n):\n    return nn.Sequential(nn.Linear(n, n), nn.ReLU(), nn.Linear(n, n))\n'),
    ).toEqual([]);
    expect(seen('net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))\n')).toEqual([]);
  });

  test('that is wrong where its sizes are numbers', () => {
    const code = `net = nn.Sequential(${LAYERS('64')})\nAdam(net.parameters(), lr=1e-3)\n`;
    expect(analyse(HEAD + code).findings).toEqual([]);
  });
});

test('a chain that base shapes are given to needs a readout that knows them', () => {
  const code = (readout: string) => `from mup import MuAdam, MuReadout, set_base_shapes

def make(width):
    return nn.Sequential(nn.Linear(8, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), ${readout}(width, 3))

def trainer(width, lr):
    net = make(width)
    set_base_shapes(net, make(64), delta=make(128))
    return net, MuAdam(net.parameters(), lr=lr)
`;
  expect(analyse(HEAD + code('MuReadout')).findings).toEqual([]);
  expect(findingsOf('MUP401', HEAD + code('nn.Linear'))).toHaveLength(1);
});

describe('a chain of layers and a script of another file that trains it', () => {
  const build = `${HEAD}def build(n):\n    return nn.Sequential(${LAYERS('n')})\n`;
  const wrapper = `${HEAD}class Wrapper(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x)
`;
  const analysed = (path: string, train: string) => {
    const files: Record<string, string> = { 'nets.py': build, 'wrapper.py': wrapper, 'train.py': train };
    const place = placeIn(files, path, ['train.py']);
    return analyser.analyse(files[path] ?? '', { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
  };
  const plain = `${HEAD}from nets import build\nnet = build(512)\nAdam(net.parameters(), lr=1e-3)\n`;
  const wrapped = `${HEAD}from nets import build
from wrapper import Wrapper
net = Wrapper(build(512))
Adam(net.parameters(), lr=1e-3)
`;

  test('has its rates where it is made', () => {
    for (const train of [plain, wrapped]) {
      const [model] = analysed('nets.py', train).models;
      expect(model?.weights.find(({ name }) => name === '2.weight')).toMatchObject({ role: 'hidden', c: 0 });
    }
  });

  test('is told of where it is trained', () => {
    for (const train of [plain, wrapped])
      expect(analysed('train.py', train).findings.map(({ code }) => code)).toEqual(['MUP301', 'MUP302']);
  });
});
