import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (own: string) => `
from dataclasses import dataclass
from torch import nn

@dataclass
class Small:
    dim: int = 64
    biased: bool = False

@dataclass
class Large(Small):
    ${own}

class Net(nn.Module):
    def __init__(self, settings: Large):
        super().__init__()
        self.first = nn.Linear(3, settings.dim, bias=settings.biased)
        self.last = nn.Linear(settings.dim, 10, bias=False)

    def forward(self, x):
        return self.last(self.first(x).relu())
`;

const names = (own: string) => onlyModel(net(own)).weights.map(({ name }) => name);

test("a class' own default stands before that of its base", () => {
  expect(names('biased: bool = True')).toContain('first.bias');
});

test.each(['pass', 'biased: bool'])("a base's default stands where the class has none: %s", (own) => {
  expect(names(own)).not.toContain('first.bias');
});
