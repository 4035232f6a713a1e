import { describe, test } from 'vitest';
import { checkParameters } from '../../test/check-parameters.ts';

/** A model whose constructor does this. */
function modelOf(lines: string): string {
  const body = lines.split('\n').map((line) => `        ${line}`);
  return `class Net(nn.Module):\n    def __init__(self, n, d, flag):\n        super().__init__()\n${body.join('\n')}\n`;
}

// Names, shapes and initial values as PyTorch 2.14 gives them: named_parameters() of each of these models.
describe('the parameters of a layer of PyTorch have their names, dimensions and initial values:', () => {
  const layers: readonly (readonly [call: string, parameters: string])[] = [
    ['nn.Linear(n, d)', 'x.weight: d × n, random n^-½\nx.bias: d, random n^-½'],
    ['nn.Linear(n, d, bias=False)', 'x.weight: d × n, random n^-½'],
    ['nn.Linear(n, d, bias=flag)', 'x.weight: d × n, random n^-½\nx.bias perhaps: d, random n^-½'],
    ['nn.Embedding(50, n)', 'x.weight: 50 × n, random 1'],
    ['nn.EmbeddingBag(50, n)', 'x.weight: 50 × n, random 1'],
    ['nn.Bilinear(n, d, 5)', 'x.weight: 5 × n × d, random n^-½\nx.bias: 5, random n^-½'],
    ['nn.Conv2d(n, d, 3)', 'x.weight: d × n × 3 × 3, random (n·3·3)^-½\nx.bias: d, random (n·3·3)^-½'],
    ['nn.Conv2d(n, n, (1, 7), groups=n, bias=False)', 'x.weight: n × 1 × 1 × 7, random 7^-½'],
    ['nn.Conv1d(n, d, 1, bias=False)', 'x.weight: d × n × 1, random n^-½'],
    ['nn.ConvTranspose2d(n, d, 1, bias=False)', 'x.weight: n × d × 1 × 1, random d^-½'],
    ['nn.LayerNorm(n)', 'x.weight: n, constant 1\nx.bias: n, zero'],
    ['nn.LayerNorm((d, n), bias=False)', 'x.weight: d × n, constant 1'],
    ['nn.LayerNorm(n, elementwise_affine=False)', ''],
    ['nn.RMSNorm(n)', 'x.weight: n, constant 1'],
    ['nn.GroupNorm(4, n)', 'x.weight: n, constant 1\nx.bias: n, zero'],
    ['nn.BatchNorm2d(n)', 'x.weight: n, constant 1\nx.bias: n, zero'],
    ['nn.InstanceNorm2d(n)', ''],
    ['nn.InstanceNorm2d(n, affine=True)', 'x.weight: n, constant 1\nx.bias: n, zero'],
    ['nn.PReLU(n)', 'x.weight: n, constant 0.25'],
    ['nn.MaxPool2d(2)', ''],
    [
      'nn.MultiheadAttention(n, 8)',
      `x.in_proj_weight: 3·n × n, random (n + 3·n)^-½
       x.in_proj_bias: 3·n, zero
       x.out_proj.weight: n × n, random n^-½
       x.out_proj.bias: n, zero`,
    ],
    [
      'nn.MultiheadAttention(n, 8, kdim=16, vdim=n, bias=False)',
      `x.q_proj_weight: n × n, random (n + n)^-½
       x.k_proj_weight: n × 16, random (16 + n)^-½
       x.v_proj_weight: n × n, random (n + n)^-½
       x.out_proj.weight: n × n, random n^-½`,
    ],
    [
      'nn.LSTM(d, n, 2, bias=False)',
      `x.weight_ih_l0: 4·n × d, random n^-½
       x.weight_hh_l0: 4·n × n, random n^-½
       x.weight_ih_l1: 4·n × n, random n^-½
       x.weight_hh_l1: 4·n × n, random n^-½`,
    ],
    [
      'nn.GRU(d, n, bidirectional=True, bias=False)',
      `x.weight_ih_l0: 3·n × d, random n^-½
       x.weight_hh_l0: 3·n × n, random n^-½
       x.weight_ih_l0_reverse: 3·n × d, random n^-½
       x.weight_hh_l0_reverse: 3·n × n, random n^-½`,
    ],
    [
      'nn.RNNCell(d, n)',
      `x.weight_ih: n × d, random n^-½
       x.weight_hh: n × n, random n^-½
       x.bias_ih: n, random n^-½
       x.bias_hh: n, random n^-½`,
    ],
    ['nn.AdaptiveLogSoftmaxWithLoss(n, 8, [2])', 'x: not read, unknown'],
  ];
  for (const [call, parameters] of layers) {
    test(call, () => checkParameters(modelOf(`self.x = ${call}`), parameters));
  }
});

