import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import type { BuiltExponents } from '../options.ts';

/** A network whose start comes from elsewhere, and that this file does not train. */
const SOURCE = `
import torch
from torch import nn
from elsewhere import start

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(10, width, bias=False)
        self.mix = nn.Linear(width, width, bias=False)
        self.head = nn.Linear(width, 10, bias=False)
        start(self.first.weight)
        start(self.mix.weight)
        start(self.head.weight)

    def forward(self, x):
        return self.head(torch.tanh(self.mix(torch.tanh(self.first(x)))))
`;

function measured(
  exponents: Readonly<Record<string, readonly [b: number, c: number | null]>>,
): BuiltExponents[] {
  return Object.entries(exponents).map(([name, [b, adamRate]]) => ({
    name: `${name}.weight`,
    b,
    isConstant: false,
    adamRate,
  }));
}

function regimeOf(built: readonly BuiltExponents[], source: string = SOURCE): string | null {
  const [model] = analyse(source, { widths: ['width'], built }).models;
  return model?.verdict?.regime ?? null;
}

describe('what was measured of a built model', () => {
  test('decides where the code shows neither start nor rate', () => {
    expect(regimeOf([])).toBeNull();
    expect(regimeOf(measured({ first: [0, 0], mix: [1 / 2, 1], head: [1, 1] }))).toBe('feature-learning');
    expect(regimeOf(measured({ first: [0, 0], mix: [1 / 2, 0], head: [1 / 2, 0] }))).toBe('unstable');
  });

  test('leaves open what was not measured', () => {
    expect(regimeOf(measured({ first: [0, 0], mix: [1 / 2, null], head: [1, 1] }))).toBeNull();
    expect(regimeOf(measured({ first: [0, 0], mix: [1 / 2, 1] }))).toBeNull();
  });

  test('changes nothing that the code shows', () => {
    const shown = SOURCE.replace('start(self.mix.weight)', 'nn.init.normal_(self.mix.weight, std=0.02)');
    expect(regimeOf(measured({ first: [0, 0], mix: [1 / 2, 1], head: [1, 1] }), shown)).toBe('unstable');
  });
});
