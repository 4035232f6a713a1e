import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

const net = (more = '', { name = 'grown', fields = '' } = {}) => `
import math
from dataclasses import dataclass
from torch import nn

@dataclass
class Settings:
    dim: int = 64
    ${name}: bool = True${fields}

class Net(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.times = math.sqrt(settings.dim) if settings.${name} else 1.0
        self.table = nn.Embedding(90, settings.dim)
        self.leave = nn.Linear(settings.dim, 90)
        nn.init.zeros_(self.leave.weight)

    def forward(self, tokens):
        return self.leave(self.times * self.table(tokens))
${more}
`;

const SAID = 'Assumes it is made with `grown = True`.';

const factorOf = (source: string) => onlyModel(source).weights.find(({ name }) => name === 'table.weight')?.a;

describe('a switch of a configuration', () => {
  test.each(['', 'net = Net(Settings(dim=32))', 'net = Net(Settings(grown=True))'])(
    'is what its class says where no code gives it another value, which is said: %s',
    (more) => {
      expect(findingsOf('MUP204', net(more))).toHaveLength(1);
      expect(onlyModel(net(more)).assumptions).toContain(SAID);
    },
  );

  test.each([
    'net = Net(Settings(grown=False))',
    'from elsewhere import told\nnet = Net(Settings(dim=32, grown=told()))',
    'def plain(settings: Settings):\n    settings.grown = False\n    return Net(settings)',
  ])('is open where some does: %s', (more) => {
    expect(factorOf(net(more))).toBeNull();
    expect(onlyModel(net(more)).assumptions).not.toContain(SAID);
  });

  test('is open where the last of many calls does', () => {
    const calls = Array.from({ length: 70 }, () => 'Settings(grown=True)');
    expect(factorOf(net([...calls, 'net = Net(Settings(grown=False))'].join('\n')))).toBeNull();
  });

  test('is open where it, or one beside it, may be what scales the model by its width', () => {
    expect(factorOf(net('', { name: 'use_mup' }))).toBeNull();
    expect(factorOf(net('', { fields: '\n    mup_enabled: bool = False' }))).toBeNull();
    expect(factorOf(net('', { fields: '\n    dropped: bool = False' }))).toBe(-0.5);
  });

  test('is open beside a field of 1 whose root divides what weights start with, as a width multiplier does', () => {
    const rooted = (fields: string, std: string) =>
      net(`\ndef start(net, settings):\n    nn.init.normal_(net.table.weight, std=${std})`, { fields });
    const field = '\n    ratio: float = 1.0';
    expect(factorOf(rooted(field, '0.02 / math.sqrt(settings.ratio)'))).toBeNull();
    expect(factorOf(rooted(field, '0.02 / settings.ratio ** 0.5'))).toBeNull();
    expect(factorOf(rooted(field, '0.02 / settings.ratio'))).toBe(-0.5);
    expect(factorOf(rooted('\n    ratio: float = 2.5', '0.02 / math.sqrt(settings.ratio)'))).toBe(-0.5);
  });
});
