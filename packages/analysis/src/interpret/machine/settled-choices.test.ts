import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

interface Asked {
  readonly field: string;
  readonly when: string;
  readonly more?: string;
  readonly fields?: string;
}

/** A network whose embedding is enlarged where a setting is what is asked. */
const net = ({ field, when, more = '', fields = '' }: Asked) => `
import math
from dataclasses import dataclass
from enum import Enum
from torch import nn

class Way(str, Enum):
    plain = "plain"
    grown = "grown"

@dataclass
class Settings:
    size: int = 64
    ${field}${fields}

class Net(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.settings = settings
        self.table = nn.Embedding(90, settings.size)
        self.leave = nn.Linear(settings.size, 90)
        nn.init.zeros_(self.leave.weight)

    def forward(self, tokens):
        h = self.table(tokens)
        if ${when}:
            h = h * math.sqrt(self.settings.size)
        elif self.settings.size > 0:
            h = h / self.settings.size
        return self.leave(h)
${more}
`;

const factorOf = (asked: Asked) =>
  onlyModel(net(asked)).weights.find(({ name }) => name === 'table.weight')?.a;

const TEXT = { field: "way: str = 'grown'", when: "self.settings.way == 'grown'" };
const MEMBER = { field: 'way: Way = Way.grown', when: 'self.settings.way == Way.grown' };
const COUNT = { field: 'groups: int = 1', when: 'self.settings.groups == 1' };

describe('a setting of a configuration that is held against others is what its class says', () => {
  test.each([
    [TEXT, "way = 'grown'"],
    [{ ...TEXT, when: "self.settings.way in ('grown', 'enlarged')" }, "way = 'grown'"],
    [{ ...TEXT, when: "self.settings.way != 'plain'" }, "way = 'grown'"],
    [{ ...TEXT, when: "'grown' == self.settings.way" }, "way = 'grown'"],
    [MEMBER, "way = 'grown'"],
    [COUNT, 'groups = 1'],
    [{ field: 'groups: int = 0', when: 'not self.settings.groups > 0' }, 'groups = 0'],
  ] as const)('%o', (asked, said) => {
    expect(factorOf(asked)).toBe(-0.5);
    expect(onlyModel(net(asked)).assumptions).toContain(`Assumes it is made with \`${said}\`.`);
  });

  test.each([
    [TEXT, "net = Net(Settings(way='plain'))"],
    [MEMBER, 'net = Net(Settings(way=Way.plain))'],
    [COUNT, 'net = Net(Settings(groups=4))'],
    [TEXT, "def main():\n    settings = Settings()\n    settings.way = 'plain'\n    return Net(settings)"],
    [TEXT, "Settings.way = 'plain'"],
    [TEXT, "from dataclasses import replace\nnet = Net(replace(Settings(), way='plain'))"],
    [TEXT, "@dataclass\nclass Others(Settings):\n    way: str = 'plain'"],
    [TEXT, "@dataclass\nclass Others(Settings):\n    more: int = 1\nnet = Net(Others(way='plain'))"],
    [COUNT, 'from elsewhere import told\nnet = Net(Settings(groups=told()))'],
  ] as const)('but is open where code in sight gives it another value: %o, %s', (asked, more) => {
    expect(factorOf({ ...asked, more })).toBeNull();
  });

  test.each([
    { ...TEXT, field: "way: str = 'mup'", when: "self.settings.way == 'mup'" },
    { ...TEXT, when: "self.settings.way != 'mup'" },
    { ...TEXT, fields: '\n    use_mup: bool = False' },
    { ...COUNT, fields: '\n    base_width: int = 64' },
    { field: 'groups: int = 4', when: 'self.settings.groups == 4' },
    { field: "way: str = 'grown'", when: 'self.settings.way == kind(self.settings)' },
    { field: 'groups: int = 1', when: 'self.settings.groups == kind(self.settings)' },
  ])('and where it may scale the model by its width, or is no switch: %o', (asked) => {
    expect(factorOf(asked)).toBeNull();
    expect(onlyModel(net(asked)).assumptions.join(' ')).not.toContain('made with');
  });

  test('what its class computes where it has a text is no choice', () => {
    const source = net({
      field: "rank: int | str = 'auto'",
      when: 'self.settings.rank > 4',
      fields:
        "\n    def __post_init__(self):\n        self.rank = self.size if self.rank == 'auto' else self.rank",
    });
    expect(onlyModel(source).assumptions.join(' ')).not.toContain('auto');
  });

  test('a number that is 1 unless it is given scales starts, also where that is one of two ways', () => {
    const source = `
from dataclasses import dataclass
from torch import nn

@dataclass
class Settings:
    size: int = 64
    times: float = 1.0

class Net(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.table = nn.Embedding(90, settings.size)
        self.mix = nn.Linear(settings.size, settings.size)
        self.leave = nn.Linear(settings.size, 90)
        nn.init.normal_(self.mix.weight, std=0.1 if settings.times == 1 else 0.1 * settings.times**-0.5)

    def forward(self, ids):
        return self.leave(self.mix(self.table(ids)).tanh())
`;
    expect(findingsOf('MUP101', source)).toEqual([]);
  });

  test.each([
    ['depth=1', 'depth == 1'],
    ["start='large'", "start == 'large'"],
  ])('what a constructor has for itself is no switch: %s', (setting, when) => {
    const source = `
from torch import nn

class Net(nn.Module):
    def __init__(self, size, ${setting}):
        super().__init__()
        self.table = nn.Embedding(90, size)
        self.mix = nn.Linear(size, size)
        self.leave = nn.Linear(size, 90)
        if ${when}:
            nn.init.normal_(self.mix.weight, std=0.02)
        else:
            nn.init.normal_(self.mix.weight, std=size ** -0.5)

    def forward(self, ids):
        return self.leave(self.mix(self.table(ids)).tanh())
`;
    expect(findingsOf('MUP101', source)).toEqual([]);
  });
});
