import { describe, expect, test } from 'vitest';
import { findingsOf, matricesOf, onlyModel } from '../../../test/check-findings.ts';

const headOn = (forward: string, parts = 'self.head = nn.Linear(features, classes)') => `
import torch, elsewhere
from torch import nn

def passed(of, x):
    return of(x)

class Net(nn.Module):
    def __init__(self, trunk, features, hidden, classes):
        super().__init__()
        self.trunk, self.lookup = trunk, elsewhere.make(features)
        ${parts}

    def forward(self, x):
        return ${forward}
`;

describe('features that a part which is not read makes', () => {
  test.each([
    'self.head(self.trunk(x))',
    'self.head(self.trunk.encode(x).mean(1))',
    'self.head(self.trunk(x)[:, 0])',
    'self.head(self.lookup(x))',
    'self.head(elsewhere.call(self.lookup, x))',
    'self.head(elsewhere.call(passed, x))',
    'self.head(torch.distributed.rpc.rpc_sync(0, passed, args=[self.lookup, x]))',
    'self.head(torch.distributed.rpc.rpc_sync(0, elsewhere.call, args=[passed, x]))',
  ])('may be the width, where nothing else is: %s', (forward) => {
    const model = onlyModel(headOn(forward));
    expect(model).toMatchObject({ widths: [], supposed: ['features'] });
    expect(matricesOf(model).map(({ role }) => role)).toEqual(['output']);
  });

  test.each([
    ['data is given', 'self.head(x)'],
    ['a method of numbers makes them', 'self.head(torch.tensor([2.0]).expand_as(x))'],
    ['a function makes them of data alone', 'self.head(elsewhere.prepared(x))'],
    ["one of PyTorch's does", 'self.head(torch.fft.rfft(x))'],
    ['another such part goes on with what is made of them', 'self.trunk(self.head(self.trunk(x)))'],
    ['what is made of them is added to them', 'self.trunk(x) + self.head(self.trunk(x))'],
  ])('are none where %s', (_, forward) => {
    expect(onlyModel(headOn(forward))).toMatchObject({ widths: [], supposed: [] });
  });

  test('may grow beside a width: what starts by the fan of another is not too small for an input', () => {
    const parts = (bound: string) =>
      `self.up, self.head = nn.Linear(features, hidden), nn.Linear(hidden, classes)
        nn.init.normal_(self.up.weight, std=${bound})`;
    const on = (given: string) => headOn(`self.head(self.up(${given}).relu())`, parts('hidden ** -0.5'));
    expect(findingsOf('MUP103', on('x'))).toHaveLength(1);
    expect(findingsOf('MUP103', on('elsewhere.prepared(x)'))).toHaveLength(1);
    expect(findingsOf('MUP103', on('self.trunk(x)'))).toHaveLength(0);
    const inherited = on('self.passed(x)').replace('Net(nn.Module)', 'Net(elsewhere.Part, nn.Module)');
    expect(findingsOf('MUP103', inherited)).toHaveLength(0);
    expect(matricesOf(onlyModel(on('self.trunk(x)'))).map(({ role }) => role)).toEqual([null, 'output']);
  });
});
