import { describe, expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import type { Span } from './syntax/span.ts';
import { missingText } from './words/missing-text.ts';

const analyser = await loadTestAnalyser();

const BASE = `from torch import nn

class Base(nn.Module):
    def forward(self, x):
        return self.out(self.hidden(self.first(x)).detach())
`;

const MODEL = `from torch import nn
from base import Base

class Net(Base):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.hidden = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
`;

test('what is not followed of a forward pass in another file says its line there, and has no place here', () => {
  const place = placeIn({ 'base.py': BASE, 'model.py': MODEL }, 'model.py', []);
  const { models } = analyser.analyse(MODEL, DEFAULT_OPTIONS, place);
  const [step] = (models[0]?.missing ?? []).filter((one) => 'spans' in one);
  expect(step && missingText(step)).toBe('forward: detach (line 5 of base) is not followed');
  expect(step).toMatchObject({ spans: [] });
});

test('a product that grows in code of a library says where, and stands where the file calls that', () => {
  const source = `from torch import nn
from timm.models.vision_transformer import Attention

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(16, width)
        self.attn = Attention(width, num_heads=8)
        self.head = nn.Linear(width, 10)
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        x = self.embed(x)
        return self.head(x + self.attn(x))
`;
  const { models } = analyser.analyse(source);
  expect(models[0]?.growing.map(({ span, where }) => [span && textAt(source, span), where])).toEqual([
    ['self.attn(x)', 'timm.layers'],
  ]);
});

/** What stands at a place of a text. */
function textAt(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** Each finding of a file as its code, severity, text and, where it has one, the place that it names first. */
function toldIn(files: Readonly<Record<string, string>>, path: string): readonly (readonly unknown[])[] {
  const text = files[path] ?? '';
  const { findings } = analyser.analyse(
    text,
    { ...DEFAULT_OPTIONS, profile: 'mup' },
    placeIn(files, path, []),
  );
  return findings.map(({ code, severity, span, elsewhere, related: [first] }) => [
    code,
    severity,
    textAt(text, span),
    ...(elsewhere === undefined ? [] : [first?.elsewhere?.path, first?.elsewhere?.line]),
  ]);
}

describe('what code of another file does is told at the innermost line that has it done', () => {
  const STARTS = `from torch import nn

def filled(tensor, std):
    return spread(tensor, std)

def spread(tensor, std):
    return nn.init.normal_(tensor, std=std)
`;

  /** A model whose constructor ends with some lines. */
  const netWith = (imports: string, lines: string, classes = '') => `import torch
from torch import nn
${imports}
${classes}
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.deep = nn.Linear(n, n)
        self.more = nn.Linear(n, n)
        self.last = nn.Linear(n, 4)
        nn.init.zeros_(self.last.weight)
        ${lines}

    def forward(self, x):
        return self.last(torch.tanh(self.more(torch.tanh(self.deep(torch.tanh(self.first(x)))))))
`;

  test('a start, at each call of its own', () => {
    const lines =
      'filled(self.deep.weight, 0.5); filled(self.more.weight, 0.1); filled(self.first.weight, 1.0)';
    const files = { 'starts.py': STARTS, 'net.py': netWith('from starts import filled', lines) };
    expect(toldIn(files, 'net.py')).toEqual([
      ['MUP101', 'warning', 'filled(self.deep.weight, 0.5)', '/w/starts.py', 7],
      ['MUP101', 'warning', 'filled(self.more.weight, 0.1)', '/w/starts.py', 7],
    ]);
  });

  test('through what the framework calls, and at the innermost of the calls', () => {
    const classes = `
def started(layer):
    if isinstance(layer, nn.Linear):
        filled(layer.weight, 0.02)
`;
    const inside = netWith('from starts import filled', 'self.apply(started)', classes);
    const [[, , inner] = []] = toldIn({ 'starts.py': STARTS, 'net.py': inside }, 'net.py');
    expect(inner).toBe('filled(layer.weight, 0.02)');
    const starts = `from torch import nn
def started(layer):
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, std=0.02)
`;
    const outside = netWith('from starts import started', 'self.apply(started)');
    const [[, , outer] = []] = toldIn({ 'starts.py': starts, 'net.py': outside }, 'net.py');
    expect(outer).toBe('self.apply(started)');
  });

  test('each of the lines that one call runs, once', () => {
    const starts = `from torch import nn
def started(net):
    nn.init.normal_(net.deep.weight, std=0.5)
    nn.init.normal_(net.more.weight, std=0.1)
`;
    const net = netWith('from starts import started', 'started(self)');
    const again = net.slice(net.indexOf('class Net')).replace('class Net', 'class Same');
    const files = { 'starts.py': starts, 'net.py': net, 'two.py': `${net}\n${again}` };
    const told = (path: string) => toldIn(files, path).map(([, , text, , line]) => `${text} ${line}`);
    expect(told('net.py')).toEqual(['started(self) 3', 'started(self) 4']);
    expect(told('two.py')).toHaveLength(4);
  });

  test('what a part of another class starts, and how it scales what it is given', () => {
    const part = `from torch import nn
class Part(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q = nn.Linear(d, d)
        self.k = nn.Linear(d, d)
        nn.init.normal_(self.q.weight, std=0.3)
        self.scale = d ** -0.5

    def forward(self, x):
        w = (self.q(x) @ self.k(x).transpose(-2, -1) * self.scale).softmax(dim=-1)
        return w @ x
`;
    const net = `from torch import nn
from part import Part

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.part = Part(n)
        self.last = nn.Linear(n, 4)
        nn.init.zeros_(self.last.weight)

    def forward(self, x):
        return self.last(self.part(self.first(x)))
`;
    expect(toldIn({ 'part.py': part, 'net.py': net }, 'net.py')).toEqual([
      ['MUP101', 'warning', 'Part(n)', '/w/part.py', 7],
      ['MUP202', 'warning', 'self.part(self.first(x))', '/w/part.py', 11],
    ]);
    const { models } = analyser.analyse(
      net,
      DEFAULT_OPTIONS,
      placeIn({ 'part.py': part, 'net.py': net }, 'net.py'),
    );
    const rows = models.flatMap(({ weights }) => weights.filter(({ name }) => name === 'part.q.weight'));
    const places = rows.flatMap(({ spans }) => [spans.constructor, ...spans.init, ...spans.uses]);
    expect(places.map((span) => textAt(net, span))).toEqual([
      'Part(n)',
      'Part(n)',
      'self.part(self.first(x))',
    ]);
  });

  test('the rates of an optimizer, as loud as one of its own', () => {
    const optim = `import torch
def made(parameters, rate):
    return torch.optim.Adam(parameters, lr=rate)
`;
    const model = netWith('from optim import made', 'pass');
    const train = `${model}
net = Net(256)
optimizer = made(net.parameters(), 1e-3)
`;
    const told = toldIn({ 'optim.py': optim, 'train.py': train }, 'train.py').filter(
      ([code]) => code === 'MUP301',
    );
    expect(told).toEqual([['MUP301', 'warning', 'made(net.parameters(), 1e-3)', '/w/optim.py', 3]]);
    const script =
      'import torch\nfrom net import Net\nfrom optim import made\noptimizer = made(Net(256).parameters(), 1e-3)\n';
    const files = { 'optim.py': optim, 'net.py': model, 'script.py': script };
    expect(toldIn(files, 'script.py').map(([code, level, text]) => `${code} ${level} ${text}`)).toEqual([
      'MUP301 warning made(Net(256).parameters(), 1e-3)',
      'MUP302 warning made(Net(256).parameters(), 1e-3)',
    ]);
  });

  test('what a model does by itself is told at the model, whoever makes it', () => {
    const base = `from torch import nn
class Base(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.deep = nn.Linear(n, n)
        self.last = nn.Linear(n, 4)
        nn.init.zeros_(self.last.weight)
        nn.init.normal_(self.deep.weight, std=0.5)

    def forward(self, x):
        return self.last(self.deep(self.first(x)))
`;
    const net = 'import torch\nfrom base import Base\nclass Net(Base):\n    pass\nnet = Net(64)\n';
    expect(toldIn({ 'base.py': base, 'net.py': net }, 'net.py').map(([, , text]) => text)).toEqual(['Net']);
    const script = `import torch
from net import Net
net = Net(64)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
`;
    const files = {
      'base.py': base,
      'net.py': 'import torch\nfrom base import Base\nclass Net(Base):\n    pass\n',
      'script.py': script,
    };
    expect(toldIn(files, 'script.py').filter(([code]) => code === 'MUP101')).toEqual([]);
  });
});

test('a line of another file that changes a rate has no place here, but for where the file calls it', () => {
  const adjust = `from elsewhere import rate_of

def adjust(optimizer):
    for group in optimizer.param_groups:
        group['lr'] = rate_of(group)
`;
  const source = `import torch
from torch import nn
from adjust import adjust

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(8, n)
        self.hidden = nn.Linear(n, n)
        self.out = nn.Linear(n, 4)
    def forward(self, x):
        return self.out(self.hidden(self.first(x)))

def train(n):
    net = Net(n)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    adjust(optimizer)
`;
  const place = placeIn({ 'adjust.py': adjust, 'train.py': source }, 'train.py', []);
  const { models } = analyser.analyse(source, DEFAULT_OPTIONS, place);
  const found = models.flatMap(({ weights }) => weights.flatMap(({ missing }) => missing));
  const changes = found.filter((one) => 'span' in one);
  expect(changes.length).toBeGreaterThan(0);
  for (const { span, where } of changes) {
    expect(where).toBe('line 5 of adjust');
    expect(span === null || span.end <= source.length).toBe(true);
  }
});
