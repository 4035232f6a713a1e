import { describe, expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import type { Analysis } from './analysis.ts';
import { DEFAULT_OPTIONS } from './options.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(torch.tanh(self.mid(torch.tanh(self.embed(x)))))
`;

const IMPORT = 'import torch\nfrom model import Net\n';

function analysed(
  train: string,
  files: Readonly<Record<string, string>> = {},
  profile: 'mup' | 'auto' = 'mup',
): Analysis {
  const place = placeIn({ 'model.py': MODEL, ...files, 'train.py': train }, 'train.py');
  return analyser.analyse(train, { ...DEFAULT_OPTIONS, profile }, place);
}

/** What is said of which line. */
const said = (
  train: string,
  ...others: [files?: Readonly<Record<string, string>>, profile?: 'mup' | 'auto']
) =>
  analysed(train, ...others).findings.map(({ code, severity, span }) => {
    const text = train.slice(span.start, span.end);
    return `${code} ${severity} ${text.slice(0, text.indexOf('('))}`;
  });

const ADAM = `${IMPORT}model = Net(256)\nopt = torch.optim.AdamW(model.parameters(), lr=3e-4)\n`;

describe('a script that trains a model of another file', () => {
  test('has its weights with the places alone that are in the script', () => {
    const places = analysed(ADAM).trained.flatMap(({ weights }) =>
      weights.flatMap(({ spans: { attribute, constructor: made, init, uses, trained } }) => {
        return [...(attribute === null ? [] : [attribute]), made, ...init, ...uses, ...trained];
      }),
    );
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(({ end }) => end > ADAM.length)).toEqual([]);
  });

  test('is judged as the one that the optimizer has, though copies of more others go into it', () => {
    const parts = ['One', 'Two', 'Three', 'Four'];
    const files = {
      'parts.py': `import torch
from torch import nn
${parts
  .map(
    (name) => `
class ${name}(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.mid = nn.Linear(width, width)

    def forward(self, x):
        return x + torch.tanh(self.mid(x))
`,
  )
  .join('')}
class Whole(nn.Module):
    def __init__(self, width, parts):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.parts = nn.ModuleList(parts)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        x = self.embed(x)
        for part in self.parts:
            x = part(x)
        return self.head(x)
`,
    };
    const made = parts.map((name) => `${name.toLowerCase()} = ${name}(256)\n`).join('');
    const copies = parts.map((name) => `deepcopy(${name.toLowerCase()})`).join(', ');
    const script = (trained: string) =>
      `import torch\nfrom copy import deepcopy\nfrom parts import *\n${made}whole = Whole(256, [${copies}])\nopt = torch.optim.Adam(${trained}.parameters(), lr=1e-3)\n`;
    expect(analysed(script('whole'), files).trained.map(({ name }) => name)[0]).toBe('Whole');
    expect(analysed(script('two'), files).trained.map(({ name }) => name)[0]).toBe('Two');
  });

  test('has the findings about its optimizer at the call, and the weights where they are made', () => {
    expect(said(ADAM)).toEqual(['MUP301 warning torch.optim.AdamW', 'MUP302 warning torch.optim.AdamW']);
    const [hidden] = analysed(ADAM).findings;
    expect(hidden?.related.map(({ elsewhere }) => elsewhere)).toEqual([
      { path: '/w/model.py', line: 8, column: 20 },
    ]);
    expect(hidden?.elsewhere).toBe(undefined);
  });

  test('has those of a function that makes the model, and of one that is handed it', () => {
    const inside = `${IMPORT}def main(width):\n    net = Net(width)\n    torch.optim.Adam(net.parameters(), lr=1)\n`;
    expect(said(inside).length).toBe(2);
    const handed = `${IMPORT}def made(net):\n    return torch.optim.Adam(net.parameters(), lr=1)\nmade(Net(256))\n`;
    expect(said(handed).length).toBe(2);
  });

  test('has those of a model that is a part of none, through another file', () => {
    const files = { 'build.py': 'from model import Net\ndef build(width):\n    return Net(width)\n' };
    const train =
      'import torch\nfrom build import build\nopt = torch.optim.Adam(build(256).parameters(), lr=1)\n';
    expect(said(train, files).length).toBe(2);
  });

  test('has those of a model whose sizes are constants of its own file, or of one that has the settings', () => {
    const sized = MODEL.replace('width):', '):').replace('class', 'width = 256\n\nclass');
    const train = ADAM.replace('Net(256)', 'Net()');
    expect(said(train, { 'model.py': sized }).length).toBe(2);
    const apart = sized.replace('width = 256', 'from settings import width');
    expect(said(train, { 'model.py': apart, 'settings.py': 'width = 256\n' }).length).toBe(2);
    const starred = train.replace('import Net', 'import *');
    expect(said(starred, { 'model.py': sized }).length).toBe(2);
    const counted = sized.replace('width = 256', 'from settings import *').replace('1)', 'words)');
    const settings =
      'width = 256\nwith open("a.txt") as f:\n    text = f.read()\nfound = sorted(set(text))\nwords = len(found)\n';
    expect(said(train, { 'model.py': counted, 'settings.py': settings }).length).toBe(2);
    expect(said(train, { 'model.py': sized.replaceAll('width', '256').replace('256 = 256', '') })).toEqual(
      [],
    );
  });

  test('has no finding about what stands in the other file', () => {
    const loud = MODEL.replace('self.head = ', 'nn.init.normal_(self.mid.weight)\n        self.head = ');
    expect(said(ADAM, { 'model.py': loud }).map((one) => one.slice(0, 6))).toEqual(['MUP301', 'MUP302']);
  });

  test('is silent where the rate is right, is not known, or is changed later', () => {
    const rate = (lr: string) => ADAM.replace('lr=3e-4', `lr=${lr}`);
    expect(said(rate('rate_of(model)'))).toEqual([]);
    expect(said(`${ADAM}for group in opt.param_groups:\n    group['lr'] = lr_at(0)\n`)).toEqual([]);
  });

  test('is silent where it does not parse', () => {
    expect(said(`${ADAM}def broken(:\n`)).toEqual([]);
  });

  test('means what the model means, be it μP or not', () => {
    expect(said(ADAM, {}, 'auto')).toEqual([]);
    const declared = MODEL.replace('width):', 'width):  # widthwise: width(width)');
    expect(said(ADAM, { 'model.py': declared }, 'auto').length).toBe(2);
    expect(said(ADAM, { 'model.py': `import mup\n${MODEL}` }, 'auto').length).toBe(2);
  });

  test('shows nothing of μP by a warm-up of its rate, and does by a word of its own', () => {
    expect(said(`${ADAM}warmup_steps = 100\n`, {}, 'auto')).toEqual([]);
    expect(said(`${ADAM}model_mup_base = 64\n`, {}, 'auto').length).toBe(2);
    expect(said(`${ADAM}mup_base = 64\n`, {}, 'auto').length).toBe(2);
  });

  test('is suppressed where its own comments say so', () => {
    expect(said(ADAM.replace('lr=3e-4)', 'lr=3e-4)  # widthwise: ignore'))).toEqual([]);
  });

  test('has no model of its own for that', () => {
    expect(analysed(ADAM).models).toEqual([]);
    expect(analysed(ADAM).trained.map(({ name }) => name)).toEqual(['Net']);
    expect(analysed(ADAM).imported).toContain('/w/model.py');
  });
});

describe('a trainer that a script of another file hands its model', () => {
  const TRAINER = `import torch

class Trainer:
    def __init__(self, net, rate=3e-4):
        self.net = net
        self.rate = rate

    def fit(self, data):
        opt = torch.optim.AdamW(self.net.parameters(), lr=self.rate)
        for x in data:
            self.net(x).mean().backward()
            opt.step()
`;
  const SCRIPT = `${IMPORT}from trainer import Trainer\nTrainer(Net(256)).fit([])\n`;
  const found = (script: string, trainer = TRAINER) => {
    const files = { 'model.py': MODEL, 'main.py': script, 'trainer.py': trainer };
    const place = placeIn(files, 'trainer.py', ['main.py']);
    return analyser
      .analyse(trainer, { ...DEFAULT_OPTIONS, profile: 'mup' }, place)
      .findings.map(({ code, span }) => `${code} ${trainer.slice(span.start, span.end).split('(')[0]}`);
  };

  test('has the findings about its optimizer', () => {
    expect(found(SCRIPT)).toEqual(['MUP301 torch.optim.AdamW', 'MUP302 torch.optim.AdamW']);
    const made = TRAINER.replace('class Trainer:', 'class Other:');
    expect(found(SCRIPT.replaceAll('Trainer', 'Other'), made).length).toBe(2);
  });

  test('has them where only what its imported names stand for tells that it trains', () => {
    const renamed = 'from torch.optim import AdamW as make\n';
    const made = `${renamed}${TRAINER.replace('torch.optim.AdamW', 'make')}`;
    expect(found(SCRIPT, made)).toEqual(['MUP301 make', 'MUP302 make']);
  });

  test('has no more than is wrong with the rate that the script hands it, and none where that trains by itself', () => {
    expect(
      found(`${IMPORT}from trainer import Trainer\ntorch.optim.Adam(Net(256).parameters(), lr=1)\n`),
    ).toEqual([]);
    const scaled = SCRIPT.replace('Trainer(Net(256))', 'Trainer(Net(width), rate=1 / width)');
    expect(found(`width = 256\n${scaled}`)).toEqual(['MUP303 torch.optim.AdamW']);
    expect(found(SCRIPT.replace('Net(256)', 'None'))).toEqual([]);
  });
});

describe('a model that another one is handed', () => {
  const WRAPPER = `from torch import nn

class Wrapper(nn.Module):
    def __init__(self, net, device):
        super().__init__()
        self.net = net.to(device)

    def forward(self, x):
        return self.net(x)
`;
  const wrapped = `${IMPORT}from wrapper import Wrapper\nmodel = Wrapper(Net(256), 'cpu')\n`;

  test('is trained by the parameters of that', () => {
    const script = `${wrapped}torch.optim.AdamW(model.parameters(), lr=3e-4)\n`;
    expect(said(script, { 'wrapper.py': WRAPPER })).toEqual([
      'MUP301 warning torch.optim.AdamW',
      'MUP302 warning torch.optim.AdamW',
    ]);
    const scaled = script.replace('Net(256)', 'Net(n)').replace('lr=3e-4', 'lr=3e-4 / n');
    expect(said(`n = 256\n${scaled}`, { 'wrapper.py': WRAPPER })).toEqual([
      'MUP303 information torch.optim.AdamW',
    ]);
  });

  test('is a part of it, as layers are that a function makes for it', () => {
    const assembled = `import torch
from torch import nn

class Body(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc = nn.Linear(d, d)

    def forward(self, x):
        return x + torch.relu(self.fc(x))

class Model(nn.Module):
    def __init__(self, embed, bodies, head):
        super().__init__()
        self.embed, self.bodies, self.head = embed, bodies, head

    def forward(self, x):
        return self.head(self.bodies(self.embed(x)))

def make(d_model=512):
    return Model(nn.Embedding(50, d_model), nn.Sequential(*[Body(d_model) for _ in range(3)]), nn.Linear(d_model, 10))
`;
    const script =
      'import torch\nfrom parts import make\ndef main(args):\n    torch.optim.Adam(make(args.d).parameters(), lr=1)\n';
    const { findings } = analysed(script, { 'parts.py': assembled });
    expect(findings.map(({ code, message }) => `${code} ${message.slice(0, 13)}`)).toEqual([
      'MUP301 `bodies.*.fc.',
      'MUP302 `head.weight`',
    ]);
  });

  test('is not judged by itself there', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const parts = names.map((name) => MODEL.replace('class Net', `class ${name}`)).join('\n');
    const whole = `class Whole(nn.Module):
    def __init__(self, ${names.join(', ').toLowerCase()}):
        super().__init__()
        self.parts = nn.ModuleList([${names.join(', ').toLowerCase()}])

    def forward(self, x):
        return sum(part(x) for part in self.parts)
`;
    const script = `import torch\nimport model as m\nwhole = m.Whole(${names.map((one) => `m.${one}(256)`).join(', ')})\ntorch.optim.Adam(whole.parameters(), lr=1)\n`;
    const { trained } = analysed(script, { 'model.py': `${parts}\n${whole}` });
    expect(trained.map(({ name }) => name)).toEqual(['Whole']);
  });

  test('may be trained by a method of it that a framework calls', () => {
    const lit = `${IMPORT}import lightning as L

class Lit(L.LightningModule):
    def __init__(self, model, lr=1e-3):
        super().__init__()
        self.model, self.lr = model, lr

    def configure_optimizers(self):
        return torch.optim.Adam(self.model.parameters(), lr=self.lr)

    def training_step(self, batch, at):
        x, y = batch
        return torch.nn.functional.mse_loss(self.model(x), y)

def main(cfg):
    L.Trainer().fit(Lit(Net(cfg.width), lr=cfg.lr), cfg.data)
`;
    expect(said(lit)).toEqual([
      'MUP104 hint Li',
      'MUP301 warning torch.optim.Adam',
      'MUP302 warning torch.optim.Adam',
    ]);
  });
});

