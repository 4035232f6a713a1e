import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A script that trains a model by some lines. */
function trained(...lines: readonly string[]): string {
  return `import itertools
import torch
from torch import nn
from torch.optim import Adam

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.up = nn.Linear(16, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 4)
        nn.init.zeros_(self.readout.weight)

    def forward(self, x):
        return self.readout(self.mix(self.up(x).relu()).relu())

net = Net(64)
${lines.join('\n')}
`;
}

/** What the groups of the text have after the fix, which is proved to mend the finding; why there is none. */
function groups(source: string): readonly string[] {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP301');
  const [fix] = finding?.fixes ?? [];
  if (finding === undefined || fix === undefined) return ['no finding'];
  if (fix.edits.length === 0) return [`No edit: ${fix.why}`];
  const text = edited(source, fix.edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  const words = text.slice(text.indexOf('optimizer =')).replaceAll(/\s+/g, ' ');
  return [...words.matchAll(/named_parameters\(\) if (.*?) ?\]/g)].map(([, condition = '']) => condition);
}

const ALL = ["name == 'mix.weight'", "name != 'mix.weight'"];
const STARS = 'No edit: the call is given arguments by stars, of which its rate may be one';
const SOME = [
  "name.startswith(('mix.', 'readout.')) and name == 'mix.weight'",
  "name.startswith(('mix.', 'readout.')) and name != 'mix.weight'",
];

test.for<[string, readonly string[]]>([
  [
    'Adam(list(net.up.parameters()) + list(net.mix.parameters()) + list(net.readout.parameters()), lr=0.1)',
    ALL,
  ],
  ['Adam(itertools.chain(net.up.parameters(), net.mix.parameters(), net.readout.parameters()), lr=0.1)', ALL],
  ['Adam([*net.readout.parameters(), *net.mix.parameters(), *net.up.parameters()], lr=0.1)', ALL],
  ['Adam(list(net.mix.parameters()) + list(net.readout.parameters()), lr=0.1)', SOME],
  ['Adam(net.parameters(), lr=0.1, **(dict(fused=True) if torch.cuda.is_available() else dict()))', ALL],
  ["Adam(net.parameters(), lr=0.1, **{'fused': True})", ALL],
  [
    'Adam(net.mix.parameters(), lr=0.1)',
    ["name.startswith('mix.') and name == 'mix.weight'", "name.startswith('mix.') and name != 'mix.weight'"],
  ],
])('parts of a model that are put together are told apart by names: %s', ([call, conditions]) => {
  expect(groups(trained(`optimizer = ${call}`))).toEqual(conditions);
});

test('parameters that the code has under a name are split where they are trained', () => {
  expect(groups(trained('some = list(net.parameters())', 'optimizer = Adam(some, lr=0.1)'))).toEqual(ALL);
  const wide = trained(
    'wide = [p for n, p in net.named_parameters() if p.ndim > 1]',
    'optimizer = Adam(wide, lr=0.1)',
  );
  expect(groups(wide)).toEqual(["p.ndim > 1 and n == 'mix.weight'", "p.ndim > 1 and n != 'mix.weight'"]);
});

test('a group that is a part of the model has its names', () => {
  const source = trained(
    "optimizer = Adam([{'params': net.mix.parameters()}, {'params': net.readout.parameters(), 'lr': 0.2}], lr=0.1)",
  );
  expect(groups(source)).toEqual([
    "name.startswith('mix.') and name == 'mix.weight'",
    "name.startswith('mix.') and name != 'mix.weight'",
  ]);
});

const NEITHER =
  'No edit: what the optimizer is given is neither all parameters of one model nor a list of groups that stands there';

test.for<[string, readonly string[], string]>([
  [
    'the name has another model by then',
    ['some = list(net.parameters())', 'net = nn.Sequential(net)', 'optimizer = Adam(some, lr=0.1)'],
    NEITHER,
  ],
  [
    'the list is added to',
    [
      'some = list(net.parameters())',
      'some.append(nn.Parameter(torch.ones(1)))',
      'optimizer = Adam(some, lr=0.1)',
    ],
    NEITHER,
  ],
  [
    'something else is trained, too',
    [
      'other = nn.Linear(4, 4)',
      'optimizer = Adam(list(net.parameters()) + list(other.parameters()), lr=0.1)',
    ],
    NEITHER,
  ],
  ['its rate comes by stars', ['given = dict(lr=0.1)', 'optimizer = Adam(net.parameters(), **given)'], STARS],
  [
    'its rate is put into what comes by stars',
    ['given = {}', "given['lr'] = 0.1", 'optimizer = Adam(net.parameters(), **given)'],
    STARS,
  ],
  [
    'its rate may be put into what comes by stars',
    ['given = {}', 'choose(given)', 'optimizer = Adam(net.parameters(), lr=0.1, **given)'],
    STARS,
  ],
  [
    'one side of what comes by stars is not seen',
    [
      "given = dict(fused=True) if torch.cuda.is_available() else options['rest']",
      'optimizer = Adam(net.parameters(), lr=0.1, **given)',
    ],
    STARS,
  ],
])('nothing is split where %s', ([, lines, why]) => {
  expect(groups(trained(...lines))).toEqual([why]);
});
