import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** c of each weight, where a script trains at a rate of settings that it reads. */
function rates(read: string, rate = 'config.trainer.lr'): readonly (string | number | null)[] {
  const model = chainModel({}).replace(/\ndef build[\s\S]*/, '');
  const source = `import argparse
import json
import yaml
from omegaconf import OmegaConf
${model}
def main(n):
    args, rest = argparse.ArgumentParser().parse_known_args()
    ${read}
    net = Net(n)
    optimizer = torch.optim.Adam(net.parameters(), lr=${rate})
    return net, optimizer
`;
  return onlyModel(source).weights.map(({ c }) => c);
}

test('settings out of a file that a setting names come from outside', () => {
  expect(rates('config = OmegaConf.load(args.config)')).toEqual([0, 0, 0]);
  expect(rates('config = OmegaConf.merge(OmegaConf.load(args.config), OmegaConf.from_cli(rest))')).toEqual([
    0, 0, 0,
  ]);
  expect(rates('config = yaml.safe_load(open(args.config))', "config['trainer']['lr']")).toEqual([0, 0, 0]);
  expect(rates('config = json.load(open("config.json"))', "config['lr']")).toEqual([0, 0, 0]);
});

test('of those nothing is known that the width is in, or is put into', () => {
  const unknown = [null, null, null];
  expect(rates('config = OmegaConf.load(f"width-{n}.yaml")')).toEqual(unknown);
  expect(rates('config = OmegaConf.merge(OmegaConf.load(args.config), {"lr": made(n)})')).toEqual(unknown);
  expect(rates('config = OmegaConf.load(args.config)\n    config.trainer.lr = made(n)')).toEqual(unknown);
  expect(rates('config = OmegaConf.load(args.config)', 'config.trainer.lr / n')).toEqual([1, 1, 1]);
});
