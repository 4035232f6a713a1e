import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import type { ModelOutline } from '../../model-outline.ts';

const analyser = await loadTestAnalyser();

const MODEL = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, d_in, sizes, config):
        super().__init__()
        self.enter = nn.Linear(d_in, sizes[0])
        self.mix = nn.Linear(sizes[0], sizes[-1])
        self.wide = nn.Linear(sizes[-1], config["width"])
        self.leave = nn.Linear(config["width"], 1)

    def forward(self, x):
        return self.leave(self.wide(self.mix(self.enter(x))))
`;

const matrices = (model: ModelOutline | undefined) =>
  (model?.weights ?? []).filter(({ name }) => name.endsWith('.weight'));

test('an item of a parameter is called by the parameter and its index, a field by its name', () => {
  const [model] = analyser.analyse(MODEL).models;
  expect(matrices(model).map(({ shape }) => shape)).toEqual([
    'sizes[0] × d_in',
    'sizes[-1] × sizes[0]',
    'width × sizes[-1]',
    '1 × width',
  ]);
});

test.each([['sizes[0]'], ['Net.sizes[0]']])('an item is declared a width as %s', (name) => {
  const [model] = analyser.analyse(`${MODEL}# widthwise: width(${name})\n`).models;
  expect(model?.widths).toEqual(['sizes[0]']);
  // What stands beside a declared width and is not declared may grow with it.
  expect(matrices(model).map(({ role }) => role)).toEqual(['input', null, null, null]);
});

/** The multiplier of the last layer of a model that gives its loss beside its scores where it is told what is wanted. */
function multiplier(asked: string): unknown {
  const [model] = analyser.analyse(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.leave = nn.Linear(breadth, 10)

    def forward(self, x, wanted=None):
        scores = self.leave(torch.relu(self.enter(x)))
        given = {"scores": scores}
        if wanted is not None:
            given["loss"] = nn.functional.cross_entropy(scores, wanted)
        return given

def train(breadth, batches):
    net = Net(breadth)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for batch, wanted in batches:
        given = net(batch, wanted)
        ${asked}
        optimizer.step()
`).models;
  return model?.weights.find(({ name }) => name === 'leave.weight')?.a;
}

test('a dict that lacks the key is not what code goes on with', () => {
  expect(multiplier('given["loss"].backward()')).toBe(0);
});

test('a dict that lacks the key may be what code goes on with that expects the key to be missing', () => {
  const asked = `try:
            loss = given["loss"]
        except KeyError:
            loss = (given["scores"] * batch.factor).sum()
        loss.backward()`;
  expect(multiplier(asked)).toBeNull();
});

/** What a hidden matrix starts with that is filled by what a table from outside has under this key. */
const startBy = (key: string) =>
  startIn(`for path, one in self.named_parameters():
            one.data.normal_(0, table[${key}])`);

/** What a hidden matrix starts with where this fills it. */
function startIn(loop: string) {
  const { models } = analyser.analyse(`
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth, table):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.mix = nn.Linear(breadth, breadth)
        self.leave = nn.Linear(breadth, 10)
        ${loop}

    def forward(self, x):
        return self.leave(self.mix(self.enter(x)))
`);
  return models[0]?.weights.find(({ name }) => name === 'mix.weight')?.b;
}

test('what a table from outside has for each part of a model may go by its sizes', () => {
  expect(startBy('path')).toBeNull();
  expect(startBy('"std"')).toBe(0);
  for (const key of [
    'f"{path}_std"',
    'path + ".std"',
    '"std." + path',
    '"%s.std" % path',
    '"{}.std".format(path)',
    '"{by}.std".format(by=path)',
    '".".join(["std", path])',
    'str(path)',
    'path.upper()',
    'path.split(".")[0]',
    'path.replace(".", "_")',
    'path.removeprefix("net.")',
    'path[:3]',
    'path.split(".")[0].strip()',
  ])
    expect([key, startBy(key)]).toEqual([key, null]);
});

test('so may what it has for a text that is made of the path of a part', () => {
  for (const key of [
    'path.split(".")[0]',
    'f"{path}.std"',
    'path + ".std"',
    '"std_%s" % path',
    'path.lower()',
  ])
    expect([key, startBy(key)]).toEqual([key, null]);
  expect(startBy('"st" + "d"')).toBe(0);
});

test('and what it is asked for otherwise, or for the keys of a dict of parameters', () => {
  const asked = (loop: string) =>
    startIn(`for path, one in self.named_parameters():
            one.data.normal_(0, ${loop})`);
  expect(asked('table.get(path)')).toBeNull();
  expect(asked('table.get("std")')).toBe(0);
  expect(
    startIn(`for path, one in dict(self.named_parameters()).items():
            one.data.normal_(0, table[path])`),
  ).toBeNull();
  expect(
    startIn(`kept = dict(self.named_parameters())
        for path in kept:
            kept[path].data.normal_(0, table[path])`),
  ).toBeNull();
  expect(
    startIn(`for path, one in self.state_dict().items():
            one.normal_(0, table[path])`),
  ).toBeNull();
});
