import { type Analyser, DEFAULT_OPTIONS } from '@widthwise/analysis';
import { classifyGraph, type Graph, type GraphNode } from '@widthwise/core';
import type { Row } from './interleaved.ts';
import type { Slices } from './slices.ts';

/** An analyser, the units of work that its last analysis took, and between which looks. */
export interface CountingAnalyser {
  readonly analyser: Analyser;
  units(): number;
  readonly slices: Slices;
}

const OPTIONS = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;

/** Lines of the files that somebody types in. */
const LENGTHS: readonly number[] = [330, 3096, 10_000];
const LONG = 5000;
const NODES = 5000;

/**
 * Everything that is measured without a corpus. Each row has an analyser of its own, which knows the text of the last
 * key, as that of an editor does: rows take turns, and nobody types in seven files by turns.
 */
export async function rowsOf(counting: () => Promise<CountingAnalyser>): Promise<readonly Row[]> {
  const graph = residualNetwork(NODES);
  const [shortest = LONG] = LENGTHS;
  const edits: Row[] = [];
  for (const lines of LENGTHS) edits.push(editOf(lines, await counting()));
  return [
    ...edits,
    commentEdit(shortest, await counting()),
    halfTyped(shortest, await counting()),
    helperEdit(LONG, await counting()),
    opened(LONG, await counting()),
    {
      name: `a graph of ${NODES.toLocaleString('en-US')} nodes is classified`,
      run: () => {
        classifyGraph(graph);
        return null;
      },
    },
  ];
}

/** Every analysis is of a text that was not seen before: somebody types a digit more. */
function editOf(lines: number, { analyser, units }: CountingAnalyser): Row {
  const [before, after] = modelCode(lines);
  let typed = 0;
  return {
    name: `a key in ${lines.toLocaleString('en-US')} lines: its findings and lens`,
    run: () => {
      typed++;
      analyser.analyse(`${before}0.0${typed}${after}`, OPTIONS);
      return units();
    },
  };
}

/** What is typed in a comment beside the model's code. */
function commentEdit(lines: number, { analyser, units }: CountingAnalyser): Row {
  const [before, after] = modelCode(lines);
  let typed = 0;
  return {
    name: `a key in a comment of a model, of ${lines.toLocaleString('en-US')} lines`,
    run: () => {
      typed++;
      analyser.analyse(`${before}0.02)  # ${typed}${after.slice(1)}`, OPTIONS);
      return units();
    },
  };
}

/** What an editor asks of a text that does not parse after one that does. */
function halfTyped(lines: number, { analyser, units }: CountingAnalyser): Row {
  const [before, after] = modelCode(lines);
  let typed = 0;
  return {
    name: `a key that leaves the model's code half typed, of ${lines.toLocaleString('en-US')} lines`,
    run: () => {
      typed++;
      analyser.analyse(`${before}0.02 * (${typed}${after}`, { ...OPTIONS, hasEarlier: true });
      return units();
    },
  };
}

/** What is typed in a function that does not come to the model. */
function helperEdit(lines: number, { analyser, units }: CountingAnalyser): Row {
  const [before, after] = modelCode(lines);
  const text = `${before}0.02${after}`;
  let typed = 0;
  return {
    name: `a key in a function that no model reaches, of ${lines.toLocaleString('en-US')} lines`,
    run: () => {
      typed++;
      analyser.analyse(`${text}def last(values):\n    return values[${typed}]\n`, OPTIONS);
      return units();
    },
  };
}

/** A file of which nothing is kept. */
function opened(lines: number, { analyser, units }: CountingAnalyser): Row {
  const [before, after] = modelCode(lines);
  return {
    name: `a file of ${lines.toLocaleString('en-US')} lines is opened`,
    run: () => {
      analyser.forget();
      analyser.analyse(`${before}0.02${after}`, OPTIONS);
      return units();
    },
  };
}

/** A transformer, and functions around it that do not come to it, up to some lines; in front of and behind a number. */
function modelCode(lines: number): readonly [before: string, after: string] {
  const missing = lines - TRANSFORMER.split('\n').length;
  const parts = Array.from({ length: Math.max(0, Math.ceil(missing / 8)) }, (_, at) =>
    HELPER.replaceAll('NAME', `${at}`),
  );
  const [before = '', after = ''] = TRANSFORMER.split('STD');
  return [before, `${after}${parts.join('')}`];
}

const HELPER = `
def helper_NAME(values, limit=NAME):
    kept = [value for value in values if value < limit]
    if not kept:
        return None
    total = sum(kept)
    return total / len(kept)

`;

const TRANSFORMER = `import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        b, t, c = x.size()
        q, k, v = self.qkv(x).split(c, dim=2)
        q, k, v = (one.view(b, t, self.heads, c // self.heads).transpose(1, 2) for one in (q, k, v))
        scores = (q @ k.transpose(-2, -1)) / math.sqrt(k.size(-1))
        y = F.softmax(scores, dim=-1) @ v
        return self.out(y.transpose(1, 2).contiguous().view(b, t, c))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, width, layers=12, heads=12, vocabulary=50000, length=1024):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(length, width)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.readout = nn.Linear(width, vocabulary, bias=False)
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=STD)

    def forward(self, tokens):
        x = self.tokens(tokens) + self.positions(torch.arange(tokens.size(1)))
        for block in self.blocks:
            x = block(x)
        return self.readout(self.norm(x))


def train(data, width):
    model = Transformer(width)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    for tokens, targets in data:
        loss = F.cross_entropy(model(tokens).flatten(0, 1), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

`;

/** A residual network of two weights a block, its input and its readout trained by Adam like the rest. */
function residualNetwork(count: number): Graph {
  const weight = (id: string, axes: readonly string[]): GraphNode => ({
    id,
    op: 'weight',
    axes,
    init: 0.5,
    rate: 1,
    optimizer: 'adam',
  });
  const nodes: GraphNode[] = [
    { id: 'data', op: 'input', axes: [] },
    weight('first', ['n']),
    { id: 'x0', op: 'contract', of: ['data', 'first'], axes: ['n'] },
  ];
  let [stream, block] = ['x0', 0];
  while (nodes.length < count - 8) {
    block++;
    nodes.push(
      { id: `norm${block}`, op: 'norm', of: [stream] },
      weight(`up${block}`, ['n', 'm']),
      { id: `pre${block}`, op: 'contract', of: [`norm${block}`, `up${block}`], axes: ['m'] },
      { id: `act${block}`, op: 'act', of: [`pre${block}`], kind: 'gelu' },
      weight(`down${block}`, ['m', 'n']),
      { id: `post${block}`, op: 'contract', of: [`act${block}`, `down${block}`], axes: ['n'] },
      { id: `x${block}`, op: 'add', of: [stream, `post${block}`] },
    );
    stream = `x${block}`;
  }
  nodes.push(weight('last', ['n']), { id: 'out', op: 'contract', of: [stream, 'last'], axes: [] });
  const axes = new Map([
    ['n', 1],
    ['m', 1],
  ]);
  return { axes, nodes, outputs: ['out'] };
}
