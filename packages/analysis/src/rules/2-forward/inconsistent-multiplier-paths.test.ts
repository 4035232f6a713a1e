import { describe, expect, test } from 'vitest';
import { checkRule, findingsOf } from '../../../test/check-findings.ts';

const check = checkRule('MUP205');

/** A readout whose forward pass ends as given. */
function model(end: string, args = 'targets=None'): string {
  return `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim, base=256, scaled=True):
        super().__init__()
        self.dim, self.base, self.scaled = dim, base, scaled
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab, bias=False)

    def forward(self, ids, ${args}):
        h = self.embed(ids)
        h = self.norm(h + torch.tanh(self.mix(h)))
${end.replace(/^\n/, '').replaceAll(/^(?=.)/gm, '        ')}
`;
}

describe('fires at the way that lacks the factor', () => {
  test('where training gives the loss alone', () => {
    const source = model(`
if targets is None:
    return self.head(h)
logits = self.head(h * (self.base / self.dim))
return F.cross_entropy(logits.flatten(0, 1), targets.flatten())`);
    const [finding, ...more] = findingsOf('MUP205', source);
    expect(more).toEqual([]);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe('self.head(h)');
    const scaled = source.replace('return self.head(h)', 'return self.head(h) * (self.base / self.dim)');
    expect(findingsOf('MUP205', scaled)).toEqual([]);
  });

  test('where it is applied in training alone', () => {
    const source = model(`
if targets is not None:
    logits = self.head(h * (self.base / self.dim))
    loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
else:
    logits = self.head(h[:, [-1], :])
    loss = None
return logits, loss`);
    const [finding, ...more] = findingsOf('MUP205', source);
    expect(more).toEqual([]);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe('self.head(h[:, [-1], :])');
    expect(finding?.message).toBe(
      'What `head.weight` makes is larger here, by a factor n, than where `targets is None` decides otherwise (n = `dim`): ' +
        'one model gives outputs of two scales',
    );
    expect(finding?.related.map(({ message }) => message)).toEqual(['the other way']);
  });

  test('where it is in place, behind a gain, and only where the model was built so', () => {
    const source = model(`
if targets is not None:
    if self.scaled:
        h *= self.base / self.dim
    logits = self.head(h)
else:
    logits = self.head(h[:, [-1], :])
return logits`);
    expect(findingsOf('MUP205', source)).toHaveLength(1);
  });

  test('where the mode of the module decides', () => {
    const source = model(`
if self.training:
    logits = self.head(h) / self.dim
else:
    logits = self.head(h)
return logits`);
    expect(findingsOf('MUP205', source)).toHaveLength(1);
  });
});

describe('fires at the way that lacks it, of one product that is written out on both,', () => {
  const at = (end: string) => {
    const source = model(end);
    return findingsOf('MUP205', source).map(({ span }) =>
      source.slice(span.start, source.indexOf('\n', span.start)),
    );
  };

  test('where each way returns a tuple of its own', () => {
    const end = `
if self.training:
    logits = self.head(h) / self.dim
    return logits, F.cross_entropy(logits, targets)
return self.head(h), None`;
    expect(at(end)).toEqual(['self.head(h), None']);
  });

  test('whichever comes first', () => {
    const end = `
if targets is None:
    return self.head(h)  # bare
logits = self.head(h)
logits = logits * (self.base / self.dim)
return logits`;
    expect(at(end)).toEqual(['self.head(h)  # bare']);
  });
});

describe('is silent where', () => {
  const silent = (name: string, end: string) => test(name, () => check(model(end)));

  silent(
    'both ways have it',
    `
h = h / self.dim
logits = self.head(h) if targets is not None else self.head(h[:, [-1], :])
return logits`,
  );
  silent(
    'one divides before and the other behind',
    `
if targets is not None:
    return self.head(h / self.dim)
return self.head(h) / self.dim`,
  );
  silent(
    'the model was built with one or the other',
    `
if self.scaled:
    return self.head(h / self.dim)
return self.head(h)`,
  );
  silent(
    'what the condition is of is partly how the model was built',
    `
if self.scaled and targets is not None:
    return self.head(h / self.dim)
return self.head(h)`,
  );
  silent(
    'they are of different tensors',
    `
if targets is not None:
    return self.head(h / self.dim)
return self.head(torch.tanh(h))`,
  );
  silent(
    'both differ by a number',
    `
if targets is not None:
    return self.head(h * 2)
return self.head(h)`,
  );
});
