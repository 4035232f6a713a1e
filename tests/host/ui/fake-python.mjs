// Stands for a Python with torch: writes a factory that is asked for, and runs of a matrix whose updates grow.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const asked = JSON.parse(process.argv.at(-1));
const say = (event, record) => console.log(JSON.stringify({ event, ...record }));
const lineOf = (file, text) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

say('ready', { python: '3.12.1', torch: '2.9.0', seconds: 0 });
if (asked.asks === 'factory') {
  const text = `from model import ${asked.model}\n\n\ndef make(width): ...\n`;
  say('written', { text, why: null, line: null });
} else {
  for (const width of asked.widths) say('width', built(width));
  for (const width of asked.widths) {
    for (let seed = 0; seed < asked.seeds; seed++) say('run', run(width, seed));
  }
}
say('done', { seconds: 0 });

function built(width) {
  const model = `${dirname(asked.file)}/model.py`;
  const made = [model, lineOf(model, 'self.mix1 =')];
  const start = { size: width ** -0.5, mean: 0, isConstant: false, error: 1e-3 };
  const step = { update: width, updateOfFullRank: width, decayed: 0 };
  const matrix = {
    name: 'mix1.weight',
    aliases: [],
    shape: [width, width],
    dtype: 'float32',
    into: [1],
    stacked: [],
  };
  const kind = { isLookup: false, isOriented: true, isTrained: true, isFused: false };
  const group = {
    optimizer: 'Adam',
    learningRate: 1e-3,
    weightDecay: 0,
    betas: null,
    epsilon: null,
    momentum: null,
  };
  const lines = { made, start: [model, lineOf(model, 'self.mix1.weight')], group: [asked.file, 4] };
  const rest = { source: null, strangers: 0, warmedUp: 0, stepWhy: null, seconds: 0 };
  return {
    ...rest,
    width,
    model: 'Net',
    groups: [{ ...group, others: {} }],
    parameters: [{ ...matrix, ...kind, start, step, groups: [0], lines }],
  };
}

function run(width, seed) {
  const grown = Array.from({ length: asked.steps + 1 }, (_, step) => step * width * (1 + 0.01 * seed));
  const still = grown.map(() => 1);
  const none = grown.map(() => 0);
  const series = {
    size: still,
    update: grown,
    gradient: still,
    input: still,
    inputUpdate: none,
    own: grown,
    carried: none,
  };
  const layer = { layer: 'mix1', kind: 'Linear', shape: [8, width], line: null, ...series };
  const losses = still.map((one) => one + 0.1 * seed);
  const weights = [{ name: 'mix1.weight', norm: still, update: grown }];
  const rest = { stoppedAt: null, output: 'mix1', isOptimized: true, hadDropout: false, seconds: 0 };
  return { width, seed, losses, layers: [layer], weights, ...rest };
}
