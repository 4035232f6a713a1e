import { describe, expect, test } from 'vitest';
import { missingIn } from '../../../test/check-findings.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** A model that a script trains. */
function modelOf(script: string) {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n, bias=False)
        self.mid = nn.Linear(n, n, bias=False)

    def forward(self, x):
        return torch.tanh(self.mid(torch.tanh(self.up(x))))

${script}`);
  return models[0];
}

const trained = (script: string) => modelOf(script)?.weights.map(({ optimizer, c }) => `${optimizer} ${c}`);

describe('an optimizer of another package', () => {
  const by = (imports: string, call: string) =>
    `${imports}\ndef prepare(n):\n    net = Net(n)\n    return ${call}\n`;

  test('makes updates as the one it stands for', () => {
    expect(trained(by('from lion_pytorch import Lion', 'Lion(net.parameters(), lr=1e-4 / n)'))).toEqual([
      'adam 1',
      'adam 1',
    ]);
    const bits = by('import bitsandbytes as bnb', 'bnb.optim.AdamW8bit(net.parameters(), lr=1e-4)');
    expect(trained(bits)).toEqual(['adam 0', 'adam 0']);
    expect(trained(by('from apex.optimizers import FusedSGD', 'FusedSGD(net.parameters(), lr=0.1)'))).toEqual(
      ['sgd 0', 'sgd 0'],
    );
    expect(
      trained(by('from muon import SingleDeviceMuon', 'SingleDeviceMuon([net.mid.weight], lr=0.02)')),
    ).toEqual(['null null', 'muon 0']);
  });

  test('is the same in mixed precision', () => {
    const mixed = `from apex import amp

def prepare(n):
    net = Net(n)
    o = torch.optim.SGD(net.parameters(), lr=1 / n)
    net, o = amp.initialize(net, o, opt_level='O1')
    o.step()
`;
    expect(trained(mixed)).toEqual(['sgd 1', 'sgd 1']);
    const stepped = mixed.replace('optim.SGD', 'optim.Adam').replace(
      '    o.step()',
      `    with amp.scale_loss(net(torch.randn(4, 8)).sum(), o) as scaled:
        scaled.backward()
    torch.nn.utils.clip_grad_norm_(amp.master_params(o), 1.0)
    o.step()`,
    );
    expect(trained(stepped)).toEqual(['adam 1', 'adam 1']);
    const ofIntel = mixed
      .replace('from apex import amp', 'import intel_extension_for_pytorch as ipex')
      .replace("amp.initialize(net, o, opt_level='O1')", 'ipex.optimize(model=net, optimizer=o)');
    expect(trained(ofIntel)).toEqual(['sgd 1', 'sgd 1']);
  });

  test('is named where its updates are not read', () => {
    const model = modelOf(by('from dion import Dion', 'Dion(net.parameters(), lr=0.01)'));
    expect(missingIn(model)).toContainEqual(expect.stringContaining('the updates of dion.Dion are not read'));
  });
});

describe("Hugging Face's trainer", () => {
  const run = (settings: string) => `from transformers import Trainer, TrainingArguments

def run(n):
    args = TrainingArguments('out', ${settings})
    trainer = Trainer(model=Net(n), args=args)
    trainer.train()
`;

  test('trains all with AdamW at the rate of its arguments, unless they name another', () => {
    expect(trained(run('learning_rate=1e-4, weight_decay=0.1'))).toEqual(['adam 0', 'adam 0']);
    expect(trained(run('weight_decay=0.1'))).toEqual(['adam 0', 'adam 0']);
    expect(trained(run('learning_rate=1e-4 / n'))).toEqual(['adam 1', 'adam 1']);
    expect(trained(run("optim='sgd'"))).toEqual(['sgd 0', 'sgd 0']);
    expect(trained(run("optim='galore_adafactor'"))).toEqual(['null null', 'null null']);
  });

  test('may be handed an optimizer, or make one in a subclass', () => {
    const handed = `from transformers import Trainer

def run(n):
    net = Net(n)
    Trainer(net, optimizers=(torch.optim.SGD(net.parameters(), lr=1 / n), None)).train()
`;
    expect(trained(handed)).toEqual(['sgd 1', 'sgd 1']);
    const own = `from transformers import Trainer

class Own(Trainer):
    def create_optimizer(self):
        self.optimizer = torch.optim.Adam([{'params': [self.model.up.weight]}, {'params': [self.model.mid.weight], 'lr': 1 / self.model.mid.in_features}], lr=1e-3)

def run(n, args):
    Own(model=Net(n), args=args).train()
`;
    expect(trained(own)).toEqual(['adam 0', 'adam 1']);
  });
});
