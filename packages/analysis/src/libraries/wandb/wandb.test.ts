import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** c of each weight, where a script trains at a rate that an experiment tracker's settings have. */
function rates(start: string, rate = 'wandb.config.lr'): readonly (string | number | null)[] {
  const model = chainModel({}).replace(/\ndef build[\s\S]*/, '');
  const source = `import argparse
import wandb
${model}
def train(n, lr=0.1):
    ${start}
    model = Net(n)
    optimizer = torch.optim.Adam(model.parameters(), lr=${rate})
    return model, optimizer
`;
  return onlyModel(source).weights.map(({ c }) => c);
}

test('what a run is given is what its settings have', () => {
  expect(rates("wandb.init(project='p', config={'lr': lr})")).toEqual([0, 0, 0]);
  expect(rates("wandb.init(config={'lr': lr / n})")).toEqual([1, 1, 1]);
  expect(rates("wandb.init(config={'lr': lr / n}); config = wandb.config", 'config.lr')).toEqual([1, 1, 1]);
  expect(rates('wandb.init(config=argparse.Namespace(lr=lr / n))')).toEqual([1, 1, 1]);
  expect(rates("wandb.init(config={'width': n}); wandb.config.update({'lr': lr / n})")).toEqual([1, 1, 1]);
});

test('settings that are asked for by their keys are the same', () => {
  expect(rates("wandb.init(config={'lr': lr / n})", "wandb.config['lr']")).toEqual([1, 1, 1]);
  expect(rates("wandb.init(config={'lr': lr / n}); config = wandb.config", "config['lr']")).toEqual([
    1, 1, 1,
  ]);
  expect(rates("wandb.init(config={'lr': lr}); wandb.config['lr'] = lr / n")).toEqual([null, null, null]);
  expect(rates('wandb.init()', "wandb.config['lr']")).toEqual([0, 0, 0]);
});

test('without any, they come from outside', () => {
  expect(rates('wandb.init()')).toEqual([0, 0, 0]);
  expect(rates("wandb.init(project='p')")).toEqual([0, 0, 0]);
});

test('of what is not read nothing is known', () => {
  const unknown = [null, null, null];
  expect(rates('pass')).toEqual(unknown);
  expect(rates('wandb.init(config=settings_of(n))')).toEqual(unknown);
  expect(rates("wandb.init(config={'width': n})")).toEqual(unknown);
  expect(rates("wandb.init(config={'lr': lr}); wandb.config.lr = lr / n")).toEqual(unknown);
});
