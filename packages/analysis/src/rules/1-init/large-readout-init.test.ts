import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse, checkRule, findingsOf } from '../../../test/check-findings.ts';
import { isMended } from '../../fixes/proven-fixes.ts';
import { edited } from '../../fixes/text-edits.ts';

const check = checkRule('MUP104');
const severitiesOf = (source: string) => findingsOf('MUP104', source).map(({ severity }) => severity);

describe('a readout that starts', () => {
  test('at a constant makes outputs grow: a warning at the line that does it', () => {
    const source = chainModel({ init: 'nn.init.normal_(self.c.weight, std=0.02)' });
    const [finding] = findingsOf('MUP104', source);
    expect(finding?.severity).toBe('warning');
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'nn.init.normal_(self.c.weight, std=0.02)',
    );
    expect(finding?.message).toBe(
      '`c.weight` (n → 4) is initialized with std 0.02, constant in width (n = `n`): outputs grow like n^½ at initialization',
    );
  });

  test('like n^-½ is stable and not μP: information where it is written, a hint where it is the default', () => {
    expect(severitiesOf(chainModel({ init: 'nn.init.normal_(self.c.weight, std=n ** -0.5)' }))).toEqual([
      'information',
    ]);
    const source = chainModel({});
    const [finding] = findingsOf('MUP104', source);
    expect(finding?.severity).toBe('hint');
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe('nn.Linear(n, 4, bias=False)');
    expect(finding?.message).toContain('n^½ times larger than in μP');
  });

  test('like 1/n over n² features is stable, as their sum is a random walk of n² steps', () => {
    const source = chainModel({}).replace('nn.Linear(n, 4, bias=False)', 'nn.Linear(n * n, 4, bias=False)');
    const outer = source.replace(
      /self\.c\((.*)\)/,
      'self.c(torch.flatten($1[:, :, None] * $1[:, None, :], 1))',
    );
    const [finding] = findingsOf('MUP104', outer);
    expect(finding?.message).toContain('like 1/n (n = `n`): n times larger than in μP');
  });

  test('of features that are small at initialization, which move to Θ(1), is as large as of others', () => {
    const small = 'nn.init.normal_(self.a.weight, std=n ** -0.5)';
    const started = (std: string) =>
      findingsOf('MUP104', chainModel({ init: `${small}\nnn.init.normal_(self.c.weight, std=${std})` })).map(
        ({ severity, message }) => `${severity}: ${message.slice(message.indexOf('`): ') + 4)}`,
      );
    const so = 'times larger than in μP, so features that move together change outputs that much more';
    expect(started('n ** -0.5')).toEqual([`information: n^½ ${so}`]);
    expect(started('0.02')).toEqual([`information: n ${so}`]);
    expect(started('1 / n')).toEqual([]);
  });

  test('like 1/n, at zero, or with a multiplier of 1/n is right', () => {
    check(chainModel({ init: 'nn.init.normal_(self.c.weight, std=1 / n)' }));
    check(chainModel({ init: 'nn.init.zeros_(self.c.weight)' }));
    check(
      chainModel({
        init: 'nn.init.normal_(self.c.weight, std=0.02)',
        forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))) / self.n)',
      }),
    );
  });

  test('at a constant below a soft cap is information', () => {
    const source = chainModel({
      init: 'nn.init.normal_(self.c.weight, std=0.001)',
      forward: 'return 15 * torch.tanh(self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / 15)',
    });
    expect(severitiesOf(source)).toEqual(['information']);
  });

  test('where a condition ties it to an embedding is said to start as it does without that alone', () => {
    const started = (init: string) =>
      findingsOf(
        'MUP104',
        `
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, n, tie):
        super().__init__()
        self.embed = nn.Embedding(vocab, n)
        self.mid = nn.Linear(n, n)
        self.head = nn.Linear(n, vocab, bias=False)
        ${init}
        if tie:
            self.head.weight = self.embed.weight

    def forward(self, ids):
        return self.head(self.mid(self.embed(ids)).relu())
`,
      ).map(({ message }) => message.replace(/,.*/s, ''));
    const said = '`head.weight` (n → vocab) is initialized with std';
    expect(started('self.head.weight.data.uniform_(-0.1, 0.1)')).toEqual([`${said} 0.1/√3`]);
    expect(started('nn.init.normal_(self.head.weight, std=0.02)')).toEqual([`${said} 0.02`]);
  });

  test('at a severity that was asked for has that one', () => {
    expect(findingsOf('MUP104', chainModel({}), { rules: { MUP104: 'error' } })[0]?.severity).toBe('error');
  });
});

test('a number that outputs are divided by is taken for constant, and named', () => {
  const divided = chainModel({
    init: 'self.temperature = temperature\nnn.init.normal_(self.c.weight, std=0.02)',
    forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.temperature',
  }).replace('def __init__(self, n', 'def __init__(self, n, temperature=1.0');
  expect(findingsOf('MUP104', divided)[0]?.assumptions).toContain(
    'Assumes `temperature` does not depend on width.',
  );
});

