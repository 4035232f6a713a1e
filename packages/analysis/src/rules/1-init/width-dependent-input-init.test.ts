import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { checkRule, findingsOf, onlyModel } from '../../../test/check-findings.ts';

const check = checkRule('MUP103');

/** A transformer's body on an embedding: a stream that blocks with normalized inputs add to. */
function stream(init: string, embed = 'self.embed(ids)'): string {
  return `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.first = nn.LayerNorm(dim)
        self.up = nn.Linear(dim, 4 * dim, bias=False)
        self.down = nn.Linear(4 * dim, dim, bias=False)
        self.last = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        nn.init.zeros_(self.head.weight)
${init}

    def forward(self, ids):
        h = ${embed}
        h = h + self.down(F.gelu(self.up(self.first(h))))
        return self.head(self.last(h))
`;
}

/** The same with blocks in which something is not read that may give another size, and a step of the code's behind it. */
function streamOfBlocks(init: string, step = 'h = 0.5 * h', rest = ''): string {
  return `
import torch.nn as nn
import torch.nn.functional as F
from kernels import mixed, amount

class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.near = nn.RMSNorm(dim)
        self.into = nn.Linear(dim, dim, bias=False)
        self.back = nn.Linear(dim, dim, bias=False)
        self.first = nn.RMSNorm(dim)
        self.up = nn.Linear(dim, 4 * dim, bias=False)
        self.down = nn.Linear(4 * dim, dim, bias=False)
${rest}

    def forward(self, h):
        h = h + self.back(mixed(self.into(self.near(h))))
        ${step}
        return h + self.down(F.gelu(self.up(self.first(h))))

class Net(nn.Module):
    def __init__(self, vocab, dim, depth):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.last = nn.RMSNorm(dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        nn.init.zeros_(self.head.weight)
${init}

    def forward(self, ids):
        h = self.embed(ids)
        for block in self.blocks:
            h = block(h)
        return self.head(self.last(h))
`;
}

describe('fires where the start of an input weight depends on the width:', () => {
  test('an embedding in a stream whose other writers are Θ(1)', () => {
    const source = stream(`
        nn.init.normal_(self.embed.weight, std=dim ** -0.5)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP103
`);
    check(source);
    const [finding] = findingsOf('MUP103', source);
    expect(finding?.message).toBe(
      '`embed.weight` (vocab → dim) is initialized with std dim^-½, like n^-½ (n = `dim`): features shrink like ' +
        'n^-½ beside what they are added to, as an input weight sums over nothing that grows',
    );
    expect(finding?.fixes[0]?.text).toContain('a factor (n/n₀)^½');
  });

  test('an embedding in a stream that something unread writes to as well, beside what is read', () => {
    check(
      streamOfBlocks(`
        nn.init.normal_(self.embed.weight, std=dim ** -0.5)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP103
`),
    );
  });

  test('Xavier on a first layer, which counts what it makes', () => {
    const source = chainModel({ init: 'nn.init.xavier_uniform_(self.a.weight)' });
    const [finding] = findingsOf('MUP103', source);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'nn.init.xavier_uniform_(self.a.weight)',
    );
    expect(finding?.severity).toBe('warning');
  });

  test('one that grows', () => {
    const [finding] = findingsOf(
      'MUP103',
      chainModel({ init: 'nn.init.normal_(self.a.weight, std=n ** 0.5)' }),
    );
    expect(finding?.message).toContain('features grow like n^½');
  });

  test('what PyTorch starts a transposed convolution with, as no more than information', () => {
    const source = `
from torch import nn

class Generator(nn.Module):
    def __init__(self, latent, width):
        super().__init__()
        # widthwise: width(width)
        self.first = nn.ConvTranspose2d(latent, width, 4, bias=False)
        self.middle = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.last = nn.Conv2d(width, 3, 3, padding=1, bias=False)

    def forward(self, z):
        return self.last(self.middle(self.first(z).relu()).relu())
`;
    expect(findingsOf('MUP103', source).map(({ severity }) => severity)).toEqual(['information']);
  });
});

describe('is silent where', () => {
  test.each([
    ['a factor that is not known may make up for it', 'h = h * amount()', ''],
    ['a factor makes up for it', 'h = h * self.dim ** 0.5', ''],
    [
      'what else is read shrinks, and the rest is not known',
      'h = 0.5 * h',
      '        nn.init.normal_(self.down.weight, std=1 / dim)',
    ],
  ])('something that is not read writes to its stream, and %s', (_, step, rest) => {
    check(streamOfBlocks('        nn.init.normal_(self.embed.weight, std=dim ** -0.5)', step, rest));
  });

  test('what something that is not read is added to is added once more, as large as it should be', () => {
    const source = `
from torch import nn
from kernels import mixed

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocab, dim)
        self.into = nn.Linear(dim, dim, bias=False)
        self.up = nn.Linear(dim, dim, bias=False)
        self.near = nn.RMSNorm(dim)
        self.last = nn.RMSNorm(dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        nn.init.zeros_(self.head.weight)
        nn.init.normal_(self.embed.weight, std=dim ** -0.5)

    def forward(self, ids):
        h = self.embed(ids)
        h = h + mixed(self.into(self.near(h)))
        h = self.embed(ids) * self.dim ** 0.5 + h
        return self.head(self.last(h + self.up(h).relu()))
`;
    check(source);
    expect(
      onlyModel(source).weights.find(({ name }) => name === 'embed.weight')?.wants?.b ?? null,
    ).toBeNull();
  });

  test('the start is the same at every width', () => {
    check(stream('        nn.init.normal_(self.embed.weight, std=0.02)'));
    check(chainModel({}));
  });

  test('a factor in the forward pass makes up for it', () => {
    check(
      stream(
        '        nn.init.normal_(self.embed.weight, std=dim ** -0.5)',
        'self.embed(ids) * math.sqrt(self.dim)',
      ),
    );
  });

  test.each(['h = h + torch.relu(self.b(h))', 'h = self.b(h)'])(
    'that factor stands in front of a matrix: %s',
    (mixed) => {
      const forward = `h = F.embedding(x, self.table) * math.sqrt(self.n)\n${mixed}\nreturn self.c(h)`;
      const init = 'self.table = nn.Parameter(torch.randn(100, n) / math.sqrt(n))';
      const source = chainModel({ init, forward });
      check(source);
      const row = onlyModel(source).weights.find(({ name }) => name === 'table');
      expect(row?.effects.init).toBe(0);
    },
  );

  test('a normalization takes all of it at once', () => {
    check(
      stream(
        '        nn.init.normal_(self.embed.weight, std=dim ** -0.5)\n        self.before = nn.LayerNorm(dim)',
        'self.before(self.embed(ids))',
      ),
    );
  });

  test('it starts at zero, is a bias, or is hidden', () => {
    check(stream('        nn.init.zeros_(self.embed.weight)'));
    check(chainModel({ init: 'self.a.bias = nn.Parameter(torch.randn(n) / n)' }));
    check(chainModel({ init: 'nn.init.normal_(self.b.weight, std=1 / n)' }));
  });

  test('another statement may have initialized it last', () => {
    check(
      chainModel({
        init: 'nn.init.normal_(self.a.weight, std=n ** -0.5)\nif self.n > 64:\n    nn.init.normal_(self.a.weight, std=1.0)',
      }),
    );
  });
});