describe('a model has each parameter', () => {
  test('once, under every name that it has', () => {
    const tied =
      'self.a = nn.Embedding(50, n)\nself.b = nn.Linear(n, 50, bias=False)\nself.b.weight = self.a.weight';
    checkParameters(modelOf(tied), 'a.weight = b.weight: 50 × n, random 1');
    const back = tied.replace('self.b.weight = self.a.weight', 'self.a.weight = self.b.weight');
    checkParameters(modelOf(back), 'a.weight = b.weight: 50 × n, random n^-½');
  });

  test('with the default of each of two, where a condition decides which of them it is', () => {
    const tied = (made: string) =>
      `self.a = nn.Embedding(50, n)\nself.b = ${made}\nif flag:\n    self.b.weight = self.a.weight`;
    checkParameters(
      modelOf(tied('nn.Linear(n, 50, bias=False)')),
      'a.weight: 50 × n, random 1\nb.weight: 50 × n, random 1 if flag or random n^-½ unless flag',
    );
    checkParameters(
      modelOf(tied('nn.Embedding(50, n)')),
      'a.weight: 50 × n, random 1\nb.weight: 50 × n, random 1',
    );
  });

  test('also where layers of the code itself have them', () => {
    const own = (dims: string) =>
      `class Own(nn.Module):\n    def __init__(self, n, m):\n        super().__init__()\n        self.weight = nn.Parameter(torch.randn(${dims}))\n`;
    const tied = (line: string) => modelOf(`self.a = Own(n, 50)\nself.b = Own(n, 50)\n${line}`);
    const [asOne, perhaps] = ['self.b.weight = self.a.weight', 'if flag:\n    self.b.weight = self.a.weight'];
    checkParameters(own('m, n') + tied(asOne), 'a.weight = b.weight: 50 × n, random 1');
    checkParameters(own('m, n') + tied(perhaps), 'a.weight: 50 × n, random 1\nb.weight: 50 × n, random 1');
    const other = 'self.b.weight = nn.Parameter(torch.zeros(n))';
    checkParameters(own('m, n') + tied(other), 'a.weight: 50 × n, random 1\nb.weight: n, zero');
  });

  test('its own before those of the modules in it', () => {
    const lines = 'self.fc = nn.Linear(n, n, bias=False)\nself.gain = nn.Parameter(load())';
    checkParameters(
      modelOf(lines),
      'gain: ?, unknown (something that is not read)\nfc.weight: n × n, random n^-½',
    );
  });

  test('that one of two ways gives it', () => {
    const lines = 'if flag:\n    self.x = nn.Linear(n, d, bias=False)\nelse:\n    self.x = nn.Linear(n, d)';
    checkParameters(modelOf(lines), 'x.weight: d × n, random n^-½\nx.bias perhaps: d, random n^-½');
  });
});

describe('a part of which nothing is known is named:', () => {
  test('what a call makes that is not followed, where the forward pass sends something through it', () => {
    checkParameters(
      `${modelOf('self.fc = nn.Linear(d, n)\nself.stem = flag.stem.build()\nself.size = flag.sizes.count()\nself.act = getattr(F, flag)')}
    def forward(self, x):
        return self.act(self.stem(self.fc(x)))
`,
      'fc.weight: n × d, random d^-½\nfc.bias: n, random d^-½\nstem: not read, unknown',
    );
  });

  test('either this or what the code gives instead', () => {
    checkParameters(
      `${modelOf('self.stem = flag.build() if flag else nn.Linear(d, n, bias=False)')}
    def forward(self, x):
        return self.stem(x)
`,
      'stem perhaps: not read, unknown\nstem.weight perhaps: n × d, random d^-½',
    );
  });

  test.each([
    'nn.ModuleList(flag.layers())',
    'nn.ModuleList([layer.build() for layer in flag.layers])',
    'nn.ModuleDict({str(i): layer.build() for i, layer in enumerate(flag.layers)})',
    'nn.Sequential(*flag.layers())',
  ])('the items of %s, whatever becomes of them', (made) => {
    checkParameters(modelOf(`self.x = ${made}`), 'x.*: not read, unknown');
  });

  test('those that are put into a container of its own kind', () => {
    checkParameters(
      `class Layers(nn.ModuleDict):\n    pass\n\n${modelOf('self.x = Layers()\nfor i, one in enumerate(flag.layers):\n    self.x[str(i)] = one.build()')}`,
      'x.* perhaps: not read, unknown',
    );
  });

  test.each([
    ['nn.ModuleList([nn.Linear(d, n, bias=False) for i in range(depth) if i % 2 == depth % 2])', '0 1 2'],
    [
      'nn.ModuleDict({str(i): nn.Linear(d, n, bias=False) for i in range(depth) if i % 2 == depth % 2})',
      '0 * *',
    ],
  ])('nothing in the place of what %s leaves out', (made, places) => {
    const each = places.split(' ').map((place) => `x.${place}.weight perhaps: n × d, random d^-½`);
    checkParameters(modelOf(`depth = flag.depth\nself.x = ${made}`), each.join('\n'));
  });
});
