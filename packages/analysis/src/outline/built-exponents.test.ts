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

/** By name, how large what a weight makes starts, and how it then moves: e of Θ(n^−e). */
function effectsOf(built: readonly BuiltExponents[], source: string = SOURCE): Record<string, unknown> {
  const [model] = analyse(source, { widths: ['width'], built }).models;
  return Object.fromEntries(
    model!.weights.flatMap(({ name, effects: { made, moved } }) => {
      const [layer, own] = name.split('.');
      return own === 'weight' ? [[layer, [made, moved]]] : [];
    }),
  );
}

describe('what was measured of a built model', () => {
  test('foretells how large what its weights make starts, and how it moves', () => {
    expect(effectsOf(measured({ first: [0, 0], mix: [1 / 2, 1], head: [1, 1] }))).toEqual({
      first: [0, 0],
      mix: [0, 0],
      head: [1 / 2, 0],
    });
    // Rates that are smaller by √n: of ΔW·x the same is left, and W·Δx of a readout that starts like n^-½ is Θ(1).
    expect(effectsOf(measured({ first: [0, 1 / 2], mix: [1 / 2, 3 / 2], head: [1 / 2, 3 / 2] }))).toEqual({
      first: [0, 1 / 2],
      mix: [0, 1 / 2],
      head: [0, 0],
    });
  });

  test('foretells no change where something grows, and that of the bias where it moves most', () => {
    const grown = effectsOf(measured({ first: [0, 0], mix: [1 / 2, 0], head: [1 / 2, 0] }));
    expect(grown).toEqual({ first: [0, null], mix: [0, null], head: [0, null] });
    const biased = SOURCE.replace('(width, width, bias=False)', '(width, width)');
    const slow = [
      ...measured({ first: [0, 1 / 2], mix: [1 / 2, 3 / 2], head: [1, 3 / 2] }),
      { name: 'mix.bias', b: 0, isConstant: false, adamRate: 1 / 4 },
    ];
    expect(effectsOf(slow, biased)).toMatchObject({ mix: [0, 1 / 4] });
  });

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

  test('is of one of several calls that train it, and said of none of them', () => {
    const training = (name: string, rates: string) => `
def ${name}(width, rate):
    net = Net(width)
    return torch.optim.Adam([
        {"params": [net.first.weight], "lr": 0.1},
        {"params": [net.mix.weight, net.head.weight], "lr": ${rates}},
    ])
`;
    const built = measured({ first: [0, 0], mix: [1 / 2, 0], head: [1, 0] });
    const codesOf = (source: string) =>
      analyse(source, { widths: ['width'], profile: 'mup', built }).findings.map(({ code }) => code);
    const open = SOURCE + training('train', 'rate(width)');
    expect(codesOf(open)).toEqual(['MUP301', 'MUP302']);
    const both = open + training('tune', '0.1 / width');
    expect(codesOf(both)).toEqual([]);
    expect(regimeOf(built, both)).toBe('unstable');
  });
});
