import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { placeIn } from '../../test/in-memory-workspace.ts';

const PARTS = `
import math
from torch import nn

class Lookup(nn.Module):
    def __init__(self, rows, size):
        super().__init__()
        self.table = nn.Embedding(rows, size)
        self.size = size
    def forward(self, ids):
        return self.table(ids) * math.sqrt(self.size)  # grows

class Inner(nn.Module):
    def __init__(self, size, inner):
        super().__init__()
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        nn.init.normal_(self.up.weight, std=0.02)  # constant
    def forward(self, x):
        return self.down(self.up(x).relu())
`;

const WHOLE = `
from torch import nn
from parts import Lookup, Inner

class Net(nn.Module):
    def __init__(self, rows, width):
        super().__init__()
        self.look = Lookup(rows, width)
        self.inner = Inner(width, 4 * width)
        self.head = nn.Linear(width, rows)
    def forward(self, ids):
        x = self.look(ids)
        return self.head(x + self.inner(x))
`;

const TRAINS = `
import torch
from whole import Net

net = Net(1000, 512)
for p in net.parameters():
    torch.nn.init.zeros_(p)
torch.optim.Adam(net.parameters(), lr=1e-3)
`;

/** What is found in the file of the parts: rule and line. */
const told = (
  files: Readonly<Record<string, string>>,
  path = 'parts.py',
  callers: readonly string[] = [],
) => {
  const source = files[path] ?? '';
  const { findings } = analyse(source, {}, placeIn(files, path, callers));
  return findings.map(({ code, span }) => {
    const line = source.slice(0, span.start).split('\n').length;
    return `${code} ${source.split('\n')[line - 1]?.split('# ')[1]}`;
  });
};

describe('what is wrong with a part of which another file makes a model', () => {
  test('is told where the part has it, as far as the model shows it, which is said', () => {
    const files = { 'parts.py': PARTS, 'whole.py': WHOLE };
    expect(told(files)).toEqual(['MUP204 grows', 'MUP101 constant']);
    const [first] = analyse(PARTS, {}, placeIn(files, 'parts.py')).findings;
    expect(first?.assumptions).toEqual([
      'Assumes `width` is what you scale.',
      'Assumes it is a part of `Net` of `whole`.',
    ]);
  });

  test('and by no model that is itself a part of another one in that file, which may start it otherwise', () => {
    const whole = `${WHOLE.replace('class Net', 'class Body').replace('nn.Linear(width, rows)', 'nn.Linear(width, width)')}
class Net(nn.Module):
    def __init__(self, rows, width):
        super().__init__()
        self.body, self.head = Body(rows, width), nn.Linear(width, rows)
        for p in self.body.inner.parameters():
            nn.init.zeros_(p)
    def forward(self, ids):
        return self.head(self.body(ids))
`;
    expect(told({ 'parts.py': PARTS, 'whole.py': whole })).toEqual(['MUP204 grows']);
  });

  test('is not told of a part that no file is seen to use', () => {
    expect(told({ 'parts.py': PARTS })).toEqual([]);
  });

  test('is not told where the file of the model, or one that trains it, starts its weights otherwise', () => {
    const started = WHOLE.replace(
      '    def forward',
      '        for p in self.parameters():\n            nn.init.zeros_(p)\n    def forward',
    );
    expect(told({ 'parts.py': PARTS, 'whole.py': started })).toEqual([]);
    const files = { 'parts.py': PARTS, 'whole.py': WHOLE, 'trains.py': TRAINS };
    expect(told(files, 'parts.py', ['trains.py'])).toEqual([]);
  });

  test('is not told of a part that a run makes by itself', () => {
    const alone = `${PARTS}\nlook = Lookup(10, 20)\ninner = Inner(20, 80)\n`;
    expect(told({ 'parts.py': alone, 'whole.py': WHOLE })).toEqual([]);
  });
});
