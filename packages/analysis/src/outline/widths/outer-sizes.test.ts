import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The roles of what takes the inputs, adds positions and gives the outputs, of a network that a factory makes. */
function rolesWith(size: string): readonly unknown[] {
  const { weights } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, features, steps, outputs, width):
        super().__init__()
        self.enter = nn.Linear(features, width)
        self.place = nn.Parameter(torch.zeros(steps, width))
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, outputs)
    def forward(self, x):
        y = self.enter(x) + self.place[:x.shape[1]]
        x = y + self.mix(y).relu()
        return self.readout(x)

def build(read, config, width):
    size = ${size}
    return Net(size, size, size, width)

def start(path, width):
    return build(load(path), load(path), width)
`);
  return ['enter.weight', 'place', 'readout.weight'].map(
    (name) => weights.find((one) => one.name === name)?.role,
  );
}

test.each(['read.frame.shape[1]', 'read.features', "config['size']", 'count_of(read, config)'])(
  'what a network is given and gives is counted in the data, whoever counts it: %s',
  (size) => {
    expect(rolesWith(size)).toEqual(['input', 'input', 'output']);
  },
);

test.each(['4 * width', 'width * read.features'])('but for what the width is seen to make: %s', (size) => {
  const [enter, , readout] = rolesWith(size);
  expect([enter, readout]).not.toContain('input');
  expect([enter, readout]).not.toContain('output');
});

test('what a part is given and gives may be as wide as the rest', () => {
  const { weights } = onlyModel(`# widthwise: width(inner)
import torch
from torch import nn

class Part(nn.Module):
    def __init__(self, features, inner):
        super().__init__()
        self.up, self.down = nn.Linear(features, inner), nn.Linear(inner, features)
    def forward(self, x):
        return x + self.down(self.up(x).relu())

def build(read, inner):
    return Part(count_of(read), inner)
`);
  expect(weights.find(({ name }) => name === 'up.weight')?.role).toBeNull();
});

/** The roles of table and readout of a model whose configuration a script loads, and gives its number of words. */
const rolesOfWords = (count: string): readonly unknown[] =>
  onlyModel(`from dataclasses import dataclass, field
import torch
from torch import nn
from omegaconf import OmegaConf

@dataclass
class Args:
    words: int = -1
    n: int = 64

class Net(nn.Module):
    def __init__(self, args: Args):
        super().__init__()
        self.up = nn.Embedding(args.words, args.n)
        self.mid = nn.Linear(args.n, args.n)
        self.out = nn.Linear(args.n, args.words, bias=False)
    def forward(self, x):
        return self.out(torch.relu(self.mid(self.up(x))))

@dataclass
class Settings:
    model: Args = field(default_factory=Args)
    kind: str = 'letters'

class Letters:
    def __init__(self):
        self.size = 258

class Pieces:
    def __init__(self, path):
        self.size = load(path).size()

def reader(kind):
    if kind == 'letters':
        return Letters()
    return Pieces(kind)

def train(args: Settings):
    args.model.words = ${count}
    net = Net(args.model)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)

cli = OmegaConf.from_cli()
settings = OmegaConf.merge(OmegaConf.structured(Settings()), OmegaConf.load(cli.config), cli)
settings = OmegaConf.to_object(settings)
train(settings)
`).weights.flatMap(({ name, role }) => (/up|out/.test(name) ? [role] : []));

test('what a settings file may hold is counted in the data, too, where it is one of several', () => {
  expect(rolesOfWords('reader(args.kind).size')).toEqual(['input', 'output']);
  expect(rolesOfWords('reader(args.kind).size * args.model.n')).not.toContain('output');
});
