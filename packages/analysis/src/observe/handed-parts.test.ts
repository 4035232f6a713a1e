import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import type { Analysis } from '../analysis.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const analyser = await loadTestAnalyser();

const PARTS = `import torch
from torch import nn

class Feed(nn.Module):
    def __init__(self, dim, inner):
        super().__init__()
        self.up = nn.Linear(dim, inner, bias=False)
        self.down = nn.Linear(inner, dim, bias=False)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))

class Block(nn.Module):
    def __init__(self, feed):
        super().__init__()
        self.feed = feed

    def forward(self, x):
        return x + self.feed(x)

class Lookup(nn.Module):
    def __init__(self, dim, tokens):
        super().__init__()
        self.table = nn.Embedding(tokens, dim)

    def forward(self, x):
        return self.table(x)

class Scores(nn.Module):
    def __init__(self, dim, tokens):
        super().__init__()
        self.proj = nn.Linear(dim, tokens, bias=False)

    def forward(self, x):
        return self.proj(x)
`;

const BUILD = `
def build(tokens, dim=512, inner=2048):
    blocks = []
    for _ in range(4):
        feed = Feed(dim, inner)
        blocks.append(Block(feed))
    net = Net(Lookup(dim, tokens), nn.ModuleList(blocks), Scores(dim, tokens))
    for p in net.parameters():
        if p.dim() > 1:
            nn.init.xavier_uniform_(p)
    return net
`;

/** A model of parts that it is handed, with a forward pass or with methods that a script calls one after the other. */
const net = (passes: string) => `${PARTS}
class Net(nn.Module):
    def __init__(self, lookup, blocks, scores):
        super().__init__()
        self.lookup = lookup
        self.blocks = blocks
        self.scores = scores

${passes}
${BUILD}`;

const WHOLE = net(`    def forward(self, x):
        h = self.lookup(x)
        for block in self.blocks:
            h = block(h)
        return self.scores(h)
`);

const BY_STEPS = net(`    def encode(self, x):
        h = self.lookup(x)
        for block in self.blocks:
            h = block(h)
        return h

    def score(self, h):
        return self.scores(h)
`);

const LOOP = (loss: string) => `import torch
from net import build

def settings():
    return {'dim': 512, 'lr': 1e-3}

def main():
    config = settings()
    model = build(100, dim=config['dim'])
    opt = torch.optim.Adam(model.parameters(), lr=config['lr'])
    for x, y in batches():
        loss = torch.nn.functional.cross_entropy(${loss}, y)
        loss.backward()
        opt.step()

main()
`;

function analysed(file: string, files: Readonly<Record<string, string>>): Analysis {
  const place = placeIn(files, file);
  return analyser.analyse(files[file] ?? '', { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
}

const rolesIn = ({ models }: Analysis, name: string) =>
  models
    .filter((model) => model.name === name)
    .flatMap(({ weights }) => weights.map((row) => [row.name, row.role]));

describe('the parts that a model is handed', () => {
  test('have the widths that the model shows, where they are read by themselves', () => {
    expect(rolesIn(analysed('net.py', { 'net.py': WHOLE }), 'Feed')).toEqual([
      ['up.weight', 'hidden'],
      ['down.weight', 'hidden'],
    ]);
  });

  test('have none but their own where no model is handed them', () => {
    expect(rolesIn(analysed('net.py', { 'net.py': PARTS }), 'Feed')).toEqual([
      ['up.weight', null],
      ['down.weight', null],
    ]);
  });

  test('are not started otherwise by a line that starts all of the model', () => {
    const editsFor = (source: string) =>
      analysed('net.py', { 'net.py': source })
        .findings.filter(({ code, message }) => code === 'MUP104' && message.startsWith('`proj.weight`'))
        .flatMap(({ fixes }) => fixes.map(({ edits }) => edits.length));
    const own =
      '        nn.init.xavier_uniform_(self.proj.weight)\n\n    def forward(self, x):\n        return self.proj(x)';
    const itself = WHOLE.replace('\n    def forward(self, x):\n        return self.proj(x)', own);
    expect(editsFor(WHOLE)).toEqual([0, 0]);
    const loop = itself.slice(itself.indexOf('    for p in net'), itself.indexOf('    return net'));
    const [scaled = 0, zero = 0] = editsFor(itself.replace(loop, ''));
    expect(scaled * zero).toBeGreaterThan(0);
  });

  test('go together by the names that one call gives them, though another one gives numbers', () => {
    const files = { 'net.py': BY_STEPS, 'train.py': LOOP('model.score(model.encode(x))') };
    expect(rolesIn(analysed('net.py', files), 'Net').at(-1)).toEqual(['scores.proj.weight', 'output']);
  });

  test('are not said to be trained by themselves, also those in a list of blocks', () => {
    const train = LOOP('model(x)');
    const files = { 'net.py': WHOLE, 'train.py': train };
    const { findings } = analysed('train.py', files);
    expect(findings.map(({ code }) => code)).toEqual(['MUP301', 'MUP302']);
    expect(findings[0]?.message).toContain('`blocks.*.feed.up.weight`');
    const edits = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits.map(({ text }) => text)));
    expect(edits.join()).toContain('model.blocks[0].feed');
  });

  test('are trained by themselves where a script makes one and trains that', () => {
    const train = `import torch
from net import Feed

feed = Feed(256, 1024)
opt = torch.optim.Adam(feed.parameters(), lr=1e-3)
`;
    const { trained } = analysed('train.py', { 'net.py': WHOLE, 'train.py': train });
    expect(trained.map(({ name }) => name)).toEqual(['Feed']);
  });

  test('are asked about by themselves where each has an optimizer to itself', () => {
    const agent = (optimizers: string) => ({
      'agent.py': `import torch
from torch import nn

class Critic(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(4, width)
        self.mid = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        return self.last(torch.relu(self.mid(torch.relu(self.first(x)))))

class Actor(Critic):
    pass

class Agent(nn.Module):
    def __init__(self, critic, actor, make):
        super().__init__()
        self.critic = critic
        self.actor = actor
        ${optimizers}
`,
      'main.py': `import torch
from agent import Actor, Agent, Critic

def main(width, lr):
    agent = Agent(Critic(width), Actor(width), lambda params: torch.optim.Adam(params, lr=lr))

main(256, 1e-3)
`,
    });
    const trained = (optimizers: string) =>
      analysed('main.py', agent(optimizers)).trained.map(({ name }) => name);
    const each = 'self.opts = [make(self.critic.parameters()), make(self.actor.parameters())]';
    expect(trained(each)).toEqual(expect.arrayContaining(['Critic', 'Actor']));
    expect(trained('self.opt = make(self.parameters())')).toEqual(['Agent']);
  });

  test('are not where the optimizer has no more than the part, but that is the whole of what stands around it', () => {
    const train = `import torch
from net import Block, Feed

block = Block(Feed(256, 1024))
opt = torch.optim.Adam(block.parameters(), lr=1e-3)
`;
    const { trained } = analysed('train.py', { 'net.py': WHOLE, 'train.py': train });
    expect(trained.map(({ name }) => name)).toEqual(['Block']);
  });
});
