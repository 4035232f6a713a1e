import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

const findingsOf = (code: string, source: string) =>
  analyse(source).findings.filter((finding) => finding.code === code);

const weightsOf = (code: string, source: string) =>
  findingsOf(code, source).flatMap(({ weights }) => weights);

/** A group of each weight of the chain, with its rate. */
const rates = (a: string, b: string, c: string, name = 'Adam') =>
  `torch.optim.${name}([{'params': model.a.parameters(), 'lr': ${a}}, {'params': model.b.parameters(), 'lr': ${b}}, {'params': model.c.parameters(), 'lr': ${c}}])`;

const ZERO = 'nn.init.normal_(self.c.weight, std=1 / n)';

describe('MUP303: an input weight whose rate falls with the width', () => {
  test('is found at the optimizer, once', () => {
    const source = chainModel({ init: ZERO, optimizer: 'torch.optim.Adam(model.parameters(), lr=lr / n)' });
    const [finding, ...others] = findingsOf('MUP303', source);
    expect(finding?.weights).toEqual(['a.weight']);
    expect(finding?.severity).toBe('information');
    expect(finding?.message).toContain('updates are n times too small');
    expect(others).toEqual([]);
  });

  test('is found among biases and gains, too', () => {
    const init = `${ZERO}\nself.norm = nn.LayerNorm(n)`;
    const forward = 'return self.c(torch.tanh(self.norm(self.b(torch.tanh(self.a(x))))))';
    const source = chainModel({
      init,
      forward,
      optimizer: 'torch.optim.Adam(model.parameters(), lr=lr / n)',
    });
    expect(weightsOf('MUP303', source)).toEqual(['a.weight', 'norm.weight', 'norm.bias']);
  });

  test('is none where its rate is the same at every width, or not known', () => {
    expect(
      weightsOf('MUP303', chainModel({ init: ZERO, optimizer: rates('lr', 'lr / n', 'lr / n') })),
    ).toEqual([]);
    const unknown = chainModel({
      init: ZERO,
      before: 'from r import rate',
      optimizer: rates('rate(n)', 'lr / n', 'lr / n'),
    });
    expect(weightsOf('MUP303', unknown)).toEqual([]);
  });

  test('is none under SGD, whose rule is another', () => {
    expect(
      weightsOf('MUP303', chainModel({ init: ZERO, optimizer: rates('lr / n', 'lr', 'lr / n', 'SGD') })),
    ).toEqual([]);
  });

  test('is none where a multiplier asks for it', () => {
    const forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.n * self.a(x)))))';
    const init = `${ZERO}\nnn.init.normal_(self.a.weight, std=1 / n)`;
    expect(
      weightsOf('MUP303', chainModel({ init, forward, optimizer: rates('lr / n', 'lr / n', 'lr / n') })),
    ).toEqual([]);
  });

  test('leaves embeddings alone down to n^-½', () => {
    const source = (rate: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim, bias=False)
        self.head = nn.Linear(dim, vocab, bias=False)
        nn.init.normal_(self.head.weight, std=1 / dim)

    def forward(self, ids):
        return self.head(torch.tanh(self.mix(self.embed(ids))))

def build(vocab, dim, lr):
    model = Net(vocab, dim)
    groups = [{'params': model.embed.parameters(), 'lr': ${rate}}, {'params': [model.mix.weight, model.head.weight], 'lr': lr / dim}]
    return torch.optim.Adam(groups)
`;
    expect(weightsOf('MUP303', source('lr * dim ** -0.5'))).toEqual([]);
    expect(weightsOf('MUP303', source('lr / dim'))).toEqual(['embed.weight']);
  });
});

describe('MUP305: what two things scale', () => {
  const DIVIDED = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.n';
  const ONE = 'nn.init.normal_(self.c.weight, std=1)';

  test('is a readout with a multiplier and a rate that both fall', () => {
    const source = chainModel({ init: ONE, forward: DIVIDED, optimizer: rates('lr', 'lr / n', 'lr / n') });
    const [finding] = findingsOf('MUP305', source);
    expect(finding?.weights).toEqual(['c.weight']);
    expect(finding?.severity).toBe('warning');
    expect(weightsOf('MUP302', source)).toEqual([]);
  });

  test('is none with either', () => {
    const multiplier = chainModel({ init: ONE, forward: DIVIDED, optimizer: rates('lr', 'lr / n', 'lr') });
    expect(weightsOf('MUP305', multiplier)).toEqual([]);
    expect(
      weightsOf('MUP305', chainModel({ init: ZERO, optimizer: rates('lr', 'lr / n', 'lr / n') })),
    ).toEqual([]);
  });

  test('is a hidden weight whose rate falls twice', () => {
    const source = chainModel({ init: ZERO, optimizer: rates('lr', 'lr / n / n', 'lr / n') });
    expect(weightsOf('MUP305', source)).toEqual(['b.weight']);
  });

  test("is an orthogonalized update with μP's rate for Adam", () => {
    const muon = (rate: string) =>
      chainModel({
        init: ZERO,
        after:
          "adam = torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.c.weight], 'lr': lr / n}], lr=lr)",
        optimizer: `torch.optim.Muon([model.b.weight], lr=${rate})`,
      });
    expect(weightsOf('MUP305', muon('lr / n'))).toEqual(['b.weight']);
    expect(weightsOf('MUP305', muon('lr'))).toEqual([]);
  });

  test('is none where the weight is slow for another reason, or another start would make the rate right', () => {
    const early = chainModel({
      init: `${ZERO}\nnn.init.normal_(self.a.weight, std=n)`,
      optimizer: rates('lr', 'lr / n', 'lr / n'),
    });
    expect(weightsOf('MUP305', early)).toEqual([]);
    expect(
      weightsOf('MUP305', chainModel({ init: ZERO, optimizer: rates('lr', 'lr / n', 'lr / n', 'SGD') })),
    ).toEqual([]);
  });
});

describe('MUP305: a readout that is divided by the width twice', () => {
  const readout = (forward: string, rate = 'lr', init = 'nn.init.normal_(self.c.weight, std=1.0)') =>
    chainModel({ init, forward, optimizer: rates('lr', 'lr / n', rate) });
  const h = 'h = torch.tanh(self.b(torch.tanh(self.a(x))))';

  test('is told at the second factor', () => {
    const source = readout(`${h}\ny = self.c(h / self.n)\nreturn y * (64 / self.n)`);
    const [finding, ...others] = findingsOf('MUP305', source);
    expect(others).toEqual([]);
    expect(finding?.weights).toEqual(['c.weight']);
    expect(source.slice(finding?.span.start, finding?.span.end)).toContain('y * (64 / self.n)');
    expect(finding?.message).toContain('falls like n^-2');
    expect(finding?.message).toContain('its updates are n times too small');
    expect(finding?.related[0]?.message).toBe('it is divided here, too');
  });

  test('is told once where one factor is squared', () => {
    expect(weightsOf('MUP305', readout(`${h}\nreturn self.c(h) / self.n ** 2`))).toEqual(['c.weight']);
  });

  test('is none where it is divided once, or its rate makes up for it', () => {
    expect(findingsOf('MUP305', readout(`${h}\nreturn self.c(h) / self.n`))).toEqual([]);
    expect(findingsOf('MUP305', readout(`${h}\nreturn self.c(h / self.n) / self.n`, 'lr * n'))).toEqual([]);
    expect(findingsOf('MUP305', readout(`${h}\nreturn self.c(h * self.n) / self.n ** 2`))).toEqual([]);
  });
});

test('the rounds of a loop that are one row are one in the sentence', () => {
  const init = `${ZERO}\nself.more = nn.ModuleList([nn.Linear(n, n, bias=False) for _ in range(depth)])`;
  const forward =
    'h = torch.tanh(self.b(torch.tanh(self.a(x))))\nfor one in self.more: h = h + one(torch.tanh(h)) / self.n ** 0.5\nreturn self.c(h)';
  const source = chainModel({
    init,
    forward,
    optimizer:
      "torch.optim.Adam([{'params': model.a.parameters()}, {'params': [*model.b.parameters(), *model.more.parameters(), *model.c.parameters()], 'lr': lr / n}], lr=lr)",
  })
    .replace('def __init__(self, n)', 'def __init__(self, n, depth)')
    .replace('Net(n)', 'Net(n, 3)');
  const [finding] = findingsOf('MUP305', source);
  expect(finding?.message).toMatch(
    /^`more\.\*\.weight` .* is trained .*: its updates are .* hardly train it;/,
  );
});
