import { describe, expect, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

describe('a list of which the length is not known has a beginning and an end', () => {
  test('where it is put together of others', () => {
    checkValues(`
dims = [16] + [n] * k + [4]
dims[0]  # reveals: 16
dims[-1]  # reveals: 4
dims[1:]  # reveals: [n, n, 4, …]
dims[:-1]  # reveals: [16, n, n, …]
dims[1:-1]  # reveals: [n, n, …]
list(zip(dims[:-1], dims[1:]))  # reveals: [[16, n], [n, n], [n, n], [n, 4], …]
list(zip(dims, dims[1:]))  # reveals: [[16, n], [n, n], [n, n], [n, 4], …]
[nn.Linear(a, b) for a, b in zip(dims[:-1], dims[1:])]  # reveals: [Linear(16, n), Linear(n, n), Linear(n, n), Linear(n, 4), …]
list(reversed(dims))[0]  # reveals: 4
len(dims)  # reveals: 1
[*dims, n][-2]  # reveals: 4
[1, *sizes, 2]  # reveals: [1, unknown, 2, …]
`);
  });

  test('where it comes from outside', () => {
    checkValues(`
import itertools
class Net(nn.Module):
    def __init__(self, sizes, n, count):
        super().__init__()
        sizes[1:-1]  # reveals: [Net.sizes[i], …]
        [[a, b] for a, b in zip(sizes[:-1], sizes[1:])]  # reveals: [[Net.sizes[0], Net.sizes[i]], [Net.sizes[i], Net.sizes[i]], [Net.sizes[i], Net.sizes[-1]], …]
        list(itertools.pairwise(sizes))  # reveals: [[Net.sizes[0], Net.sizes[i]], [Net.sizes[i], Net.sizes[i]], [Net.sizes[i], Net.sizes[-1]], …]
        [n, *sizes]  # reveals: [Net.n, Net.sizes[0], Net.sizes[i], Net.sizes[-1], …]
        [n] + list(sizes) + [4]  # reveals: [Net.n, Net.sizes[0], Net.sizes[i], Net.sizes[-1], 4, …]
        all = (n,) + sizes
        all[-1]  # reveals: Net.sizes[-1]
        sizes + [4]  # reveals: [Net.sizes[0], Net.sizes[i], Net.sizes[-1], 4, …]
        list(reversed(sizes))[0]  # reveals: Net.sizes[-1]
        sizes[1]  # reveals: Net.sizes[1]
        pairs = []
        for i in range(len(sizes) - 1):
            pairs.append([sizes[i], sizes[i + 1]])
        for at in range(count):
            sizes[at]  # reveals: Net.sizes[0] or Net.sizes[i] or Net.sizes[-1]
            sizes[at + 1]  # reveals: Net.sizes[i] or unknown
        pairs  # reveals: [[Net.sizes[0], Net.sizes[i]], [Net.sizes[i], Net.sizes[i]], [Net.sizes[i], Net.sizes[-1]], …]
        dims = [n] + sizes + [4]
        [[dims[i], dims[i + 1]] for i in range(len(dims) - 1)]  # reveals: [[Net.n, Net.sizes[0]], [Net.sizes[0], Net.sizes[i]], [Net.sizes[i], Net.sizes[i]], [Net.sizes[i], Net.sizes[-1]], [Net.sizes[-1], 4], …]
        [[dims[at - 1], dims[at]] for at in range(1, len(dims))]  # reveals: [[Net.n, Net.sizes[0]], [Net.sizes[0], Net.sizes[i]], [Net.sizes[i], Net.sizes[i]], [Net.sizes[i], Net.sizes[-1]], [Net.sizes[-1], 4], …]
        [i < len(dims) - 2 for i in range(len(dims) - 1)]  # reveals: [True, True, False, …]
Net(sizes, n)
`);
  });
});

describe('the rounds of a loop are told apart where its body asks', () => {
  test('whether one is the first or the last', () => {
    checkValues(`
class Net(nn.Module):
    def __init__(self, depth, n):
        super().__init__()
        [nn.Linear(16 if i == 0 else n, 4 if i == depth - 1 else n) for i in range(depth)]  # reveals: [Linear(16, n), Linear(n, n), Linear(n, 4), …]
        layers = []
        for i in range(depth):
            layers.append(nn.Linear(16 if i < 1 else n, n))
            if i < depth - 1:
                layers.append(nn.ReLU())
        layers  # reveals: [Linear(16, n), ReLU(), Linear(n, n), ReLU(), Linear(n, n)]
        [i > 0 for i in range(depth)]  # reveals: [False, True, True, …]
        [i != depth for i in range(depth)]  # reveals: [True, True, True, …]
        [i >= 1 for i in range(1, depth)]  # reveals: [True, True, True, …]
        [i == 2 for i in range(depth)]  # reveals: [False, unknown, unknown, …]
        [i % 2 == 0 for i in range(depth)]  # reveals: [True, unknown, unknown, …]
        [nn.Linear(n, n) for i in range(depth)]  # reveals: [Linear(n, n), Linear(n, n), …]
Net(depth, n)
`);
  });
});

const analyser = await loadTestAnalyser();

/** A network of a list of sizes that its constructor is given. */
const listed = (sizes: string, make: string, more = '') => `
import torch
from torch import nn

def chain(dims, act, last=nn.Identity):
    made = []
    ${make}
    return nn.Sequential(*made)

class Net(nn.Module):
    def __init__(self, seen, asked, inner=(256, 256)):
        super().__init__()
        self.body = chain(${sizes}, nn.Tanh)

    def forward(self, x):
        return self.body(x)

net = Net(17, 6${more})
`;

describe('of the sizes that a network is given in a list, those inside are its width', () => {
  const ROUNDS = `for j in range(len(dims) - 1):
        made += [nn.Linear(dims[j], dims[j + 1]), (act if j < len(dims) - 2 else last)()]`;
  const PAIRS = `for a, b in zip(dims[:-1], dims[1:]):
        made += [nn.Linear(a, b), act()]`;
  const matrices = (source: string) =>
    analyser
      .analyse(source)
      .models[0]?.weights.filter(({ name }) => name.endsWith('weight'))
      .map(({ role, shape }) => `${role} ${shape}`);
  const ALL = [
    'input inner[0] × seen',
    'hidden inner[i] × inner[0]',
    'hidden inner[i] × inner[i]',
    'hidden inner[-1] × inner[i]',
    'output asked × inner[-1]',
  ];

  test.each([
    ['between those of what comes in and goes out', '[seen] + list(inner) + [asked]', ROUNDS],
    ['in pairs', '[seen, *inner, asked]', PAIRS],
    ['in a tuple', '(seen,) + tuple(inner) + (asked,)', ROUNDS],
  ])('%s', (_, sizes, make) => {
    expect(matrices(listed(sizes, make))).toEqual(ALL);
    expect(matrices(listed(sizes, make, ', [512] * 3'))).toEqual(ALL);
  });
});

test('an MLP of a list of sizes has its first, its hidden and its last layer', () => {
  const { models } = analyser.analyse(
    `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n_in, hidden, depth, n_out):
        super().__init__()
        dims = [n_in] + [hidden] * depth + [n_out]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(dims[:-1], dims[1:])])
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=0.1)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
`,
  );
  const matrices = models[0]?.weights.filter(({ name }) => name.endsWith('weight'));
  const shapes = matrices?.map(({ shape }) => shape);
  expect(shapes).toEqual(['hidden × n_in', 'hidden × hidden', 'n_out × hidden']);
});
