import { describe, test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

/** A model whose constructor does this. */
function modelOf(lines: string): string {
  const body = lines.split('\n').map((line) => `        ${line}`);
  return `class Net(nn.Module):\n    def __init__(self, n, d, flag):\n        super().__init__()\n${body.join('\n')}\n`;
}

// Sizes of the values as PyTorch gives them: the root mean square of each of these tensors, up to constants.
describe('a parameter of its own starts as the tensor that it is made of:', () => {
  const tensors: readonly (readonly [tensor: string, parameter: string])[] = [
    ['torch.randn(n, d)', 'n × d, random 1'],
    ['torch.randn(n, d) * 0.02', 'n × d, random 0.02'],
    ['torch.randn((n, d)) / n ** 0.5', 'n × d, random 1/√n'],
    ['n ** -0.5 * torch.randn(size=(n, d))', 'n × d, random n^-½'],
    ['-torch.randn(n).mul(0.5)', 'n, random 0.5'],
    ['torch.zeros(1, n, d)', '1 × n × d, zero'],
    ['torch.zeros(n) + 0.1', 'n, constant 0.1'],
    ['torch.ones(n)', 'n, constant 1'],
    ['0.2 * torch.ones([n])', 'n, constant 0.2'],
    ['torch.full((n,), d ** -0.5)', 'n, constant d^-½'],
    ['torch.rand(n)', 'n, constant 3^-½'],
    ['torch.rand(n) * 0.2', 'n, constant 3^-½·0.2'],
    ['torch.rand(n) * 2 - 1', 'n, random 3^-½'],
    ['(torch.rand(n) - 0.5) * 2 / n', 'n, random 0.5·3^-½·2·(1/n)'],
    ['torch.rand(n) * 3 - 1', 'n, constant max(3^-½·3, 1)'],
    ['torch.rand(n) * 2 + 1', 'n, constant max(3^-½·2, 1)'],
    ['torch.empty(n, d).normal_(0, 0.02)', 'n × d, random 0.02'],
    ['torch.empty(n, d).uniform_(-0.3, 0.3)', 'n × d, random 0.3/√3'],
    ['nn.init.xavier_normal_(torch.empty(n, d))', 'n × d, random √(2/(d + n))'],
    ['torch.normal(0, 0.5, (n, d))', 'n × d, random 0.5'],
    ['torch.zeros_like(torch.randn(n, d))', 'n × d, zero'],
    ['torch.tensor(0.5)', 'scalar, constant 0.5'],
    ['torch.tensor([1.0, -2.0])', '2, constant 2'],
    ['torch.tensor([[0.0], [0.0]])', '2 × 1, zero'],
    [
      'torch.cat([torch.ones(n), *[torch.tensor([1.0, 0.0]) for _ in range(3)]])',
      'n + 2 + 2 + 2, constant max(1, 1)',
    ],
    ['torch.cat([torch.ones(n), *[torch.ones(2) for _ in range(d)]])', '?, constant max(1, 1)'],
    ['torch.cat([torch.ones(n, 3), *[torch.ones(2, 3) for _ in range(d)]])', '? × 3, constant max(1, 1)'],
    ['torch.tensor([1.0, 2.0 / n])', '?, unknown (something that is not read)'],
    ['torch.tensor([1.0, *flag])', '?, unknown (something that is not read)'],
    ['torch.empty(n, d)', 'n × d, unknown (something that is not read)'],
    ['torch.eye(n)', 'n × n, unknown (something that is not read)'],
    ['torch.load(flag)', '?, unknown (something that is not read)'],
  ];
  for (const [tensor, parameter] of tensors) {
    test(tensor, () => checkParameters(modelOf(`self.p = nn.Parameter(${tensor})`), `p: ${parameter}`));
  }

  test('which a variable holds', () => {
    const lines = 'w = torch.empty(n, d)\nnn.init.kaiming_normal_(w)\nself.p = nn.Parameter(w)';
    checkParameters(modelOf(lines), 'p: n × d, random √(2/d)');
  });

  test('or as another parameter', () => {
    const lines =
      'self.a = nn.Linear(n, d, bias=False)\nself.b = nn.Parameter(self.a.weight.detach().clone())';
    checkParameters(modelOf(lines), 'b: ?, random n^-½\na.weight: d × n, random n^-½');
  });
});

test('all the numbers of a parameter may be initialized in another shape', () => {
  const line = 'w = self.p.data\nnn.init.xavier_uniform_(w.view([w.shape[0], -1]))';
  checkParameters(
    modelOf(`self.p = nn.Parameter(torch.empty(n, d, 3))\n${line}`),
    'p: n × d × 3, random √(2/(3·d + n))',
  );
  const part = line.replace('w.view([w.shape[0], -1])', 'w[0]');
  checkParameters(
    modelOf(`self.p = nn.Parameter(torch.zeros(n, d, 3))\n${part}`),
    'p: n × d × 3, zero or random √(2/(3 + d))',
  );
});

describe('a parameter starts as parts that are started alike and joined', () => {
  const made = (start: string, more = '') => `
start = ${start}
parts = [self.a.weight.new_empty(n, d) for _ in range(2)]
q = parts[0]
k = self.a.weight.new_empty(n, d)
start(q)
start(k)
whole = torch.cat([q.view(-1, 2, d), k.view(-1, 2, d)], dim=1).view(-1, d)
${more}self.a.weight.data.copy_(whole)`;
  const layer = 'from functools import partial\nself.a = nn.Linear(d, 2 * n, bias=False)';
  const check = (start: string, more: string, expected: string) =>
    checkParameters(modelOf(`${layer}${made(start, more)}`), `a.weight: 2·n × d, ${expected}`);

  test('by an initializer that has its arguments before', () => {
    check('partial(nn.init.trunc_normal_, std=0.02)', '', 'random max(0.02, 0.02)');
    check('nn.init.ones_', '', 'constant max(1, 1)');
  });

  test('or a stretch of these', () => {
    const chosen = 'if flag: whole = whole.chunk(flag, dim=0)[0]\n';
    check('partial(nn.init.normal_, std=0.02)', chosen, 'random max(0.02, 0.02)');
  });

  test('but not of what another way leaves to no initializer', () => {
    check('print', '', 'unknown (something that is not read)');
    check(
      'partial(nn.init.normal_, std=0.02)',
      'if flag: whole = flag\n',
      'unknown (something that is not read)',
    );
    check(
      'partial(nn.init.normal_, std=0.02)',
      'if flag: whole = torch.ones(2 * n, d)\n',
      'unknown (something that is not read)',
    );
  });
});

describe('a parameter of its own', () => {
  test('is initialized as those of layers are', () => {
    const lines = 'self.p = nn.Parameter(torch.empty(n, d))\nnn.init.normal_(self.p, std=1 / n)';
    checkParameters(modelOf(lines), 'p: n × d, random 1/n');
    checkParameters(
      modelOf('self.p = nn.Parameter(torch.empty(n, d))\nnn.init.xavier_uniform_(self.p)'),
      'p: n × d, random √(2/(d + n))',
    );
  });

  test('is what is assigned to or copied into it', () => {
    for (const line of ['self.p.data = torch.randn(n, n) / n', 'self.p.data.copy_(torch.randn(n, n) / n)']) {
      checkParameters(modelOf(`self.p = nn.Parameter(torch.zeros(n, n))\n${line}`), 'p: n × n, random 1/n');
    }
  });

  test('has not the shape of a smaller one that is copied into it', () => {
    for (const made of ['torch.ones(n)', 'torch.randn(1, n)', 'torch.randn(n)[None, :] / n']) {
      checkParameters(
        modelOf(`self.p = nn.Parameter(torch.zeros(4, n).copy_(${made}))`),
        'p: ?, unknown (something that is not read)',
      );
    }
  });

  test('may be kept from being trained', () => {
    checkParameters(
      modelOf('self.p = nn.Parameter(torch.ones(n), requires_grad=False)'),
      'p: n, constant 1, frozen',
    );
  });

  test('may be there or not', () => {
    checkParameters(
      modelOf('self.p = nn.Parameter(torch.ones(n)) if flag else None'),
      'p perhaps: n, constant 1',
    );
    checkParameters(
      modelOf(
        "if flag:\n    self.p = nn.Parameter(torch.ones(n))\nelse:\n    self.register_parameter('p', None)",
      ),
      'p perhaps: n, constant 1',
    );
  });

  test('is registered by name, in lists and dicts', () => {
    checkParameters(modelOf("self.register_parameter('p', nn.Parameter(torch.ones(n)))"), 'p: n, constant 1');
    checkParameters(
      modelOf('self.ps = nn.ParameterList([torch.ones(n), nn.Parameter(torch.zeros(d))])'),
      'ps.0: n, constant 1\nps.1: d, zero',
    );
    checkParameters(modelOf("self.ps = nn.ParameterDict({'a': torch.ones(n)})"), 'ps.a: n, constant 1');
  });

  test('is none in a plain list, as a tensor or as a buffer', () => {
    const lines = `self.ps = [nn.Parameter(torch.ones(n))]
self.t = torch.randn(n, d)
self.register_buffer('b', torch.randn(n))
self.c = nn.Buffer(torch.ones(n))`;
    checkParameters(modelOf(lines), '');
  });

  test('may take the place of a weight, which a layer may also lack', () => {
    const lines =
      'self.fc = nn.Linear(n, d)\nself.fc.weight = nn.Parameter(torch.randn(d, n) / n)\nself.fc.bias = None';
    checkParameters(modelOf(lines), 'fc.weight: d × n, random 1/n');
  });
});
