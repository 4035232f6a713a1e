import { describe, expect, test } from 'vitest';
import { analyse, checkRule, findingsOf } from '../../../test/check-findings.ts';
import { placeIn } from '../../../test/in-memory-workspace.ts';

const check = checkRule('MUP206');

interface Parts {
  readonly tie?: string;
  readonly init?: string;
  readonly embed?: string;
  readonly readout?: string;
}

function tied({
  tie = 'self.head.weight = self.embed.weight',
  init = '',
  embed = 'self.embed(ids)',
  readout = 'self.head(h)',
}: Parts): string {
  return `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, vocab, dim, base=256):
        super().__init__()
        self.dim, self.base = dim, base
        self.embed = nn.Embedding(vocab, dim)
        self.up = nn.Linear(dim, dim, bias=False)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        ${tie}
        ${init}

    def forward(self, ids, targets=None):
        h = ${embed}
        h = h + torch.tanh(self.up(self.norm(h)))
        h = F.layer_norm(h, (self.dim,))
        return ${readout}
`;
}

describe('fires at the line that ties', () => {
  test('where nothing divides what the readout gives', () => {
    const source = tied({});
    const [finding] = findingsOf('MUP206', source);
    expect(finding?.severity).toBe('warning');
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe('self.head.weight');
    expect(finding?.message).toContain(
      '`embed.weight = head.weight` is embedding and readout in one tensor, and what it gives as the readout is multiplied ' +
        'by nothing that falls with width (n = `dim`)',
    );
    expect(finding?.related.map(({ message }) => message)).toContain('the readout is computed here');
    expect(finding?.fixes[0]?.text).toContain('by (n₀/n): at the width n₀');
  });

  test('where the embedding takes the readout', () => {
    check(
      tied({
        tie: 'self.embed.weight = self.head.weight\n#       ^^^^^^^^^^^^^^^^^ MUP206',
      }),
    );
  });

  test('where a normalization takes what the embedding gives, and its start lets logits grow', () => {
    const [finding, ...others] = findingsOf(
      'MUP206',
      tied({
        embed: 'F.layer_norm(self.embed(ids), (self.dim,))',
        init: 'nn.init.normal_(self.embed.weight, std=0.02)',
      }),
    );
    expect(others).toEqual([]);
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain(': with its start, logits grow like n^½ at initialization');
  });

  test('where 1/√n is all that divides it, as information', () => {
    const [finding] = findingsOf('MUP206', tied({ readout: 'self.head(h) / math.sqrt(self.dim)' }));
    expect(finding?.severity).toBe('information');
    expect(finding?.message).toContain('multiplied by n^-½ alone');
  });

  test('where the embedding is multiplied by √n and the readout by 1/√n, whatever its start', () => {
    check(
      tied({
        tie: 'self.head.weight = self.embed.weight\n#       ^^^^^^^^^^^^^^^^ MUP206',
        init: 'nn.init.normal_(self.embed.weight, std=dim ** -0.5)',
        embed: 'self.embed(ids) * math.sqrt(self.dim)',
      }),
    );
  });
});

test('fires at the readout where a function ties', () => {
  const source = tied({ tie: '', readout: 'F.linear(h, self.embed.weight)' });
  const [finding] = findingsOf('MUP206', source);
  expect(source.slice(finding?.span.start, finding?.span.end)).toBe('F.linear(h, self.embed.weight)');
});

describe('fires where a part of the model is handed what another one has', () => {
  const head = `from torch import nn
import torch.nn.functional as F

class Logits(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.table = table

    def forward(self, h):
        return F.linear(h, self.table)
`;
  const net = (made: string, lines: string) => `import torch
from torch import nn
${lines}

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.up = nn.Linear(dim, dim, bias=False)
        self.logits = ${made}

    def forward(self, ids):
        return self.logits(torch.tanh(self.up(self.embed(ids))))
`;
  const places = (source: string, files: Readonly<Record<string, string>> = {}) => {
    const place = placeIn({ ...files, 'net.py': source }, 'net.py');
    return analyse(source, {}, place)
      .findings.filter(({ code }) => code === 'MUP206')
      .map(({ span }) => source.slice(span.start, span.end));
  };

  test('at the line of the part that keeps it', () => {
    const own = head.split('\n').slice(1).join('\n');
    expect(places(net('Logits(self.embed.weight)', own))).toEqual(['self.table']);
  });

  test('at the line that hands it to a part of another file', () => {
    const source = net('Logits(table=self.embed.weight)', 'from logits import Logits');
    expect(places(source, { 'logits.py': head })).toEqual(['Logits(table=self.embed.weight)']);
  });

  test('not where the part has its own', () => {
    expect(places(net('nn.Linear(dim, vocab)', ''))).toEqual([]);
  });
});

