import { describe, expect, test } from 'vitest';
import { analyse, onlyModel } from '../../test/check-findings.ts';

/** A model that looks its input up, or takes what is given for it, with lines of its forward pass. */
function modelWith(inputs: string, lines: string, part = ''): string {
  return `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, tokens, n, extra):
        super().__init__()
        self.embed = nn.Embedding(tokens, n)
        self.kinds = nn.Embedding(2, n)
        self.mid = nn.Linear(n, n, bias=False)
        ${part}
        self.readout = nn.Linear(n, tokens, bias=False)

    def forward(self, ids=None, kinds=None, ${inputs}, targets=None):
        h = self.embed(ids) + self.kinds(kinds)
        ${lines}
        logits = self.readout(torch.relu(self.mid(h)))
        if targets is not None:
            return logits, F.cross_entropy(logits, targets)
        return logits
`;
}

/** The inputs that are said to be left out, and the weights of which no use is seen. */
function saidOf(source: string): { readonly leftOut: string; readonly unused: readonly string[] } {
  const { assumptions, weights } = onlyModel(source);
  const [leftOut = ''] = assumptions.filter((one) => one.endsWith('not given to the forward pass.'));
  const unused = weights.filter(({ missing }) => missing.some(({ kind }) => kind === 'use-in-forward'));
  return { leftOut, unused: unused.map(({ name }) => name) };
}

describe('an input that may be left out', () => {
  test('is, where the code provides for that', () => {
    const lines = 'h = h if given is None else given\n        h = h if mask is None else h + mask';
    expect(saidOf(modelWith('given=None, mask=None', lines))).toEqual({
      leftOut: 'Assumes `given`, `mask` are not given to the forward pass.',
      unused: [],
    });
  });

  test('is given where a layer that the model has is used with it alone', () => {
    const lines = 'h = h if more is None else h + self.more(more)';
    expect(saidOf(modelWith('more=None', lines, 'self.more = nn.Linear(8, n)'))).toEqual({
      leftOut: '',
      unused: [],
    });
  });

  test('is left out where that layer is made on a condition', () => {
    const lines = 'h = h if more is None else h + self.more(more)';
    expect(saidOf(modelWith('more=None', lines, 'if extra: self.more = nn.Linear(8, n)'))).toEqual({
      leftOut: 'Assumes `more` is not given to the forward pass.',
      unused: ['more.weight', 'more.bias'],
    });
  });
});

test('of more than it names a forward pass is given nothing', () => {
  const lines = "h = h * more.get('scale', n) if 'scale' in more else h";
  const [, , mid] = onlyModel(
    modelWith('mask=None', lines).replace('targets=None', 'targets=None, **more'),
  ).weights;
  expect([mid?.a, mid?.b]).toEqual([0, 0.5]);
});

describe('a model without a forward pass', () => {
  /** What is used of a model whose methods are these. */
  const usedIn = (methods: string): readonly string[] =>
    analyse(`
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.embed = nn.Embedding(tokens, width)
        self.mid = nn.Linear(width, width, bias=False)
        self.readout = nn.Linear(width, tokens, bias=False)

    def features(self, ids):
        return torch.relu(self.mid(self.embed(ids)))

    def answer(self, ids):
        return self.readout(self.features(ids))
${methods}
`)
      .models.filter(({ name }) => name === 'Net')
      .flatMap(({ weights }) => weights)
      .filter(({ missing }) => !missing.some(({ kind }) => kind === 'use-in-forward'))
      .map(({ name }) => name);
  const LOSS = `
    def learn(self, ids, targets):
        return F.cross_entropy(self.answer(ids), targets)
`;

  test('is trained by the method that gives a loss', () => {
    expect(usedIn(LOSS)).toEqual(['embed.weight', 'mid.weight', 'readout.weight']);
  });

  const ALL = ['embed.weight', 'mid.weight', 'readout.weight'];

  test('is read by the fewest methods that reach all that any reaches, where none gives a loss or more than one', () => {
    expect(usedIn('')).toEqual(ALL);
    expect(usedIn(`${LOSS}${LOSS.replace('learn', 'more')}`)).toEqual(ALL);
    const refused = `
    def forward(self, ids):
        """There is none."""
        raise NotImplementedError
`;
    expect(usedIn(refused)).toEqual(ALL);
  });

  /** What the readout is multiplied by, and what is said of it, where these are all methods. */
  const readoutOf = (methods: string) => {
    const { models, findings } = analyse(
      `
import torch
from torch import nn
from torch.distributions import Categorical

class Net(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(8, width)
        self.mid = nn.Linear(width, width)
        self.leave = nn.Linear(width, classes)

    def features(self, x):
        return torch.relu(self.mid(torch.relu(self.enter(x))))
${methods}
`,
      { profile: 'mup' },
    );
    const weight = models[0]?.weights.find(({ name }) => name === 'leave.weight');
    return [weight?.a, findings.map(({ code }) => code)];
  };

  const SCORES = `
    def scores(self, x):
        return self.leave(self.features(x))
`;
  const SMALLER = `
    def policy(self, x):
        return self.leave(self.features(x)) / self.width
`;

  test('is not read by what another method makes more of', () => {
    const policy = SMALLER.replace('self.leave(self.features(x))', 'self.scores(x)');
    expect(readoutOf(`${SCORES}${policy}`)).toEqual(readoutOf(SMALLER));
    expect(readoutOf(`${policy}${SCORES}`)).toEqual(readoutOf(SMALLER));
  });

  test('is read by any of several methods that reach the same', () => {
    const open = readoutOf(`${SCORES}${SMALLER}`);
    expect(readoutOf(`${SMALLER}${SCORES}`)).toEqual(open);
    expect(open).toEqual([null, []]);
    expect(readoutOf(SCORES)).toEqual([0, ['MUP104']]);
    expect(readoutOf(SMALLER)).toEqual([1, []]);
    expect(readoutOf(`${SCORES}${SCORES.replace('def scores', 'def more')}`)).toEqual(readoutOf(SCORES));
  });

  test('is trained by any of the methods that give a loss', () => {
    const drawn = (methods: string) =>
      methods.replace('return ', 'return Categorical(logits=').replace(/\n$/, ').log_prob(actions)\n');
    expect(readoutOf(`${drawn(SCORES)}${drawn(SMALLER)}`)).toEqual([null, []]);
    expect(readoutOf(`${drawn(SMALLER)}${SCORES}`)).toEqual([1, []]);
  });

  test('is not read by what no gradient goes through', () => {
    const apart = `
    def answer(self, ids):
        with torch.no_grad():
            return self.readout(self.features(ids))
`;
    expect(usedIn(apart)).toEqual(['embed.weight', 'mid.weight']);
    expect(
      usedIn(apart.replace('with torch.no_grad()', 'if True').replace('(ids))', '(ids)).detach()')),
    ).toEqual(['embed.weight', 'mid.weight']);
  });

  test('is not read where another class has it for its base', () => {
    expect(usedIn('\n\nclass Other(Net):\n    pass\n')).toEqual([]);
  });

  test('a forward pass that gives nothing is the forward pass', () => {
    expect(usedIn('\n    def forward(self, ids):\n        pass\n')).toEqual([]);
  });
});
