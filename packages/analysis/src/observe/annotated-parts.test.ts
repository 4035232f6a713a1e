import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const TRUNK = `import torch
import torch.nn.functional as F
from torch import nn
from typing import Optional

class Trunk(nn.Module):
    def __init__(self, pixels, wide):
        super().__init__()
        self.wide = wide
        self.stem = nn.Linear(pixels, wide)
        self.mix = nn.Linear(wide, wide)
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(self, x):
        return self.mix(self.stem(x).relu()).relu()
`;

/** A model that is handed a trunk by a constructor with such parameters. */
function around(parameters: string, more = ''): string {
  return `${TRUNK}${more}
class Around(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        self.trunk = trunk
        self.readout = nn.Linear(trunk.wide, kinds)

    def forward(self, x, y):
        return F.cross_entropy(self.readout(self.trunk(x)), y)
`;
}

/** The role of the readout, and whether the trunk is read as a part. */
function readIn(source: string): { role: string | null | undefined; hasTrunk: boolean | undefined } {
  const model = analyse(source).models.find(({ name }) => name === 'Around');
  return {
    role: model?.weights.find(({ name }) => name === 'readout.weight')?.role,
    hasTrunk: model?.weights.some(({ name }) => name === 'trunk.mix.weight'),
  };
}

const READ = { role: 'output', hasTrunk: true };

describe('a model that is to be handed another one has it as a part', () => {
  test.each(['trunk: Trunk, kinds', "kinds, trunk: 'Trunk'", 'kinds: int, *, trunk: Trunk'])(
    '%s',
    (given) => {
      expect(readIn(around(given))).toEqual(READ);
    },
  );
});

describe('and not', () => {
  test.each([
    ['where nothing says what that is', around('trunk, kinds')],
    ['where it need not be handed one', around('kinds, trunk: Trunk = None')],
    [
      'where it may be another by inheritance',
      around(
        'trunk: Trunk, kinds',
        '\nclass Other(Trunk):\n    def forward(self, x):\n        return self.stem(x)\n',
      ),
    ],
    [
      'where it has no forward pass',
      around('trunk: Trunk, kinds').replace('def forward(self, x):', 'def go(self, x):'),
    ],
  ])('%s', (_, source) => {
    expect(readIn(source).hasTrunk).not.toBe(true);
  });
});

test('what code hands it decides', () => {
  const { weights = [] } =
    analyse(
      `${around('trunk: Trunk, kinds')}\nmodel = Around(nn.Sequential(nn.Linear(8, 4)), 3)\n`,
    ).models.find(({ name }) => name === 'Around') ?? {};
  expect(weights.map(({ name }) => name)).not.toContain('trunk.mix.weight');
});