describe('a rate out of a configuration', () => {
  const trainedBy = (before: string, call: string) => said(`${IMPORT}${before}\n${call}\n`).length;
  const LR = 'torch.optim.AdamW(Net(256).parameters(), lr=cfg.lr)';

  test('is one setting, though the optimizer is given all that it has', () => {
    const loaded = "import yaml\ncfg = yaml.safe_load(open('c.yaml'))";
    expect(trainedBy(loaded, "torch.optim.AdamW(Net(256).parameters(), **cfg['optimizer'])")).toBe(2);
    const several = "torch.optim.AdamW(Net(256).parameters(), **cfg['optimizer'], **more(cfg))";
    expect(trainedBy(loaded, several)).toBe(0);
  });

  test('is a setting of a namespace that is made of what was parsed', () => {
    const parsed =
      'import argparse\nfrom types import SimpleNamespace\nargs = argparse.ArgumentParser().parse_args()\n';
    expect(trainedBy(`${parsed}cfg = SimpleNamespace(**vars(args))`, LR)).toBe(2);
    expect(trainedBy(`${parsed}cfg = vars(args)`, LR.replace('cfg.lr', "cfg['lr']"))).toBe(2);
  });

  test('is a setting of what a decorator gives the function that it calls', () => {
    const main = `import hydra\n@hydra.main(config_name='c')\ndef main(cfg):\n    ${LR}`;
    expect(trainedBy(main, 'main()')).toBe(2);
  });
});