describe('where a condition ties', () => {
  const ties = (parts: Parts, flag = 'self.base > 64') =>
    findingsOf('MUP206', tied({ tie: `if ${flag}: self.head.weight = self.embed.weight`, ...parts }));

  test('is told as information, of both', () => {
    const [finding, ...others] = ties({});
    expect(others).toEqual([]);
    expect(finding?.severity).toBe('information');
    expect(finding?.weights).toEqual(['embed.weight', 'head.weight']);
    expect(finding?.assumptions).toContain('Assumes they are tied, as a condition decides.');
  });

  const named = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, words, look, unit, ties=False):
        super().__init__()
        self.look = nn.Embedding(words, look)
        self.run = nn.GRU(look, unit, 2)
        self.tell = nn.Linear(unit, words)
        if ties:
            if look != unit:
                raise ValueError('as many')
            self.tell.weight = self.look.weight
    def forward(self, ids):
        return self.tell(self.run(self.look(ids))[0])
`;

  test('is told where embeddings have a name of their own for what then is the width', () => {
    const [finding, ...others] = findingsOf('MUP206', named);
    expect(others).toEqual([]);
    expect(finding?.severity).toBe('information');
    expect(finding?.weights).toEqual(['look.weight', 'tell.weight']);
  });

  test('is silent where the readout is divided by the width, whatever the condition or on that way', () => {
    expect(ties({ readout: 'self.head(h) / self.dim' })).toEqual([]);
    expect(ties({ readout: 'self.head(h / self.dim if self.base > 64 else h)' })).toEqual([]);
  });

  test('is silent where a normalization takes all that the embedding gives', () => {
    expect(ties({ embed: 'F.layer_norm(self.embed(ids), (self.dim,))' })).toEqual([]);
  });

  test('leaves its start to it: a readout of its own starts as it does without the tie', () => {
    const starts = (own: string) =>
      findingsOf(
        'MUP104',
        tied({
          tie: `nn.init.normal_(self.embed.weight, std=0.02); ${own}`,
          init: 'if self.base > 64: self.head.weight = self.embed.weight',
        }),
      ).map(({ severity }) => severity);
    expect(starts('pass')).toEqual(['hint']);
    expect(starts('nn.init.normal_(self.head.weight, std=0.02)')).toEqual(['warning']);
  });
});

describe('is silent where', () => {
  const silent = (name: string, parts: Parts) => test(name, () => check(tied(parts)));

  silent('the readout is divided by the width', { readout: 'self.head(h) / self.dim' });
  silent('what it is given is multiplied by base / width', {
    readout: 'self.head(h * (self.base / self.dim))',
  });
  silent('the embedding is multiplied by √n, the readout by 1/√n', {
    embed: 'self.embed(ids) * math.sqrt(self.dim)',
    readout: 'self.head(h) / math.sqrt(self.dim)',
  });
  silent('nothing is tied', { tie: '' });
  silent('a normalization takes all that the embedding gives, and the start is right for the readout', {
    embed: 'F.layer_norm(self.embed(ids), (self.dim,))',
    init: 'nn.init.normal_(self.embed.weight, std=1 / dim)',
  });
  silent('the same, and logits start as large at every width', {
    embed: 'F.layer_norm(self.embed(ids), (self.dim,))',
    init: 'nn.init.normal_(self.embed.weight, std=dim ** -0.5)',
  });
  silent('the same, and it starts at zero', {
    embed: 'F.layer_norm(self.embed(ids), (self.dim,))',
    init: 'nn.init.zeros_(self.embed.weight)',
  });
  silent('a condition chooses the factor', {
    readout: 'self.head(h / self.dim if self.base > 64 else h)',
  });
  silent('the factor stands behind a gain', {
    readout: 'self.head(self.norm(h) / self.dim)',
  });
});

describe('a readout that uses the embedding in the forward pass', () => {
  const source = (readout: string) => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, dim, tied, more):
        super().__init__()
        self.tied, self.more = tied, more
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab, bias=False)

    def forward(self, ids):
        h = torch.tanh(self.mix(self.embed(ids)))
        ${readout}
`;
  const codes = (readout: string) => analyse(source(readout)).findings.map(({ code }) => code);

  test('is found where the model has it whatever its conditions are', () => {
    expect(codes('return F.linear(h, self.embed.weight)')).toContain('MUP206');
  });

  test('is left alone where a condition may give the model a readout of its own', () => {
    expect(codes('return F.linear(h, self.embed.weight) if self.tied else self.head(h)')).not.toContain(
      'MUP206',
    );
  });

  test('is left alone where it may, among more conditions than are followed', () => {
    const more = [1, 2, 3, 4, 5].map((at) => `h = torch.relu(h) if self.more[${at}] else torch.tanh(h)`);
    const last = 'return F.linear(h, self.embed.weight) if self.tied else self.head(h)';
    const found = (end: string) => codes([...more, end].join('\n        '));
    expect(found(last)).not.toContain('MUP206');
    expect(found('return F.linear(h, self.embed.weight)')).toContain('MUP206');
  });
});

