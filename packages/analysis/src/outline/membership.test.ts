import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { missingIn, onlyModel } from '../../test/check-findings.ts';

/** c of each weight, where code sorts them into `fast` and `slow`: `slow` at lr / n. */
function rates(sorting: string, before = ''): readonly (number | null)[] {
  const optimizer = "torch.optim.Adam([{'params': fast, 'lr': lr}, {'params': slow, 'lr': lr / n}])";
  return onlyModel(chainModel({ before, after: sorting, optimizer })).weights.map(({ c }) => c);
}

const NAMED = 'model.named_parameters()';

describe('the members of a group are those that the code chooses', () => {
  const ways: Readonly<Record<string, string>> = {
    'by a list of parts of names': `listed = ['b.', 'c.']
slow = [p for k, p in ${NAMED} if any(part in k for part in listed)]
fast = [p for k, p in ${NAMED} if not any(part in k for part in listed)]`,
    'by all of several tests': `slow = [p for k, p in ${NAMED} if all(not k.startswith(name) for name in ('a', 'd'))]
fast = [p for k, p in ${NAMED} if k.startswith('a')]`,
    'by identity': `outer = set(map(id, model.a.parameters()))
slow = [p for p in model.parameters() if id(p) not in outer]
fast = [p for p in model.parameters() if id(p) in outer]`,
    'by identities in a set': `outer = {id(p) for p in model.a.parameters()}
slow = list(filter(lambda p: id(p) not in outer, model.parameters()))
fast = list(filter(lambda p: id(p) in outer, model.parameters()))`,
    'by regular expressions': `import re
fast, slow = [], []
for k, p in ${NAMED}:
    if re.match(r'(?:b|c)\\.weight$', k):
        slow.append(p)
    else:
        fast.append(p)`,
    'by a compiled regular expression': `import re
inner = re.compile(r'^[bc]')
slow = [p for k, p in ${NAMED} if inner.search(k) is not None]
fast = [p for k, p in ${NAMED} if not inner.search(k)]`,
    'by sets of names': `names = {k: p for k, p in ${NAMED}}
outer = set()
for k, m in model.named_modules():
    for pk, p in m.named_parameters():
        full = '%s.%s' % (k, pk) if k else pk
        if full.startswith('a.'):
            outer.add(full)
inner = names.keys() - outer
fast = [names[k] for k in sorted(list(outer))]
slow = [names[k] for k in sorted(list(inner))]`,
    'by what is in a dict': `outer = dict(model.a.named_parameters(prefix='a'))
slow = [p for k, p in ${NAMED} if k != 'a.weight']
fast = [p for k, p in ${NAMED} if k == 'a.weight']`,
    'by their places': `children = list(model.children())
fast = list(children[0].parameters())
slow = [p for m in children[1:] for p in m.parameters()]`,
  };
  for (const [way, sorting] of Object.entries(ways)) {
    test(way, () => {
      expect(rates(sorting)).toEqual([0, 1, 1]);
    });
  }

  test('in a loop over a table of patterns that stops at the first', () => {
    const optimizer = `torch.optim.Adam([
        {'params': bucket, 'lr': lr * scale} for bucket, (_, scale) in zip(buckets, table) if bucket
    ], lr=lr)`;
    const after = `import re
table = [(r'[bc]\\.', 1 / n), (r'.*', 1.0)]
buckets = [[] for _ in table]
for k, p in ${NAMED}:
    for at, (pattern, _) in enumerate(table):
        if re.search(pattern, k):
            buckets[at].append(p)
            break`;
    expect(onlyModel(chainModel({ after, optimizer })).weights.map(({ c }) => c)).toEqual([0, 1, 1]);
  });
});

describe('of what a dict keeps under keys that are not known nobody is said to have no group, or another one:', () => {
  const grouping: Readonly<Record<string, string>> = {
    'a dict with defaults': `from collections import defaultdict
kept = defaultdict(list)
for p in model.parameters():
    kept[p.shape[-1]].append(p)`,
    setdefault: `kept = {}
for p in model.parameters():
    kept.setdefault(p.shape[-1], []).append(p)`,
  };
  test.each(Object.entries(grouping))('%s', (_, after) => {
    const optimizer = "torch.optim.Adam([{'params': ps, 'lr': lr / k} for k, ps in kept.items()])";
    const outline = onlyModel(chainModel({ after, optimizer }));
    expect(outline.weights.map(({ c }) => c)).toEqual([null, null, null]);
    expect(missingIn(outline)).toContain(
      'b.weight and c.weight: which parameters the groups of its optimizer have is not followed',
    );
  });
});

test('by identities of what a list of modules holds, of which nobody says how long it is', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, depth):
        super().__init__()
        self.first = nn.Linear(16, n, bias=False)
        self.blocks = nn.ModuleList([nn.Linear(n, n, bias=False) for _ in range(depth)])
        self.last = nn.Linear(n, 4, bias=False)

    def forward(self, x):
        x = self.first(x)
        for block in self.blocks:
            x = x + torch.tanh(block(x))
        return self.last(x)

