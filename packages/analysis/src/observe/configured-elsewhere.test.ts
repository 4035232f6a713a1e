import { expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import { lineIndex } from '../syntax/line-index.ts';

const analyser = await loadTestAnalyser();

const MODEL = `
from dataclasses import dataclass
import torch
from torch import nn

@dataclass
class Projection:
    fan_in: int
    fan_out: int
    start: dict

    def build(self):
        layer = nn.Linear(self.fan_in, self.fan_out, bias=False)
        for name, parameter in layer.named_parameters():
            self.start[name](parameter)
        return layer

class Block(nn.Module):
    @dataclass
    class Plan:
        up: Projection
        down: Projection

    def __init__(self, plan: Plan):
        super().__init__()
        self.up = plan.up.build()
        self.down = plan.down.build()

    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))

class Net(nn.Module):
    @dataclass
    class Plan:
        width: int
        words: int
        block: Block.Plan
        last: Projection

    def __init__(self, plan: Plan):
        super().__init__()
        self.embed = nn.Embedding(plan.words, plan.width)
        self.block = Block(plan.block)
        self.last = plan.last.build()

    def forward(self, ids):
        return self.last(self.block(self.embed(ids)))
`;

const PRESETS = `
from functools import partial
from torch import nn
from model import Block, Net, Projection

STEADY = {'weight': partial(nn.init.normal_, std=0.02)}

def falling(size):
    return {'weight': partial(nn.init.normal_, std=size ** -0.5)}

def small():
    width = 256
    return Net.Plan(
        width=width,
        words=1000,
        block=Block.Plan(
            up=Projection(fan_in=width, fan_out=4 * width, start=STEADY),
            down=Projection(fan_in=4 * width, fan_out=width, start=falling(4 * width)),
        ),
        last=Projection(fan_in=width, fan_out=1000, start=falling(width)),
    )

SIZES = {'small': small}

def sized(size):
    return SIZES[size]()
`;

/** Where something is found of which weights, in a file among these. */
function foundIn(path: string, files: Readonly<Record<string, string>>) {
  const text = files[path] ?? '';
  const { findings } = analyser.analyse(
    text,
    { ...DEFAULT_OPTIONS, profile: 'mup' },
    placeIn(files, path, []),
  );
  const index = lineIndex(text);
  return findings.map(
    ({ code, span, weights }) =>
      `${code} ${weights} ${text.split('\n')[index.placeOf(span.start).line - 1]?.trim()}`,
  );
}

test('what a file has the parts of a model start with is told there, where it says so', () => {
  expect(foundIn('presets.py', { 'model.py': MODEL, 'presets.py': PRESETS })).toEqual([
    "MUP101 block.up.weight STEADY = {'weight': partial(nn.init.normal_, std=0.02)}",
    "MUP104 last.weight return {'weight': partial(nn.init.normal_, std=size ** -0.5)}",
  ]);
});

test('an initializer that another file calls stands where this one makes it, by whatever names', () => {
  const renamed = (text: string) =>
    text
      .replaceAll('STEADY', 'Q1')
      .replaceAll('falling', 'q2')
      .replaceAll('Projection', 'Q3')
      .replaceAll('Plan', 'Q4')
      .replaceAll('start', 'q5');
  expect(foundIn('presets.py', { 'model.py': renamed(MODEL), 'presets.py': renamed(PRESETS) })).toHaveLength(
    2,
  );
});

test('nothing is told there of what the file of the model says itself', () => {
  const own = MODEL.replace('self.start[name](parameter)', 'nn.init.normal_(parameter, std=0.02)');
  expect(foundIn('presets.py', { 'model.py': own, 'presets.py': PRESETS })).toEqual([]);
});

test('nor of a configuration that no function makes whole', () => {
  const asked = PRESETS.replace('def small():', 'def small(width):').replace('    width = 256\n', '');
  expect(foundIn('presets.py', { 'model.py': MODEL, 'presets.py': asked })).toEqual([]);
});

test('nor of starts that are right', () => {
  const right = PRESETS.replaceAll('start=STEADY', 'start=falling(width)').replace(
    'start=falling(width)),\n    )',
    'start={"weight": nn.init.zeros_}),\n    )',
  );
  expect(foundIn('presets.py', { 'model.py': MODEL, 'presets.py': right })).toEqual([]);
});

test('one of many layers is read as one of few that stands behind it', () => {
  const deep = (text: string) =>
    text
      .replace('block: Block.Plan', 'blocks: list')
      .replace(
        'self.block = Block(plan.block)',
        'self.blocks = nn.ModuleList(Block(one) for one in plan.blocks)',
      )
      .replace(
        'return self.last(self.block(self.embed(ids)))',
        'x = self.embed(ids)\n        for block in self.blocks:\n            x = block(x)\n        return self.last(x)',
      );
  const blocks = (count: number) =>
    `blocks=[${Array.from({ length: count }, () => 'block(width)').join(', ')}],`;
  const of = (name: string, count: number) => `
def ${name}():
    width = 256
    return Net.Plan(width=width, words=1000, ${blocks(count)}
        last=Projection(fan_in=width, fan_out=1000, start=falling(width)))
`;
  const presets = `${PRESETS.slice(0, PRESETS.indexOf('def small'))}
def block(width):
    return Block.Plan(up=Projection(width, 4 * width, STEADY), down=Projection(4 * width, width, falling(4 * width)))
${of('large', 700)}${of('small', 2)}`;
  const found = foundIn('presets.py', { 'model.py': deep(MODEL), 'presets.py': presets });
  expect(found.map((one) => one.slice(0, 6))).toEqual(['MUP101', 'MUP104']);
});
