import { exampleText } from '@widthwise/analysis/testing';

const MODEL = `from dataclasses import dataclass

import torch
from torch import nn

from starts import start, projection

@dataclass
class Projection:
    fan_in: int
    fan_out: int
    std: float = 0.5

    def build(self):
        layer = projection(self.fan_in, self.fan_out)
        nn.init.normal_(layer.weight, std=self.std)
        return layer

class Configured(nn.Module):
    @dataclass
    class Plan:
        width: int
        first: Projection
        last: Projection

    def __init__(self, plan: Plan):
        super().__init__()
        self.first = plan.first.build()
        self.last = plan.last.build()

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.mid = projection(width, width)
        self.head = nn.Linear(width, 1)
        start(self.mid.weight, width)

    def forward(self, x):
        return self.head(torch.relu(self.mid(self.embed(x))))
`;

const STARTS = `from torch import nn

def projection(n_in, n_out):
    return nn.Linear(n_in, n_out, bias=False)

def start(weight, n):
    nn.init.normal_(weight, std=0.02)
`;

const PRESETS = `from model import Configured, Projection

def small():
    width = 256
    return Configured.Plan(
        width=width,
        first=Projection(fan_in=10, fan_out=width, std=1.0),
        last=Projection(fan_in=width, fan_out=3, std=1.0),
    )
`;

const TRAIN = `import torch
from model import Net

for width in (64, 128, 256):
    model = Net(width)
    opt = torch.optim.AdamW(model.parameters(), lr=3e-4)
`;

const scaled = (text: string) => text.replace('std=0.02', 'std=n ** -0.5');

/** Which texts each file of a project may have; null where it is absent. */
export const FILES: Readonly<Record<string, readonly (string | null)[]>> = {
  'model.py': [
    MODEL,
    `# first\n${MODEL}`,
    MODEL.replace('from starts', 'from lib.starts'),
    `${MODEL}(`,
    null,
  ],
  'starts.py': [STARTS, scaled(STARTS), 'from lib.starts import *\n', null],
  'lib/__init__.py': [null, '', 'from starts import start\n'],
  'lib/starts.py': [null, STARTS, scaled(STARTS)],
  'presets.py': [null, PRESETS, PRESETS.replaceAll('1.0', 'width ** -0.5')],
  'train.py': [
    null,
    TRAIN,
    TRAIN.replace('lr=3e-4', 'lr=1 / width'),
    TRAIN.replace('import Net', 'import Other as Net'),
    TRAIN.replace('from model import Net', 'import model as nets').replace('Net(width)', 'nets.Net(width)'),
  ],
  'sub/train.py': [null, TRAIN.replace('AdamW', 'SGD')],
  'mlp.py': [null, exampleText('pytorch-mlp')],
  'notes.py': [null, 'x = 1\n', 'import torch\nx = torch.zeros(3)\n'],
  'torch.py': [null, null, null, 'nn = None\n'],
  'widthwise.json': [
    null,
    '{"profile": "mup"}',
    '{"profile": "mup", "rules": {"MUP101": "off"}}',
    '{"profile": "mup", "exclude": ["sub"]}',
    '{"widths": ["width"], "profile": "advisory"}',
  ],
};
