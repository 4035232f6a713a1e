import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const UNDER_MUP = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;

/** A model that starts its layers by a method, which its constructor calls in one of its lines. */
function started(...lines: readonly string[]): string {
  return `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
${lines.map((line) => `        ${line}\n`).join('')}
    def _start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, x):
        return self.head(self.down(self.up(self.embed(x)).relu()).relu())

model = Net(64)
`;
}

const EMBED = 'self.embed = nn.Linear(8, width)';
const UP = 'self.up = nn.Linear(width, 4 * width)';
const DOWN = 'self.down = nn.Linear(4 * width, width)';
const HEAD = 'self.head = nn.Linear(width, 10)';

function factorIn(source: string): string {
  const finding = analyse(source).findings.find(({ code }) => code === 'MUP101');
  const [fix] = finding?.fixes ?? [];
  const text = fix?.edits.map((edit) => edit.text).join() ?? '';
  return /\(64 \/ ([\w.[\]]+)\)/.exec(text)?.[1] ?? `No edit: ${fix?.why}`;
}

test('layers of several widths are started by the size of one that the model has by then', () => {
  expect(factorIn(started(EMBED, UP, DOWN, HEAD, 'self.apply(self._start)'))).toBe('self.up.in_features');
});

test('a parameter that the constructor has made says its own length', () => {
  const source = (...ahead: readonly string[]) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.enter = nn.Linear(8, width)
${ahead.map((line) => `        ${line}\n`).join('')}        self.blocks = nn.Sequential(nn.Linear(width, 4 * width), nn.Linear(4 * width, width))
        self.start()
        self.head = nn.Linear(width, 10)

    def start(self):
        nn.init.normal_(self.blocks[0].weight, std=0.02)

    def forward(self, x):
        return self.head(self.blocks(self.enter(x) + self.shift).relu())

model = Net(64)
`;
  const factor = 'self.blocks[0].in_features';
  expect(factorIn(source('self.shift = nn.Parameter(torch.zeros(1, width))'))).toBe(factor);
  const bare = source('self.shift = nn.Parameter(torch.zeros(1, width))').replace(
    'self.blocks[0].weight',
    'next(self.blocks.parameters())',
  );
  expect(factorIn(bare)).toBe('self.shift.shape[1]');
  expect(factorIn(bare.replace('zeros(1, width)', 'zeros(width)'))).toBe('self.shift.shape[0]');
});

test('what is made behind the call is none that the method has', () => {
  const late = started(EMBED, UP, 'self.up.apply(self._start)', DOWN, HEAD, 'self.down.apply(self._start)');
  expect(factorIn(late)).toBe('self.up.in_features');
  const first = started(
    EMBED,
    'layers = [nn.Linear(width, 4 * width), nn.Linear(4 * width, width)]',
    'for one in layers: self._start(one)',
    'self.up, self.down = layers',
    HEAD,
  );
  expect(factorIn(first)).toBe('No edit: the code there has no name for the width');
});

test('what a base of the project may run first has none of it', () => {
  const source = started(EMBED, UP, DOWN, HEAD, 'self.apply(self._start)');
  const based = source.replace('class Net(nn.Module)', 'class Base(nn.Module):\n    pass\n\nclass Net(Base)');
  expect(factorIn(based)).toBe('No edit: the code there has no name for the width');
});

test('what is made before the call stays so where lines come above the class', async () => {
  const analyser = await loadTestAnalyser();
  const last = started(EMBED, UP, DOWN, HEAD, 'self.apply(self._start)');
  const fixesOf = (text: string) => analyser.analyse(text, UNDER_MUP).findings.map(({ fixes }) => fixes);
  fixesOf(last);
  const lower = `${'# above\n'.repeat(200)}${last}`;
  const fresh = await loadTestAnalyser();
  expect(fixesOf(lower)).toEqual(fresh.analyse(lower, UNDER_MUP).findings.map(({ fixes }) => fixes));
  expect(fixesOf(lower).flat(2).length).toBeGreaterThan(0);
  expect(factorIn(lower)).toBe('self.up.in_features');
});