test('a parameter that is annotated with a model is one, whoever makes it', () => {
  const trainer = (annotation: string, lr = 'lr') => `${IMPORT}from typing import Optional

class Trainer:
    def __init__(self, net: ${annotation}, lr: float = 1e-3):
        self.net = net
        self.opt = torch.optim.Adam(self.net.parameters(), lr=${lr})
`;
  const both = ['MUP301 warning torch.optim.Adam', 'MUP302 warning torch.optim.Adam'];
  expect(said(trainer('Net'))).toEqual(both);
  expect(said(trainer('Optional[Net]'))).toEqual(both);
  expect(said(trainer('torch.nn.Module'))).toEqual([]);
  expect(said(trainer('Net', 'lr / net.width'))).toEqual([]);
});

test('of several optimizers of which a setting chooses one each is judged by itself', () => {
  const chosen = `${IMPORT}def main(args):
    model = Net(256)
    if args.opt == 'sgd':
        opt = torch.optim.SGD(model.parameters(), lr=args.lr)
    else:
        opt = torch.optim.Adam(model.parameters(), lr=args.lr)
    opt.step()
`;
  expect(said(chosen)).toEqual(['MUP301 warning torch.optim.Adam', 'MUP302 warning torch.optim.Adam']);
  expect(
    said(chosen.replace('Adam(model.parameters(), lr=args.lr', 'Adam(model.parameters(), lr=rate(model)')),
  ).toEqual([]);
});