def build(n, depth, lr):
    model = Net(n, depth)
    inner = [block.weight for block in model.blocks]
    known = {id(p) for p in inner}
    rest = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.Adam([{'params': inner, 'lr': lr / n}, {'params': rest, 'lr': lr}])
`;
  expect(onlyModel(source).weights.map(({ c }) => c)).toEqual([0, 1, 0]);
});

test('a weight that a condition which is not known sorts into one group alone may be in none', () => {
  const outline = onlyModel(
    chainModel({
      after: `some = [p for k, p in ${NAMED} if choose(k)]`,
      before: 'from somewhere import choose',
      optimizer: 'torch.optim.Adam(some, lr=lr)',
    }),
  );
  expect(missingIn(outline)).toContain(
    'a.weight, b.weight and c.weight: whether any parameter group has it is not certain',
  );
});

describe('the members of a group are those whose sizes the code asks for, as they are in wide models', () => {
  const ALL = 'model.parameters()';
  const ways: Readonly<Record<string, readonly [sorting: string, expected: readonly number[]]>> = {
    'by a length': [
      `slow = [p for p in ${ALL} if p.ndim == 2 and p.shape[1] == n]
fast = [p for p in ${ALL} if p.ndim != 2 or p.shape[1] != n]`,
      [0, 1, 1],
    ],
    'by the last length': [
      `fast, slow = [], []
for p in ${ALL}:
    (slow if p.size(-1) == n else fast).append(p)`,
      [0, 1, 1],
    ],
    'by the smallest length': [
      `fast, slow = [], []
for p in ${ALL}:
    if min(p.shape) >= n:
        slow.append(p)
    else:
        fast.append(p)`,
      [0, 1, 0],
    ],
    'by a length that is another number': [
      `fast, slow = [], []
for p in ${ALL}:
    if p.shape[0] != 4 and 16 not in p.shape:
        slow.append(p)
    else:
        fast.append(p)`,
      [0, 1, 0],
    ],
    'by all lengths': [
      `square = [p for p in ${ALL} if all(length == n for length in p.shape)]
known = set(map(id, square))
slow = square
fast = [p for p in ${ALL} if id(p) not in known]`,
      [0, 1, 0],
    ],
    'by how many lengths are the width': [
      `def growing(p, size):
    return sum(length == size for length in p.shape)

slow = [p for p in ${ALL} if growing(p, n) == 2]
fast = [p for p in ${ALL} if growing(p, n) < 2]`,
      [0, 1, 0],
    ],
    'by the whole shape': [
      `slow = list(filter(lambda p: tuple(p.shape) == (n, n), ${ALL}))
fast = list(filter(lambda p: tuple(p.shape) != (n, n), ${ALL}))`,
      [0, 1, 0],
    ],
    'by names for lengths': [
      `fast, slow = [], []
for p in ${ALL}:
    into, *others = reversed(p.shape)
    (slow if into >= n else fast).append(p)`,
      [0, 1, 1],
    ],
    'by what differs in a narrow model': [
      `base = {k: q.shape for k, q in Net(64).named_parameters()}
slow, fast = [], []
for k, p in ${NAMED}:
    more = sum(one != other for one, other in zip(p.shape, base[k]))
    (slow if more == 2 else fast).append(p)`,
      [0, 1, 0],
    ],
  };
  for (const [way, [sorting, expected]] of Object.entries(ways)) {
    test(way, () => {
      expect(rates(sorting)).toEqual(expected);
    });
  }

  test('and by nothing that one number says at one width alone', () => {
    const by = (other: string) => `fast, slow = [], []
for p in ${ALL}:
    (slow if p.shape[0] == ${other} else fast).append(p)`;
    expect(rates(by('int(unread_count())'))).toEqual([null, null, null]);
    expect(rates(by('2 * n'))).toEqual([0, 0, 0]);
    const twoModels = `other = Net(2 * n)
${by('other.n')}`;
    expect(rates(twoModels)[1]).toBeNull();
  });

  test('a number from outside is outgrown by what grows, and may be what stays', () => {
    const sorting = `import os
fast, slow = [], []
for p in ${ALL}:
    (slow if p.shape[0] == int(os.environ["CLASSES"]) else fast).append(p)`;
    expect(rates(sorting)).toEqual([0, 0, null]);
  });

  test('and a length over that of a narrow model grows', () => {
    const optimizer = `torch.optim.Adam([
    {'params': [p], 'lr': lr * q.shape[1] / p.shape[1]} for p, q in zip(${ALL}, base.parameters())
])`;
    const { weights } = onlyModel(chainModel({ after: 'base = Net(64)', optimizer }));
    expect(weights.map(({ c }) => c)).toEqual([0, 1, 1]);
  });
});
