import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { LOOP_OF_BLOCKS } from '../../test/loop-of-blocks.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A model with a method that makes its optimizer of these groups. */
function trained(groups: string, call = 'torch.optim.AdamW(groups, lr=rate)'): string {
  return `${LOOP_OF_BLOCKS}
    def optimizer(self, rate, decay):
${groups}
        return ${call}
`;
}

/** The text after the fix, which is proved to mend the finding; as it was where there is none. */
function mended(source: string, code: string): string {
  const before = analyse(source);
  const finding = before.findings.find((one) => one.code === code);
  const edits = finding?.fixes[0]?.edits ?? [];
  const text = edited(source, edits);
  expect(edits.length === 0 || (finding && isMended(before, analyse(text), [finding]))).toBe(true);
  return text;
}

function body(text: string): string {
  return text.slice(text.indexOf('        matrices'), text.indexOf('        return torch.optim'));
}

const GROUPS = `        matrices = [p for n, p in self.named_parameters() if p.dim() >= 2]
        groups = [
            {'params': matrices, 'weight_decay': decay},
            {'params': [p for n, p in self.named_parameters() if p.dim() < 2], 'weight_decay': 0.0},
        ]`;

test('of a list of groups the one that has the weights is split by names, with all that it says', () => {
  const source = trained(GROUPS);
  expect(
    body(mended(source, 'MUP301')),
  ).toBe(`        matrices = [p for n, p in self.named_parameters() if p.dim() >= 2]
        groups = [
            {
                'params': [
                    p
                    for n, p in self.named_parameters()
                    if p.dim() >= 2 and n.startswith('blocks.')
                ],
                'weight_decay': decay * (self.width / 64),
                'lr': rate * (64 / self.width),
            },
            {
                'params': [
                    p
                    for n, p in self.named_parameters()
                    if p.dim() >= 2 and not n.startswith('blocks.')
                ],
                'weight_decay': decay,
            },
            {'params': [p for n, p in self.named_parameters() if p.dim() < 2], 'weight_decay': 0.0},
        ]
`);
});

test('a rate that groups and call leave out is the one that PyTorch has then', () => {
  const source = trained(GROUPS, 'torch.optim.AdamW(groups)');
  const twice = body(mended(mended(source, 'MUP301'), 'MUP302'));
  expect(twice.match(/'lr': 1e-3 \* \(64 \/ self\.width\)/g)).toHaveLength(2);
});

test('what is left of a group is split again', () => {
  const once = mended(trained(GROUPS), 'MUP301');
  const twice = mended(once, 'MUP302');
  expect(body(twice)).toContain(`
            {
                'params': [
                    p
                    for n, p in self.named_parameters()
                    if p.dim() >= 2 and n == 'leave.weight'
                ],
                'weight_decay': decay * (self.width / 64),
                'lr': rate * (64 / self.width),
            },
`);
  expect(analyse(twice).findings).toEqual([]);
});

/** A script that makes its model at its top. */
const AT_THE_TOP = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(16, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, 10)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))

net = Net(64)
`;

test('what is left is split again where the model alone says how wide it is', () => {
  const source = `${AT_THE_TOP}optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
`;
  const rates = (text: string) => [...text.matchAll(/'lr': ([^,\n}]*)/g)].map(([, rate]) => rate);
  const [middle, leave] = ['middle', 'leave'].map((layer) => `1e-2 * (64 / net.${layer}.in_features)`);
  expect(rates(mended(mended(source, 'MUP301'), 'MUP302'))).toEqual([middle, leave]);
  expect(rates(mended(mended(source, 'MUP302'), 'MUP301'))).toEqual([leave, middle]);
});

const DDP = 'from torch.nn.parallel import DistributedDataParallel as Spread\n';

test.each([
  ['in a wrapper', `${DDP}outer = Spread(net)\n`],
  ['over several devices', 'outer = nn.DataParallel(net)\n'],
])(
  'where what is trained at the top of a file is the model %s, that says how wide its module is',
  (_, wraps) => {
    const source = `${AT_THE_TOP}${wraps}optimizer = torch.optim.Adam(outer.parameters(), lr=1e-2)
`;
    const split = mended(source, 'MUP301');
    expect(split).toContain("if name.endswith('middle.weight')");
    expect(split).toContain("'lr': 1e-2 * (64 / outer.module.middle.in_features)");
  },
);

test.each([
  [
    'may be in a wrapper',
    `${DDP}outer = net\nif torch.distributed.is_initialized():\n    outer = Spread(outer)\n`,
  ],
  [
    'may be in a wrapper, by one line',
    `${DDP}outer = Spread(net) if torch.distributed.is_initialized() else net\n`,
  ],
  ['is in two wrappers', `${DDP}outer = nn.DataParallel(net)\nouter = Spread(outer)\n`],
  [
    'is in shards',
    'from torch.distributed.fsdp import FullyShardedDataParallel as Shards\nouter = Shards(net)\n',
  ],
])('nothing is split at the top of a file where what is trained %s', (_, wraps) => {
  const source = `${AT_THE_TOP}${wraps}optimizer = torch.optim.Adam(outer.parameters(), lr=1e-2)
`;
  expect(mended(source, 'MUP301')).toBe(source);
  const plain = source.replace(wraps, '').replace('outer.parameters', 'net.parameters');
  expect(mended(plain, 'MUP301')).not.toBe(plain);
});

test('of a compiled model, and of one over devices whose width the code has by name, names are told by how they end', () => {
  const compiled = `${AT_THE_TOP}outer = torch.compile(net)
optimizer = torch.optim.Adam(outer.parameters(), lr=1e-2)
`;
  const split = mended(compiled, 'MUP301');
  expect(split).toContain("if name.endswith('middle.weight')");
  expect(split).toContain("'lr': 1e-2 * (64 / outer.middle.in_features)");
  const spread = `${AT_THE_TOP}
def train(width=64):
    outer = Net(width)
    if torch.cuda.device_count() > 1:
        outer = nn.DataParallel(outer)
    return torch.optim.Adam(outer.parameters(), lr=1e-2)
`;
  const again = mended(spread, 'MUP301');
  expect(again).toContain("if name.endswith('middle.weight')");
  expect(again).toContain("'lr': 1e-2 * (64 / width)");
});

test.for([
  ['that is made longer later', `${GROUPS}\n        groups.append({'params': []})`],
  [
    'with comments in it',
    GROUPS.replace("'weight_decay': decay}", "'weight_decay': decay  # all\n            }"),
  ],
  [
    'that is not made by names',
    GROUPS.replaceAll('n, p in self.named_parameters()', 'p in self.parameters()'),
  ],
])('a list is left as it is %s', ([, groups]) => {
  const source = trained(groups!);
  expect(mended(source, 'MUP301')).toBe(source);
});
