import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** Names of the widths, and c of each weight, where a file of settings gives the width and the rate. */
function readWith(width: string, rate: string): readonly (string | number | null)[] {
  const model = chainModel({}).replace(/\ndef build[\s\S]*/, '');
  const source = `import configparser
${model}
config = configparser.ConfigParser()
config.read('settings.ini')
model = Net(${width})
optimizer = torch.optim.Adam(model.parameters(), lr=${rate})
`;
  const { widths, weights } = onlyModel(source);
  return [...widths, ...weights.map(({ c }) => c)];
}

test('what configparser reads are settings, by their names', () => {
  const read = ['n', 0, 0, 0];
  expect(readWith("int(config.get('model', 'width'))", "float(config.get('train', 'lr'))")).toEqual(read);
  expect(readWith("config.getint('model', 'width')", "config.getfloat('train', 'lr')")).toEqual(read);
  expect(readWith("int(config['model']['width'])", "float(config['train']['lr'])")).toEqual(read);
  expect(readWith("config['model'].getint('width')", "config['train'].getfloat('lr', 0.1)")).toEqual(read);
  const scaled = "config.getfloat('train', 'lr') / config.getint('model', 'width')";
  expect(readWith("config.getint('model', 'width')", scaled)).toEqual(['n', 1, 1, 1]);
});

test('flags of absl are settings, by their names', () => {
  const model = chainModel({}).replace(/\ndef build[\s\S]*/, '');
  const { widths, weights } = onlyModel(`from absl import app, flags
${model}
FLAGS = flags.FLAGS
flags.DEFINE_integer('width', 512, 'Width.')
flags.DEFINE_float('lr', 0.001, 'Rate.')

def main(_):
    model = Net(FLAGS.width)
    optimizer = torch.optim.Adam(model.parameters(), lr=FLAGS.lr / FLAGS.width)

app.run(main)
`);
  expect([...widths, ...weights.map(({ c }) => c)]).toEqual(['n', 1, 1, 1]);
});
