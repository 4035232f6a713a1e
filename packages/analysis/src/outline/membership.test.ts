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
