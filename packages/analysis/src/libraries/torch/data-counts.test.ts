import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

/** A loop that warms up by what it has seen of its data. */
function counting(seen: string, more = ''): string {
  const source = chainModel({ optimizer: 'None' });
  return `${source}
def train(n, loader, warm, rate${more}):
    net = Net(n)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    done = 0
    for inputs, labels in loader:
        F.cross_entropy(net(inputs), labels).backward()
        optimizer.step()
        done += ${seen}
        share = float(done) / max(1, warm)
        for group in optimizer.param_groups:
            group['lr'] = rate * max(0.1, 0.5 * (1.0 + math.cos(math.pi * share)))
`;
}

const hiddenRate = (source: string) => onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.c;

describe('a rate that goes by what was seen of the data is one at every width', () => {
  test.each([
    '(labels >= 0).sum()',
    '(labels != -1).sum().item()',
    'labels.ne(0).long().sum()',
    'torch.sum(labels >= 0)',
    'torch.count_nonzero(labels > 0)',
    '(labels > 0).sum(dim=1).sum().item()',
    '(labels > 0).float().mean()',
    'labels.numel()',
    'inputs.size(0)',
    'inputs.size(0) * inputs.size(1)',
    'len(labels)',
    '(labels.to(device) >= 0).sum().item()',
    'labels.cuda().reshape(-1).shape[0]',
    '[part.to(device) for part in labels][0].view(-1).size(0)',
    'inputs.transpose(0, 1).shape[1]',
  ])('%s', (seen) => {
    expect(hiddenRate(counting(seen))).toBe(0);
    expect(findingsOf('MUP301', counting(seen))).toHaveLength(1);
  });

  test('or of a part of a batch', () => {
    const rounds = (batch: string, seen: string) =>
      counting(seen)
        .replace('for inputs, labels in loader:', `for _, batch in enumerate(loader):\n        ${batch}`)
        .replaceAll('(inputs)', '(batch[0])')
        .replaceAll(', labels)', ', batch[1])');
    const moved = 'batch = [part.to(device) for part in batch]';
    expect(hiddenRate(rounds(moved, 'batch[0].reshape(-1).shape[0]'))).toBe(0);
    expect(hiddenRate(rounds('pass', 'batch[0].numel()'))).toBe(0);
    expect(hiddenRate(rounds('ids, mask = batch', 'ids.size(0)'))).toBe(0);
    expect(hiddenRate(rounds('pass', 'batch[0].numel() * n'))).toBeNull();
    expect(hiddenRate(rounds('batch = pick(n)', 'batch[0].numel()'))).toBeNull();
  });

  test('or of how much data there is', () => {
    const sized = (length: string) =>
      counting('labels.numel() / len(made)')
        .replace(
          'def train',
          `class Texts(torch.utils.data.Dataset):
    def __init__(self, path, n):
        self.lines, self.n, self.window = [line for line in open(path)], n, 3
    def __len__(self): return ${length}
    def __getitem__(self, at): return self.lines[at]
def train`,
        )
        .replace('    done = 0', "    done, made = 0, Texts('texts', n)");
    expect(hiddenRate(sized('len(self.lines)'))).toBe(0);
    expect(hiddenRate(sized('1000'))).toBe(0);
    expect(hiddenRate(sized('len(self.lines) - self.window'))).toBe(0);
    expect(hiddenRate(sized('self.n'))).toBeNull();
    expect(hiddenRate(sized('pick(self.n)'))).toBeNull();
    expect(hiddenRate(sized('len(self.lines)').replace('torch.utils.data.Dataset', 'object'))).toBeNull();
  });

  test('not where a width is in what is counted', () => {
    const source = counting('(labels > 0).sum()').replace(
      'in loader:',
      'in torch.utils.data.DataLoader(Patches(n), batch_size=n):',
    );
    expect(hiddenRate(source)).toBeNull();
    expect(hiddenRate(counting('(labels > 0).sum() * n'))).toBeNull();
    expect(hiddenRate(counting('labels.view(-1, n).shape[1]'))).toBeNull();
    expect(hiddenRate(counting('labels.view(pick(n)).shape[0]'))).toBeNull();
  });

  test('of what no loop goes through nothing is known: it may be of the model', () => {
    for (const [made, seen] of [
      ['nn.utils.parameters_to_vector(net.parameters())', '(made != 0).sum().item()'],
      ['nn.utils.parameters_to_vector(net.parameters())', 'made.numel()'],
      ['pick(n)', 'len(sorted(set(made)))'],
    ] as const) {
      const source = counting(seen).replace('    done = 0', `    done = 0\n    made = ${made}`);
      expect(hiddenRate(source), seen).toBeNull();
    }
  });

  test('of what is no count nothing is known', () => {
    expect(hiddenRate(counting('labels.sum()'))).toBeNull();
    expect(hiddenRate(counting('weigh(labels)'))).toBeNull();
    expect(hiddenRate(counting('(labels >= bounds(net)).sum()'))).toBeNull();
  });
});

test('a number that is taken out of one round of counted data is that number', () => {
  const found = findingsOf(
    'MUP101',
    `
import torch
from torch import nn

class Skip(nn.Module):
    def __init__(self, share):
        super().__init__()
        self.share = float(share)

    def forward(self, x):
        if not self.training:
            return x
        return x.div(1 - self.share)

class Layer(nn.Module):
    def __init__(self, n, share):
        super().__init__()
        self.mix = nn.Linear(n, n)
        nn.init.normal_(self.mix.weight, std=0.02)
        self.skip = Skip(share)

    def forward(self, x):
        return x + self.skip(self.mix(x))

class Net(nn.Module):
    def __init__(self, n, depth, most=0.2):
        super().__init__()
        self.first = nn.Linear(16, n)
        shares = [one.item() for one in torch.linspace(0, most, depth)]
        self.layers = nn.ModuleList([Layer(n, share) for share in shares])
        self.last = nn.Linear(n, 10)

    def forward(self, x):
        x = self.first(x)
        for layer in self.layers:
            x = layer(x)
        return self.last(x)
`,
  );
  expect(found).toHaveLength(1);
});
