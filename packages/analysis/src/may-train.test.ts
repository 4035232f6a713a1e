import { expect, test } from 'vitest';
import { loadTestParser } from '../test/load-analyser.ts';
import { Budget } from './budget.ts';
import { codeMayTrain, mayHandToTraining, mayTrain } from './may-train.ts';

const MAKE =
  'import torch\nfrom net import Net\n\ndef make(width):\n    model = Net(width)\n    return model, torch.optim.SGD(model.parameters(), lr=1)\n';

test('a file that widthwise factory has written trains nothing, and one that people have written does', () => {
  const written =
    '"""Net at a width.\n\nWritten by `widthwise factory net.py:Net`, and yours to edit.\n"""\n\n';
  expect(mayTrain(MAKE)).toBe(true);
  expect(mayTrain(`"""Net at a width."""\n${MAKE}`)).toBe(true);
  expect(mayTrain(written + MAKE)).toBe(false);
});

test.each([
  ['TrainLoop(model=model, data=data).run_loop()', true],
  ['train(model)', true],
  ['runner.fit(model)', true],
  ['model.train()', false],
  ['print(training)', false],
])('%j may hand a model to code that trains it: %j', (code, hands) => {
  expect(mayHandToTraining(code)).toBe(hands);
});

const parser = await loadTestParser();

/** Whether code may train, or start, what it is handed. */
const ofCode = (code: string) => codeMayTrain(parser.parse(code, new Budget()));

test.each([
  MAKE,
  'def fit(model, make):\n    make(model.parameters())\n',
  'def fit(loss, opt):\n    loss.backward()\n',
  'from torch.optim import AdamW as make\ndef fit(weights):\n    return make(weights)\n',
  'from optimizers import *\ndef fit(weights):\n    return make(weights)\n',
  'import torch.nn.init as i\ndef start(weight):\n    i.zeros_(weight)\n',
])('code may train or start a model that says so: %j', (code) => {
  expect(ofCode(code)).toBe(true);
});

test.each([
  '# the optimizer takes a .step() later\ndef size(config):\n    return config.width\n',
  'from torch.optim import AdamW as make\ndef size(config):\n    return config.width\n',
  'from sizes import *\ndef size(config):\n    return scaled(config.width)\n',
])('and not what a comment names, or an import that nothing uses: %j', (code) => {
  expect(ofCode(code)).toBe(false);
});
