import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { checkParameters } from '../../test/check-parameters.ts';

/** A model of one layer with these methods beside its constructor. */
function modelWith(methods: string, init = 'pass'): string {
  const lines = methods.split('\n').map((line) => `    ${line}`);
  return `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mix = nn.Linear(n, n, bias=False)
        ${init}
${lines.join('\n')}
`;
}

const SMALL = 'nn.init.normal_(self.mix.weight, std=0.02)';

describe('a method that nobody in sight calls', () => {
  test('is called by somebody if it initializes the model, by its name', () => {
    for (const name of ['init_weights', '_init_weights', 'initialize', 'reset_parameters', 'weights_init']) {
      checkParameters(modelWith(`def ${name}(self):\n    ${SMALL}`), 'mix.weight: n × n, random 0.02');
    }
  });

  test('is called for every module if it asks what it is given', () => {
    const method = `def _init_weights(self, part):
    if isinstance(part, nn.Linear):
        part.weight.data.normal_(mean=0.0, std=self.std)`;
    checkParameters(modelWith(method, 'self.std = 0.5'), 'mix.weight: n × n, random 0.5');
  });

  test('is called by the one that calls it', () => {
    const methods = `def _init_one(self, part):
    if isinstance(part, nn.Linear):
        nn.init.zeros_(part.weight)
def init_weights(self):
    self.apply(self._init_one)
    self.mix.weight.data.add_(load())`;
    checkParameters(modelWith(methods), 'mix.weight: n × n, unknown (add_)');
  });

  test('is called by itself where the one that has its name does not come to it', () => {
    const methods = `def init_one(self):\n    ${SMALL}
def init_weights(self):
    if False: self.init_one()
    nn.init.zeros_(self.mix.weight)`;
    checkParameters(modelWith(methods), 'mix.weight: n × n, random 0.02 or zero');
  });

  test('is called by somebody where only a part of the model has one of that name and calls it', () => {
    const source = (begins: string) => `
class Part(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(n))
        self.init_weights()
    def init_weights(self):
        nn.init.zeros_(self.gain)

${modelWith(`def init_weights(self):\n    ${SMALL}`, `self.part = Part(n)\n        ${begins}`)}`;
    const part = 'part.gain: n, zero';
    checkParameters(source('pass'), `mix.weight: n × n, random 0.02\n${part}`);
    checkParameters(
      source('if False: self.init_weights()'),
      `mix.weight: n × n, random n^-½ or random 0.02\n${part}`,
    );
  });

  test('does not count among those that initialize it if it leaves every parameter as it is', () => {
    const methods = `def reset_parameters(self):\n    self.cache = None\ndef init_weights(self):\n    ${SMALL}`;
    checkParameters(modelWith(methods), 'mix.weight: n × n, random 0.02');
  });

  test('is one of several that initialize it', () => {
    const methods = `def init_small(self):\n    ${SMALL}\ndef init_zero(self):\n    nn.init.zeros_(self.mix.weight)`;
    checkParameters(modelWith(methods), 'mix.weight: n × n, random 0.02 or zero');
  });

  test('initializes an instance of the file, too', () => {
    const source = `${modelWith(`def init_weights(self):\n    ${SMALL}`)}\nnet = Net(64)`;
    checkParameters(source, 'mix.weight: n × n, random 0.02');
  });

  test('need not be called where the code that makes the model initializes it in another way', () => {
    const source = `${modelWith(`def init_weights(self):\n    ${SMALL}`)}
net = Net(64)
for p in net.parameters(): nn.init.normal_(p, std=2)`;
    checkParameters(source, 'mix.weight: n × n, random 2 or random 0.02');
  });

  test('may set other initial values under another name', () => {
    const restart = `def restart(self):\n    ${SMALL}`;
    checkParameters(modelWith(restart), 'mix.weight: n × n, random n^-½ or random 0.02');
  });

  test('does not say how a model starts where it loads, cuts or freezes it', () => {
    const others = `def load(self, path):
    self.load_state_dict(torch.load(path))
def crop(self, size):
    self.mix.weight = nn.Parameter(self.mix.weight[:size])
def init_from_pretrained(self, path):
    self.mix.weight.data = torch.load(path)
def freeze(self):
    for p in self.parameters():
        p.requires_grad = False`;
    checkParameters(modelWith(others), 'mix.weight: n × n, random n^-½');
  });
});

test('what is taken for granted of methods that nobody in sight calls is said', () => {
  const methods = `def init_weights(self):\n    ${SMALL}\ndef load(self, path):\n    self.load_state_dict(torch.load(path))`;
  expect(analyse(`import torch\nfrom torch import nn\n${modelWith(methods)}`).models[0]?.assumptions).toEqual(
    expect.arrayContaining([
      'Assumes `init_weights` is called before training.',
      'Assumes `load` is not called before training.',
    ]),
  );
});

test('weights that are loaded on a condition, or into a model that is made, start as those of a new run do', () => {
  const loads = "if n > 9:\n            self.load_state_dict(torch.load('state'))";
  const source = modelWith('pass', loads);
  checkParameters(source, 'mix.weight: n × n, random n^-½');
  expect(analyse(`import torch\nfrom torch import nn\n${source}`).models[0]?.assumptions).toContain(
    'Assumes a run that goes on with loaded weights or rates started with those that a new one has.',
  );
  checkParameters(
    `${modelWith('pass')}\nnet = Net(64)\nnet.load_state_dict(torch.load('state'))`,
    'mix.weight: n × n, random n^-½',
  );
  checkParameters(
    `${modelWith('pass')}\nnet = Net(64)\nnet.load_state_dict(torch.load('state')['model'])`,
    'mix.weight: n × n, random n^-½',
  );
  checkParameters(
    `${modelWith('pass')}
net = Net(64)
if flag:
    net.load_state_dict({name: torch.randn_like(p) for name, p in net.state_dict().items()})`,
    'mix.weight: n × n, unknown (something that is not read) if flag or random n^-½ unless flag',
  );
  checkParameters(
    `${modelWith('pass')}
def pretrained(name):
    net = Net(64)
    state, loaded = net.state_dict(), torch.load(name)
    for key in state:
        with torch.no_grad():
            state[key].copy_(loaded[key])
    return net`,
    'mix.weight: n × n, random n^-½',
  );
  checkParameters(
    `${modelWith('pass')}
net = Net(64)
net.mix.weight.data.copy_(torch.load('mix'))`,
    'mix.weight: n × n, unknown (something that is not read)',
  );
  checkParameters(
    modelWith('pass', "self.load_state_dict(torch.load('state'))"),
    'mix.weight: n × n, unknown (a loaded state)',
  );
});
