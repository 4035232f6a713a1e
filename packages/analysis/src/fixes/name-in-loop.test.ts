import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A model whose matrices one loop starts alike: layers in the middle, which that suits, and a table, which it does not. */
function looped(loop: string, ...behind: readonly string[]): string {
  return `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, width=64):
        super().__init__()
        self.width = width
        self.table = nn.Embedding(vocab, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(2)])
        self.head = nn.Linear(width, vocab)
        self.start()

    def start(self):
${loop}
    def forward(self, ids):
        h = self.table(ids)
        for block in self.blocks:
            h = h + block(h).relu()
        return self.head(h)

net = Net(100, 64)
${behind.join('\n')}`;
}

const LOOP = `        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
`;

/** The lines that the fix of MUP103 changes, which is proved to mend it; why there is none. */
function mendedLines(source: string): readonly string[] {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP103');
  const [fix] = finding?.fixes ?? [];
  if (finding === undefined || fix === undefined) return ['no finding'];
  if (fix.edits.length === 0) return [`No edit: ${fix.why}`];
  const text = edited(source, fix.edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  const lines = source.split('\n');
  const words = text.split('\n').filter((line) => !lines.includes(line));
  const trimmed = words.map((line) => line.trim()).join('\n');
  // A line that has become too long is broken.
  return trimmed.replaceAll('(\n', '(').replaceAll('\n)', ')').split('\n');
}

const STARTED =
  "nn.init.xavier_uniform_(p, gain=((self.width / 64) ** 0.5 if name == 'table.weight' else 1))";

test('a loop over all parameters has their names, by which one is told from the others', () => {
  expect(mendedLines(looped(LOOP))).toEqual(['for name, p in self.named_parameters():', STARTED]);
});

test('a loop that has names has them already, and one whose code has that name takes another', () => {
  const named = LOOP.replace('p in self.parameters()', 'name, p in self.named_parameters()');
  expect(mendedLines(looped(named))).toEqual([STARTED]);
  const taken = `        name = 'start'\n${LOOP}`;
  expect(mendedLines(looped(taken))).toEqual([
    'for key, p in self.named_parameters():',
    STARTED.replace('name ==', 'key =='),
  ]);
});

test('a model that is started where it is made has the names that its class has', () => {
  const loop = LOOP.replaceAll('        for', 'for')
    .replaceAll('            ', '    ')
    .replace('self.parameters', 'net.parameters');
  const lines = mendedLines(looped('        pass\n', loop)).join('\n');
  expect(lines).toContain('for name, p in net.named_parameters():');
  expect(lines).toContain("name == 'table.weight'");
  const told = ['def tell():', '    print(name)', '', "name = 'net'", 'tell()'].join('\n');
  const others = mendedLines(looped('        pass\n', `${loop}\n${told}`)).join('\n');
  expect(others).toContain('for key, p in net.named_parameters():');
});

test.for([
  ['some of the parameters', LOOP.replace('self.parameters()', 'list(self.parameters())')],
  ['tensors of a list', LOOP.replace('self.parameters()', '[self.table.weight, self.head.weight]')],
])('of %s no names are known', ([, loop = '']) => {
  expect(mendedLines(looped(loop))).toEqual([
    'No edit: the same line starts other weights, which the code there does not tell apart',
  ]);
});