test('a script that makes no optimizer of a model says nothing of it', () => {
  const use = `${IMPORT}# an optimizer made it\nmodel = Net(256)\nmodel(torch.zeros(1, 10))\n`;
  expect(analysed(use)).toMatchObject({ findings: [], trained: [] });
});

describe('a script that trains what a module without a forward pass holds', () => {
  const trainer = (base: string) => `${IMPORT}from torch import nn

class Trainer${base}:
    def __init__(self, config):
        super().__init__()
        self.model = Net(config.width).to(config.device)

    def train(self, data):
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=3e-4)
        for x, y in data:
            loss = nn.functional.mse_loss(self.model(x), y)
            loss.backward()
            optimizer.step()

Trainer(load()).train(load())
`;

  test('has its findings, as where that is no module', () => {
    const each = ['MUP301 warning torch.optim.AdamW', 'MUP302 warning torch.optim.AdamW'];
    expect(said(trainer(''))).toEqual(each);
    expect(said(trainer('(nn.Module)'))).toEqual(each);
  });
});

test('a step that code takes along gradients by itself is no start of the weights', () => {
  const source = `${MODEL}
class Descent:
    def __init__(self, parameters, lr):
        self.parameters, self.lr = list(parameters), lr

    @torch.no_grad()
    def step(self):
        for p in self.parameters:
            update = p.grad / p.grad.norm()
            p.mul_(1 - self.lr)
            p.add_(update, alpha=-self.lr)

model = Net(256)
steps = Descent(model.parameters(), 0.1)
for x, y in load():
    torch.nn.functional.mse_loss(model(x), y).backward()
    steps.step()
`;
  const [outline] = analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup' }).models;
  expect(outline?.weights.map(({ b, c }) => [b, c])).toEqual([
    [0, null],
    [0, null],
    [0.5, null],
    [0.5, null],
    [0.5, null],
    [0.5, null],
  ]);
});
