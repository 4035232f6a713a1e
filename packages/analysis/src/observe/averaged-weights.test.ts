import { expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const analyser = await loadTestAnalyser();

/** Layers that each have a name, so that a name which is not known may be any of theirs. */
const LAYERS = Array.from({ length: 16 }, (_, layer) => `mid${layer}`);
const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
${LAYERS.map((name) => `        self.${name} = nn.Linear(width, width)\n`).join('')}        self.head = nn.Linear(width, 1)
        nn.init.normal_(self.mid0.weight, std=0.02)

    def forward(self, x):
        x = self.embed(x)
${LAYERS.map((name) => `        x = x + torch.relu(self.${name}(x))\n`).join('')}        return self.head(x)
`;

/** A script that keeps an average of the weights beside them. */
const AVERAGES = `import torch
from copy import deepcopy
from model import Net

def follow(averaged, model, decay=0.999):
    kept = dict(averaged.named_parameters())
    for name, parameter in dict(model.named_parameters()).items():
        kept[name.replace(prefix, '')].mul_(decay).add_(parameter.data, alpha=1 - decay)

def main(args, batches):
    model = Net(args.width)
    averaged = deepcopy(model)
    optimizer = torch.optim.Adam(model.parameters(), lr=args.lr)
    follow(averaged, model, decay=0)
    step = 0
    for epoch in range(args.epochs):
        for x in batches:
            loss = model(x).sum()
            loss.backward()
            optimizer.step()
            if args.averages:
                follow(averaged, model)
            step += 1
            if step % args.every == 0 and step > 0:
                follow(averaged, model)
`;

test('an average of which nobody knows which weight goes where costs the model none of its findings', () => {
  const place = placeIn({ 'model.py': MODEL, 'train.py': AVERAGES }, 'model.py', ['train.py']);
  const { findings, unread } = analyser.analyse(MODEL, { ...DEFAULT_OPTIONS, profile: 'mup' }, place);
  expect(unread).toEqual([]);
  expect(findings.map(({ code }) => code)).toContain('MUP101');
});