describe('is silent where', () => {
  test('the weight is normalized before it is used, as where cosines are the logits', () => {
    const logits = (weight: string) =>
      chainModel({
        before: 'import torch.nn.functional as F',
        init: 'nn.init.normal_(self.c.weight)',
        forward: `h = torch.tanh(self.b(torch.tanh(self.a(x))))\nreturn h @ ${weight}.T`,
      });
    check(logits('F.normalize(self.c.weight, dim=1)'));
    expect(severitiesOf(logits('self.c.weight'))).toEqual(['warning']);
  });

  test('a normalization takes what it makes', () => {
    check(
      chainModel({
        init: 'nn.init.normal_(self.c.weight, std=0.02)\nself.norm = nn.LayerNorm(4)',
        forward: 'return self.norm(self.c(torch.tanh(self.b(torch.tanh(self.a(x))))))',
      }),
    );
  });

  test('the weight is the embedding, too', () => {
    check(`
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.embed.weight
        nn.init.normal_(self.embed.weight, std=0.02)

    def forward(self, ids):
        return self.head(self.mix(self.embed(ids)).tanh())
`);
  });

  test.each([true, false])('its outputs may be over n, with a bias: %s', (bias) => {
    check(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, dim, scaled):
        super().__init__()
        self.embed = nn.Linear(8, dim)
        self.head = nn.Linear(dim, 10, bias=${bias ? 'True' : 'False'})
        self.factor = 1 / dim if scaled else 1.0
        nn.init.normal_(self.head.weight)

    def forward(self, x):
        return self.head(torch.relu(self.embed(x))) * self.factor
`);
  });

  test('another statement may have initialized it last', () => {
    check(
      chainModel({
        init: 'nn.init.normal_(self.c.weight, std=0.02)\nif self.n > 64:\n    nn.init.zeros_(self.c.weight)',
      }),
    );
  });
});

describe('a start at zero is offered as an edit, for its author to decide', () => {
  const zeroed = (init: string) => {
    const source = chainModel({ init });
    const fix = findingsOf('MUP104', source)[0]?.fixes.at(-1);
    expect(fix?.safety).toBe('needs-decision');
    const mended = edited(source, fix?.edits ?? []);
    return mended === source
      ? null
      : mended
          .split('\n')
          .find((line) => /zero/.test(line))
          ?.trim();
  };

  test('of a call that starts the readout alone', () => {
    expect(zeroed('nn.init.normal_(self.c.weight, std=0.02)')).toBe('nn.init.zeros_(self.c.weight)');
    expect(zeroed('self.c.weight.data.normal_(0, 0.02)')).toBe('self.c.weight.data.zero_()');
  });

  test('not of one that starts other weights, too', () => {
    expect(zeroed('for p in (self.b, self.c):\n    nn.init.normal_(p.weight, std=0.02)')).toBe(null);
  });

  test('behind the layer where PyTorch starts it', () => {
    expect(zeroed('')).toBe('nn.init.zeros_(self.c.weight)');
  });
});

describe('a readout that PyTorch starts is made smaller behind the line that makes it', () => {
  const net = (head: string, called = 'self.head(x)') => `from torch import nn

class Net(nn.Module):
    def __init__(self, dim=64, classes=10):
        super().__init__()
        self.embed = nn.Embedding(40, dim)
        ${head}

    def forward(self, x):
        x = self.embed(x)
        return ${called}
`;
  const firstOf = (source: string) => {
    const before = analyse(source);
    const [finding] = before.findings.filter(({ code }) => code === 'MUP104');
    const text = edited(source, finding?.fixes[0]?.edits ?? []);
    if (finding !== undefined && text !== source)
      expect(isMended(before, analyse(text), [finding])).toBe(true);
    return { text, why: finding?.fixes[0]?.why };
  };

  test.for([
    ['self.head = nn.Linear(dim, classes)  # logits', 'self.head.weight'],
    ['self.head = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, classes))', 'self.head[1].weight'],
    [
      'self.head = nn.Sequential(\n            nn.LayerNorm(dim),\n            nn.Linear(dim, classes),\n        )',
      'self.head[1].weight',
    ],
  ])('%s', ([head, weight]) => {
    expect(firstOf(net(head!)).text).toBe(net(`${head}\n        ${weight}.data.mul_((64 / dim) ** 0.5)`));
  });

  test.for([
    'self.head = nn.Linear(dim, classes); self.classes = classes',
    'self.head = nn.Sequential(*[nn.LayerNorm(dim), nn.Linear(dim, classes)])',
  ])('not where the line is not plain: %s', (head) => {
    const source = net(head);
    const { text, why } = firstOf(source);
    expect(text).toBe(source);
    expect(why).toBeDefined();
  });
});

describe('a readout that a setting ties to the embedding', () => {
  const source = (starts: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, shares=False):
        super().__init__()
        self.table = nn.Embedding(100, n)
        self.norm = nn.LayerNorm(n)
        self.head = nn.Linear(n, 100, bias=False)
        if shares:
            self.table.weight = self.head.weight
${starts}

    def forward(self, tokens):
        return self.head(self.norm(self.table(tokens)))
`;
  const linesOf = (text: string) =>
    findingsOf('MUP104', text).map(({ span }) => text.slice(span.start, span.end));

  test('is told at the line that starts it, and not at that which starts the embedding', () => {
    const head = 'nn.init.normal_(self.head.weight, std=n ** -0.5)';
    const table = 'nn.init.normal_(self.table.weight, std=n ** -0.5)';
    expect(linesOf(source(`        ${head}\n        ${table}`))).toEqual([head]);
  });

  test('is told at a line that starts both', () => {
    const both = 'nn.init.normal_(part.weight, std=n ** -0.5)';
    expect(linesOf(source(`        for part in (self.head, self.table):\n            ${both}`))).toEqual([
      both,
    ]);
  });
});
