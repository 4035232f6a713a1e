import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../test/check-findings.ts';

function trained(by: string): string {
  return `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim, bias=False)
        self.up = nn.Linear(dim, 4 * dim, bias=False)
        self.down = nn.Linear(4 * dim, dim, bias=False)
        self.router = nn.Linear(dim, 8, bias=False)
        self.head = nn.Linear(dim, vocab, bias=False)

    def forward(self, ids):
        h = torch.tanh(self.mix(self.embed(ids)))
        h = h + self.down(torch.relu(self.up(h))) * self.router(h).softmax(-1).max()
        return self.head(h)

def train(vocab, dim, lr, rest):
    net = Net(vocab, dim)
    ${by.replaceAll('\n', '\n    ')}
`;
}

const weightsSaid = (by: string) => findingsOf('MUP309', trained(by)).flatMap(({ weights }) => weights);

describe('finds at the optimizer that orthogonalizes', () => {
  test('the matrices that are not from features to features', () => {
    const source = trained('optimizer = torch.optim.Muon(net.parameters(), lr=lr)');
    const [finding, ...more] = findingsOf('MUP309', source);
    expect(more).toEqual([]);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'torch.optim.Muon(net.parameters(), lr=lr)',
    );
    expect(finding?.weights).toEqual(['embed.weight', 'router.weight', 'head.weight']);
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain('trained by `Muon`, which orthogonalizes updates');
  });

  test('those of one group of a list, told at that group', () => {
    const ends = "{'params': [net.embed.weight, net.head.weight]}";
    const source = trained(
      `groups = [{'params': [net.mix.weight, net.up.weight]}, ${ends}]\noptimizer = torch.optim.Muon(groups, lr=lr)`,
    );
    const [finding] = findingsOf('MUP309', source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(ends);
    expect(finding?.weights).toEqual(['embed.weight', 'head.weight']);
  });

  test.for([
    ['appended', 'groups = [{"params": hidden}]\ngroups.append(ENDS)'],
    ['of its own name', 'ends = ENDS\ngroups = [{"params": hidden}, ends]'],
    [
      'that is told its decay later',
      'ends = ENDS\nends["weight_decay"] = 0.0\ngroups = [{"params": hidden}, ends]',
    ],
  ])('those of a group %s, told where the group is made', ([, groups]) => {
    for (const ends of [
      "{'params': [net.embed.weight, net.head.weight]}",
      'dict(params=[net.embed.weight, net.head.weight])',
    ]) {
      const source = trained(
        `hidden = [net.mix.weight]\n${groups!.replace('ENDS', ends)}\noptimizer = torch.optim.Muon(groups, lr=lr)`,
      );
      const [finding] = findingsOf('MUP309', source);
      expect(source.slice(finding?.span.start, finding?.span.end)).toBe(ends);
    }
  });

  test('those of groups that one line makes, told at that line', () => {
    const group = "{'params': [p], 'lr': lr * p.shape[0] ** 0.5}";
    const source = trained(`optimizer = torch.optim.Muon([${group} for p in net.parameters()])`);
    const [finding] = findingsOf('MUP309', source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(group);
    expect(finding?.weights).toEqual(['embed.weight', 'router.weight', 'head.weight']);
  });

  test('those that a filter by rank leaves in', () =>
    expect(
      weightsSaid('optimizer = torch.optim.Muon([p for p in net.parameters() if p.ndim == 2], lr=lr)'),
    ).toContain('embed.weight'));

  test('as a hint where nothing says that the model means μP', () => {
    const source = trained('optimizer = torch.optim.Muon(net.parameters(), lr=lr)');
    expect(findingsOf('MUP309', source, { profile: 'advisory' })[0]?.severity).toBe('hint');
  });
});

describe('is silent where', () => {
  const silent = (name: string, by: string) => test(name, () => expect(weightsSaid(by)).toEqual([]));

  silent(
    'hidden matrices alone are in it',
    'optimizer = torch.optim.Muon([net.mix.weight, net.up.weight], lr=lr)',
  );
  silent('another optimizer has them', 'optimizer = torch.optim.AdamW(net.parameters(), lr=lr)');
  silent(
    'a condition decides',
    'weights = [net.mix.weight]\nif rest:\n    weights.append(net.embed.weight)\noptimizer = torch.optim.Muon(weights, lr=lr)',
  );
});
