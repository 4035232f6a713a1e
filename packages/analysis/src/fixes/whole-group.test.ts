import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited, joinedEdits } from './text-edits.ts';

/** A model that gives its optimizer a list of groups, of which the first has its readout. */
function grouped(...lines: readonly string[]): string {
  return `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, 10)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))

    def optimizer(self, rate=0.1, decay=0.1):
        last = [self.leave.weight]
${lines.map((line) => `        ${line}\n`).join('')}
net = Net(64)
net.optimizer()
`;
}

const APPEND =
  "for p in [self.middle.weight]: groups.append({'params': [p], 'lr': rate * (64 / self.width)})";

/** The lines that a fix of MUP302 changes, which is proved to mend it; why there is none. */
function mendedLines(source: string): readonly string[] {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP302');
  const [fix] = finding?.fixes ?? [];
  if (finding === undefined || fix === undefined) return ['no finding'];
  if (fix.edits.length === 0) return [`No edit: ${fix.why}`];
  const text = edited(source, joinedEdits([fix.edits]) ?? []);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  const lines = source.split('\n');
  return text.split('\n').flatMap((line, at) => (line === lines[at] ? [] : [line.trim()]));
}

test.for<[string, string, string]>([
  [
    'a call of dict',
    'groups = [dict(params=last, lr=2 * rate), dict(params=[self.enter.weight], lr=rate)]',
    'groups = [dict(params=last, lr=2 * rate * (64 / self.width), weight_decay=1e-2 * (self.width / 64)), dict(params=[self.enter.weight], lr=rate)]',
  ],
  [
    'a dict with a decay',
    "groups = [{'params': last, 'lr': rate, 'weight_decay': decay}]",
    "groups = [{'params': last, 'lr': rate * (64 / self.width), 'weight_decay': decay * (self.width / 64)}]",
  ],
  [
    'a dict without a rate',
    "groups = [{'params': last, 'weight_decay': 0.0}]",
    "groups = [{'params': last, 'weight_decay': 0.0, 'lr': rate * (64 / self.width)}]",
  ],
  [
    'a dict with a decay and no rate',
    'groups = [{"params": last, "weight_decay": decay}]',
    'groups = [{"params": last, "weight_decay": decay * (self.width / 64), "lr": rate * (64 / self.width)}]',
  ],
])(
  'the rate of a group that has the weights to itself is multiplied where it stands: %s',
  ([, groups, line]) => {
    const source = grouped(groups, APPEND, 'return torch.optim.AdamW(groups, lr=rate)');
    expect(mendedLines(source)).toEqual([line]);
  },
);

test('what a group over lines has more stands on a line of its own', () => {
  const groups = ['groups = [{', "    'params': last,", "    'weight_decay': decay,", '}]'];
  const source = grouped(...groups, APPEND, 'return torch.optim.AdamW(groups, lr=rate)');
  expect(mendedLines(source).slice(0, 2)).toEqual([
    "'weight_decay': decay * (self.width / 64),",
    "'lr': rate * (64 / self.width),",
  ]);
});

test('a group that has another weight, too, is no such group', () => {
  const groups = "groups = [{'params': last + [self.enter.weight], 'lr': rate}]";
  const source = grouped(groups, APPEND, 'return torch.optim.AdamW(groups, lr=rate)');
  expect(mendedLines(source)).toEqual([
    'No edit: what the optimizer is given is neither all parameters of one model nor a list of groups that stands there',
  ]);
});

test.for([
  'groups = groups[::-1]',
  'groups.insert(0, dict(params=[self.enter.weight], lr=rate))',
  "groups[0]['lr'] = rate",
])('a list that code changes is none whose first groups stand there: %s', (changes) => {
  const groups = "groups = [{'params': last, 'lr': rate}]";
  const [why = ''] = mendedLines(
    grouped(groups, APPEND, changes, 'return torch.optim.AdamW(groups, lr=rate)'),
  );
  expect(why).toMatch(/^No edit: /);
});
