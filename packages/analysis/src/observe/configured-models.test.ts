import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const MODEL = `
from dataclasses import dataclass
import torch
from torch import nn

@dataclass
class Projection:
    fan_in: int
    fan_out: int
    std: float = 0.5

    def build(self):
        layer = nn.Linear(self.fan_in, self.fan_out, bias=False)
        nn.init.normal_(layer.weight, std=self.std)
        return layer

class Net(nn.Module):
    @dataclass
    class Plan:
        width: int
        first: Projection
        last: Projection

    def __init__(self, plan: Plan):
        super().__init__()
        self.first = plan.first.build()
        self.last = plan.last.build()

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))
`;

const PRESETS = `
from model import Net, Projection

def small(kind, scaled=True):
    width = 256
    return Net.Plan(
        width=width,
        first=Projection(fan_in=10, fan_out=width, std=0.25 if kind == 'quiet' else 1.0),
        last=Projection(fan_in=width, fan_out=3, std=width ** -0.5 if scaled else 1.0),
    )

def large(kind):
    width = 1024
    return Net.Plan(
        width=width,
        first=Projection(fan_in=10, fan_out=width, std=0.75),
        last=Projection(fan_in=width, fan_out=3, std=0.75),
    )

SIZES = {'small': small, 'large': large}

def sized(size, kind='quiet'):
    return SIZES[size](kind=kind)
`;

/** What stands in the table of a model, and what is taken for granted of how it is made. */
function readIn(files: Readonly<Record<string, string>>, callers: readonly string[] = []) {
  const text = files['model.py'] ?? '';
  const { models } = analyser.analyse(text, undefined, placeIn(files, 'model.py', callers));
  const model = models.find(({ name }) => name === 'Net');
  return {
    weights: model?.weights.map(({ name, role, b }) => [name, role, b]) ?? [],
    assumptions: model?.assumptions.filter((one) => /says what|is made with/.test(one)) ?? [],
  };
}

const READ = [
  ['first.weight', 'input', 0],
  ['last.weight', 'output', 0.5],
];
const NOTHING = {
  weights: [
    ['first', null, null],
    ['last', null, null],
  ],
  assumptions: [],
};

describe('a model that nobody makes is made of the first configuration that some function gives', () => {
  test('of another file, which is said', () => {
    expect(readIn({ 'model.py': MODEL, 'presets.py': PRESETS })).toEqual({
      weights: READ,
      assumptions: [
        'Assumes `presets.small` says what it is made of.',
        "Assumes it is made with `kind = 'quiet'`.",
      ],
    });
  });

  test('with what its module passes it first', () => {
    const later = `${PRESETS}\ndef loud(size):\n    return SIZES[size](kind='loud')\n`;
    expect(readIn({ 'model.py': MODEL, 'presets.py': later }).assumptions[1]).toContain("kind = 'quiet'");
  });

  test('or of its own', () => {
    const own = PRESETS.replace('from model import Net, Projection', '');
    expect(readIn({ 'model.py': MODEL + own }).weights).toEqual(READ);
  });

  test('whatever the names are', () => {
    const renamed = (text: string) =>
      text
        .replaceAll('Plan', 'Layout')
        .replaceAll('small', 'tiny')
        .replaceAll('kind', 'mood')
        .replaceAll('SIZES', 'all_of');
    const presets = renamed(PRESETS)
      .replace('import Net,', 'import Net as Model,')
      .replaceAll('Net.', 'Model.');
    expect(readIn({ 'model.py': renamed(MODEL), 'presets.py': presets }).weights).toEqual(READ);
  });
});

test('of sizes that it multiplies out of numbers, it is open whether they grow', () => {
  const model = MODEL.replace(
    'self.last = ',
    'self.mix = nn.Linear(plan.width, plan.width)\n        self.last = ',
  );
  const roleWith = (size: string) => {
    const presets = PRESETS.replaceAll('fan_in=width', `fan_in=${size}`).replaceAll(
      'fan_out=width',
      `fan_out=${size}`,
    );
    const { weights } = readIn({ 'model.py': model, 'presets.py': presets });
    return weights.find(([name]) => name === 'first.weight')?.[1];
  };
  expect(roleWith('8 * 40')).toBeNull();
  expect(roleWith('2 * width')).toBe('input');
});

describe('nothing is taken to be its configuration', () => {
  test('where a script makes the model', () => {
    const script = `
from model import Net, Projection
net = Net(Net.Plan(width=64, first=Projection(fan_in=10, fan_out=64), last=Projection(fan_in=64, fan_out=3, std=0)))
`;
    const { weights, assumptions } = readIn(
      { 'model.py': MODEL, 'presets.py': PRESETS, 'train.py': script },
      ['train.py'],
    );
    expect(weights.map(([name, , b]) => [name, b])).toEqual([
      ['first.weight', 0],
      ['last.weight', 'zero'],
    ]);
    expect(assumptions).toEqual([]);
  });

  test('that is one of another model', () => {
    const other = PRESETS.replaceAll('Net.Plan', 'Other.Plan').replace('import Net,', 'import Net, Other,');
    const text = `${MODEL}\nclass Other:\n    @dataclass\n    class Plan:\n        width: int\n        first: Projection\n        last: Projection\n`;
    expect(readIn({ 'model.py': text, 'presets.py': other })).toEqual(NOTHING);
  });

  test('that is one of any size, which it is given', () => {
    for (const given of ['width', 'kind, width: int']) {
      const presets = PRESETS.replaceAll('(kind', `(${given}, kind`).replaceAll(/^ {4}width = .*\n/gm, '');
      expect(readIn({ 'model.py': MODEL, 'presets.py': presets }), given).toEqual(NOTHING);
    }
  });

  test('that goes into the configuration of a model which has it for a part', () => {
    const whole = `
class Whole(nn.Module):
    @dataclass
    class Plan:
        part: Net.Plan
`;
    const uses = (call: string) => ({
      'model.py': MODEL + whole,
      'presets.py': `${PRESETS.replace('import Net,', 'import Net, Whole,')}\n${call}\n`,
    });
    expect(readIn(uses("def whole():\n    return Whole.Plan(part=small('loud'))"))).toEqual(NOTHING);
    expect(readIn(uses("def trained():\n    return Trainer.Plan(model=small('loud'))")).weights).toEqual(
      READ,
    );
  });

  test('where the model is handed more than that', () => {
    const text = MODEL.replace('plan: Plan)', 'plan: Plan, device)');
    expect(readIn({ 'model.py': text, 'presets.py': PRESETS })).toEqual(NOTHING);
  });

  test('of numbers alone, which go by the names of fields', () => {
    const text = `
from dataclasses import dataclass
import torch
from torch import nn

class Net(nn.Module):
    @dataclass
    class Plan:
        width: int
        depth: int = 2

    def __init__(self, plan: Plan):
        super().__init__()
        self.first = nn.Linear(10, plan.width, bias=False)
        self.last = nn.Linear(plan.width, 3, bias=False)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))
`;
    const presets = 'from model import Net\n\ndef small(width=64):\n    return Net.Plan(width=int(width))\n';
    expect(readIn({ 'model.py': text, 'presets.py': presets })).toEqual(readIn({ 'model.py': text }));
  });
});