test("an embedding that is the weight of mup's readout is told, as base shapes multiply its start", () => {
  const source = (readout: string, after = 'pass') => `
from mup import MuReadout, MuSharedReadout, MuAdam, set_base_shapes
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Embedding(50, n)
        self.mix = nn.Linear(n, n)
        ${readout}

    def forward(self, ids):
        h = self.first(ids)
        return self.last(h + self.mix(h).tanh())

def build(n, lr):
    net = Net(n)
    set_base_shapes(net, Net(32), delta=Net(64))
    ${after}
    return MuAdam(net.parameters(), lr=lr)
`;
  const told = (...parts: Parameters<typeof source>) =>
    analyse(source(...parts)).findings.filter(({ code }) => code === 'MUP206');
  const tied = 'self.last = MuReadout(n, 50, bias=False); self.last.weight = self.first.weight';
  expect(told(tied)).toHaveLength(1);
  expect(told(tied)[0]).toMatchObject({
    message: expect.stringContaining('embedded features grow like n^½'),
    fixes: [{ text: expect.stringContaining('once base shapes are set') }],
  });
  expect(told('self.last = MuSharedReadout(self.first.weight, bias=False)')).toHaveLength(1);
  expect(told('self.last = MuReadout(n, 50, bias=False)')).toEqual([]);
  expect(told(tied, 'nn.init.normal_(net.first.weight, std=0.02)')).toEqual([]);
});

test.each([
  '(h @ self.u)[:, None] * self.u / self.n',
  '2 * (h @ F.normalize(self.u, dim=0))[:, None] * F.normalize(self.u, dim=0)',
])('what is projected on a direction of its own is neither: %s', (projected) => {
  const { findings, models } = analyse(`
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.u = nn.Parameter(torch.randn(n))
        self.enter, self.leave = nn.Linear(16, n), nn.Linear(n, 8)
        self.mid = nn.Linear(n, n, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = self.enter(x).relu()
        return self.leave(self.mid(h - ${projected}))

def train(n, rate):
    net = Net(n)
    return torch.optim.Adam([
        {'params': [net.mid.weight, net.leave.weight], 'lr': rate / n},
        {'params': [net.u, net.enter.weight, net.enter.bias, net.leave.bias], 'lr': rate},
    ])
`);
  expect(findings).toEqual([]);
  expect(models[0]?.verdict?.regime ?? null).toBeNull();
});
