import { describe, expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import type { Workspace } from './workspace/workspace.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(16, width)
        self.mid = nn.Linear(width, width)
        self.out = nn.Linear(width, 4)
        nn.init.normal_(self.mid.weight, std=0.02)

    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.up(x)))))
`;

const script = (does: string) => `import torch
from torch import nn
from model import Net
from tools import changed, patched
import tools
import mup

def train(width, data):
    net = Net(width)
    ${does}
    trainer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for x, y in data:
        nn.functional.cross_entropy(net(x), y).backward()
        trainer.step()
`;

/** A workspace whose methods are those of an object. */
class Asked implements Workspace {
  private readonly files: Workspace;

  constructor(files: Workspace) {
    this.files = files;
  }

  find(name: string, from: string) {
    return this.files.find(name, from);
  }

  read(path: string) {
    return this.files.read(path);
  }

  callers(path: string, models: readonly string[]) {
    return this.files.callers?.(path, models) ?? [];
  }
}

/** Of a model that is given a standard deviation and multiplies features by a number. */
const WITH_NUMBERS = (start: string) =>
  MODEL.replace('width):', 'width, std=0.02):')
    .replace('nn.init.normal_(self.mid.weight, std=0.02)', `self.gain = 1.0\n        ${start}`)
    .replace('self.mid(', 'self.gain * self.mid(');

function analysed(does: string, text: string) {
  const given = placeIn({ 'model.py': text, 'train.py': script(does) }, 'model.py', ['train.py']);
  const place = { ...given, workspace: new Asked(given.workspace) };
  return analyser.analyse(text, { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
}

function found(does: string, text = MODEL) {
  const { findings, models } = analysed(does, text);
  const start = findings.find(({ code }) => code === 'MUP101');
  const isAssumed = start?.assumptions.some((one) => one.includes('code of other files')) ?? false;
  const b = models[0]?.weights.find(({ name }) => name === 'mid.weight')?.b;
  return { isFound: start !== undefined, isAssumed, b };
}

describe('a start that the file writes', () => {
  test('is found as it is known where scripts leave it', () => {
    expect(found('pass')).toEqual({ isFound: true, isAssumed: false, b: 0 });
  });

  test.each(['patched(net.mid.weight)', 'for part in net.children(): patched(part)'])(
    'is found by itself where a script leaves it open, which is said: %s',
    (does) => {
      expect(found(does)).toEqual({ isFound: true, isAssumed: true, b: null });
    },
  );

  test.each([
    ['nn.init.normal_(net.mid.weight, std=width ** -0.5)', 0.5],
    ['net.mid = patched(net.mid)', undefined],
    ['patched(net.out.weight); nn.init.zeros_(net.mid.weight)', 'zero'],
    ['nn.init.normal_(net.mid.weight, std=changed(width))', null],
    ['net.mid.weight.data = changed(net.mid.weight)', null],
    ['net.mid.weight.data.mul_(changed(width))', null],
    ['torch.nn.utils.parametrizations.spectral_norm(net.mid)', null],
    ['tools.reset_weights(net.mid.weight)', null],
    ['for part in net.parameters(): tools.normal_(part)', null],
    ['net.apply(changed)', null],
  ])('is not found where a script is known to start it otherwise: %s', (does, b) => {
    expect(found(does)).toEqual({ isFound: false, isAssumed: false, b });
  });

  test.each([
    ['nn.init.normal_(self.mid.weight, std=0.02)', 'net.gain = changed(width)'],
    ['nn.init.normal_(self.mid.weight, std=std)', 'net = Net(width, std=changed(width))'],
  ])('is not found where a script gives a number of its own: %s, %s', (start, does) => {
    expect(found(does, WITH_NUMBERS(start))).toMatchObject({ isFound: false });
    expect(found('patched(net.mid.weight)', WITH_NUMBERS(start))).toMatchObject({ isFound: true });
  });

  test('is found also where its size has the name that a script gives it', () => {
    const falling = MODEL.replace('std=0.02', 'std=width**-0.25');
    expect(found('patched(net.mid.weight)', falling)).toEqual({ isFound: true, isAssumed: true, b: null });
  });

  test('is not found where a script sets base shapes', () => {
    const shapes = 'mup.set_base_shapes(net, Net(64), delta=Net(96)); patched(net.mid.weight)';
    expect(found(shapes)).toMatchObject({ isAssumed: false });
  });
});

test('attention whose queries and keys a script leaves open is told at its own lines', () => {
  const layers = 'self.ask, self.key, self.out = (nn.Linear(width, size) for size in (width, width, 4))';
  const attention = MODEL.replace('self.out = nn.Linear(width, 4)', layers)
    .replace('std=0.02', 'std=width**-0.5')
    .replace('self.out(torch.relu(', 'self.out(self.attend(torch.relu(')
    .replace('(x)))))', '(x))))))')
    .concat(`
    def attend(self, h):
        scores = self.ask(h) @ self.key(h).transpose(-2, -1) / h.size(-1) ** 0.5
        return scores.softmax(-1) @ h
`);
  const told = (does: string) =>
    analysed(does, attention)
      .findings.find(({ code }) => code === 'MUP202')
      ?.assumptions.slice(1);
  expect(told('pass')).toEqual([]);
  expect(told('for part in net.children(): patched(part)')).toEqual([
    'Assumes that code of other files which is not read leaves these starts as they are.',
  ]);
  expect(told('patched(net.key.weight); nn.init.zeros_(net.ask.weight)')).toBeUndefined();
});
