import { describe, expect, test } from 'vitest';
import { checkRule, findingsOf } from '../../../test/check-findings.ts';
import type { Finding } from '../../finding.ts';
import type { AnalysisOptions } from '../../options.ts';

const checkFindings = checkRule('MUP101');
const found = (source: string, options: Partial<AnalysisOptions> = {}): readonly Finding[] =>
  findingsOf('MUP101', source, options);

const FORWARD = 'return self.readout(F.relu(self.mix(F.relu(self.embed(x)))))';

/** An MLP whose constructor ends with `body`. */
function mlp(body: string, forward: string = FORWARD): string {
  return `
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width, depth=4, init_std=0.02):
        super().__init__()
        self.embed = nn.Linear(64, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 10)
        self.norm = nn.LayerNorm(width)
${body.replace(/^\n/, '').trimEnd()}

    def forward(self, x):
        ${forward}
`;
}

describe('fires where a parameter of its own is made with values that are drawn', () => {
  const product = (body: string) =>
    mlp(body, 'return self.readout(F.relu(F.relu(self.embed(x)) @ self.own))');

  test.each([
    'torch.randn(width, width) * 0.02',
    'torch.randn(width, width) / 50',
    'torch.normal(0, 0.02, (width, width))',
    'torch.FloatTensor(width, width).normal_(0, 0.02)',
    'torch.Tensor(width, width).uniform_(-0.1, 0.1)',
    'torch.nn.init.trunc_normal_(torch.empty(width, width), std=0.02)',
  ])('%s', (values) => {
    const made = `nn.Parameter(${values})`;
    checkFindings(
      product(`
        self.own = ${made}
#                  ${'^'.repeat(made.length)} MUP101
`),
    );
  });

  test('and where they are drawn before', () => {
    checkFindings(
      product(`
        drawn = torch.empty(width, width)
        nn.init.normal_(drawn, std=0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
        self.own = nn.Parameter(drawn)
`),
    );
  });

  test.each(['torch.randn(width, width) / width ** 0.5', 'torch.zeros(width, width)'])(
    'and not where they go with the width: %s',
    (values) => expect(found(product(`        self.own = nn.Parameter(${values})\n`))).toEqual([]),
  );
});

describe('fires in recurrent networks', () => {
  const START = 'nn.init.normal_(self.mix.weight, std=0.02)';
  const fired = (forward: string, more = '') =>
    found(mlp(`${more}        ${START}\n`, forward)).map(({ weights }) => weights);

  test.each([
    'h = torch.zeros(x.size(0), self.mix.out_features)',
    'h = torch.zeros_like(self.embed(x[:, 0]))',
    'h = self.embed(x[:, 0]) * 0',
  ])('whose first state is zero: %s', (start) => {
    const step = 'h = torch.tanh(self.embed(x[:, t]) + self.mix(h))';
    const forward = `${start}\n        for t in range(x.size(1)):\n            ${step}\n        return self.readout(h)`;
    expect(fired(forward)).toEqual([['mix.weight']]);
  });

  test('not behind a sum alone of what layers make of something that is not read', () => {
    const more = '        self.side = nn.Linear(width, width)\n';
    const sum = 'h = wild(self.embed(x))\n        h = self.side(h) + self.side(F.relu(h))';
    expect(fired(`${sum}\n        return self.readout(F.relu(self.mix(h)))`, more)).toEqual([]);
  });

  test('behind an LSTM, whose gates multiply what layers make', () => {
    const more = '        self.rnn = nn.LSTM(width, width, batch_first=True)\n';
    const forward = 'h, _ = self.rnn(self.embed(x))\n        return self.readout(F.relu(self.mix(h)))';
    expect(fired(forward, more)).toEqual([['mix.weight']]);
  });
});

describe('fires where the standard deviation of a hidden weight', () => {
  test('is a literal', () => {
    checkFindings(
      mlp(`
        nn.init.normal_(self.mix.weight, std=0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`),
    );
  });

  test('is a literal, and a norm makes what it is applied to of what is not read', () => {
    const forward = 'return self.readout(F.relu(self.mix(self.norm(away(self.embed(x))))))';
    const init = 'nn.init.normal_(self.mix.weight, std=0.02)';
    const source = mlp(`        ${init}\n`, forward);
    expect(found(source).map(({ weights }) => weights)).toEqual([['mix.weight']]);
    const bare = mlp(
      `        ${init}\n`,
      forward.replace('self.norm(away(self.embed(x)))', 'away(self.embed(x))'),
    );
    expect(found(bare)).toEqual([]);
    const shrunk = mlp(
      `        ${init}\n        nn.init.constant_(self.norm.weight, width ** -0.5)\n`,
      forward,
    );
    expect(found(shrunk)).toEqual([]);
  });

  test('depends on depth alone', () => {
    checkFindings(
      mlp(`
        std = 0.02 / math.sqrt(2 * depth)
        nn.init.trunc_normal_(self.mix.weight, std=std)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`),
    );
  });

  test('is a hyperparameter', () => {
    checkFindings(
      mlp(`
        nn.init.normal_(self.mix.weight, 0.0, init_std)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`),
    );
  });

  test('is a literal that a later line divides by a function of depth', () => {
    checkFindings(
      mlp(`
        nn.init.normal_(self.mix.weight, std=0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
        self.mix.weight.data.div_(math.sqrt(2.0 * depth))
`),
    );
  });

  test('is made so by a later line', () => {
    checkFindings(
      mlp(`
        nn.init.normal_(self.mix.weight, std=0.02 / math.sqrt(width))
        self.mix.weight.data.mul_(math.sqrt(width))
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
        self.mix.weight.data.div_(math.sqrt(2.0 * depth))
`),
    );
  });

  test('comes from symmetric bounds', () => {
    checkFindings(
      mlp(`
        bound = 0.1
        self.mix.weight.data.uniform_(-bound, bound)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`),
    );
  });

  test('is the bound of a uniform distribution over √3', () => {
    const source = mlp('        nn.init.uniform_(self.mix.weight, -100, 100)');
    const [finding] = found(source);
    expect(finding?.message).toContain('initialized with std 100/√3, constant in width');
    expect(finding?.fixes.map(({ text }) => text)).toEqual([
      'Make it proportional to n^-½: a factor (n₀/n)^½ leaves it as it is at the width n₀ it was chosen at.',
    ]);
  });

  test('is one of several that a line gives, of which the first is said', () => {
    const source = mlp(
      `
        self.more = nn.Linear(width, width)
        for layer, std in [(self.mix, 0.02), (self.more, SECOND)]:
            nn.init.normal_(layer.weight, std=std)
`,
      FORWARD.replace('self.mix', 'self.more(self.mix').replace(')))))', '))))))'),
    );
    const message = (second: string) => found(source.replace('SECOND', second))[0]?.message;
    expect(message('0.04')).toContain('are initialized with stds such as 0.02, constant in width');
    expect(message('0.02')).toContain('are initialized with std 0.02, constant in width');
  });

  test('falls, but more slowly than n^-½', () => {
    const source = mlp(`
        nn.init.normal_(self.mix.weight, std=width ** -0.25)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`);
    checkFindings(source);
    expect(found(source)[0]?.message).toBe(
      '`mix.weight` (width → width) is initialized with std width^-¼, which falls more slowly than n^-½ ' +
        '(n = `width`): preactivations grow like n^¼',
    );
  });

  test('is set for every linear layer through apply', () => {
    const source = `
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh())
        self.head = nn.Linear(width, 10)
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
            if module.bias is not None:
                nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.head(self.body(x))
`;
    checkFindings(source);
    expect(found(source)[0]?.weights).toEqual(['body.2.weight']);
  });

  test('is set in a loop over modules, for all the layers of a loop', () => {
    const source = `
from torch import nn

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        layers = [nn.Linear(64, width), nn.ReLU()]
        for _ in range(depth - 1):
            layers.append(nn.Linear(width, width))
            layers.append(nn.ReLU())
        layers.append(nn.Linear(width, 10))
        self.net = nn.Sequential(*layers)
        for m in self.modules():
            if type(m) == nn.Linear:
                m.weight.data.normal_(0, 0.05)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101

    def forward(self, x):
        return self.net(x)
`;
    checkFindings(source);
    expect(found(source)[0]?.weights).toEqual(['net.*.weight']);
  });

  test('is set in a method that the constructor calls, and again', () => {
    checkFindings(`
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(3, width)
        self.b = nn.Linear(width, width)
        self.c = nn.Linear(width, 1)
        nn.init.xavier_normal_(self.b.weight)
        self.reset_parameters()

    def reset_parameters(self):
        for name, p in self.named_parameters():
            if name.endswith('b.weight'):
                nn.init.normal_(p, std=0.3)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101

    def forward(self, x):
        return self.c(self.b(self.a(x).relu()).relu())
`);
  });

  test('is set from outside, on the model that the file makes', () => {
    checkFindings(`
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(3, width)
        self.b = nn.Linear(width, width)
        self.c = nn.Linear(width, 1)

    def forward(self, x):
        return self.c(self.b(self.a(x).relu()).relu())

def weights_init(m):
    classname = m.__class__.__name__
    if classname.find('Linear') != -1:
        nn.init.normal_(m.weight, 0.0, 0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101

def main(args):
    model = Net(args.width).to(args.device)
    model.apply(weights_init)
`);
  });

  test('is undone by a multiplier that grows with width', () => {
    checkFindings(
      mlp(
        `
        nn.init.normal_(self.mix.weight, std=1 / math.sqrt(width))
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
        self.scale = width ** 0.5`,
        'return self.readout(F.relu(self.scale * self.mix(F.relu(self.embed(x)))))',
      ),
    );
  });

  test('is set for a residual branch', () => {
    checkFindings(
      mlp(
        `
        nn.init.normal_(self.mix.weight, std=0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101`,
        'h = self.embed(x); h = h + self.mix(F.gelu(self.norm(h))); return self.readout(h)',
      ),
    );
  });
});

describe('in a transformer whose blocks are classes of the file', () => {
  const transformer = (init: string) => `
import math
import torch
import torch.nn as nn
from torch.nn import functional as F

class Norm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return F.layer_norm(x, self.gain.shape, self.gain)

class Mixer(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.heads = cfg.heads
        self.qkv = nn.Linear(cfg.dim, 3 * cfg.dim)
        self.out = nn.Linear(cfg.dim, cfg.dim)

    def forward(self, x):
        batch, time, dim = x.size()
        q, k, v = self.qkv(x).split(dim, dim=2)
        q, k, v = (t.view(batch, time, self.heads, -1).transpose(1, 2) for t in (q, k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(batch, time, dim))

class Layer(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.norm1, self.norm2 = Norm(cfg.dim), Norm(cfg.dim)
        self.mixer = Mixer(cfg)
        self.up = nn.Linear(cfg.dim, 4 * cfg.dim)
        self.out = nn.Linear(4 * cfg.dim, cfg.dim)

    def forward(self, x):
        x = x + self.mixer(self.norm1(x))
        return x + self.out(F.gelu(self.up(self.norm2(x))))

class Model(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.body = nn.ModuleDict(dict(
            tokens=nn.Embedding(cfg.vocab, cfg.dim),
            places=nn.Embedding(cfg.time, cfg.dim),
            layers=nn.ModuleList([Layer(cfg) for _ in range(cfg.depth)]),
            norm=Norm(cfg.dim),
        ))
        self.head = nn.Linear(cfg.dim, cfg.vocab, bias=False)
        self.body.tokens.weight = self.head.weight
        self.apply(self._start)
        for name, p in self.named_parameters():
            if name.endswith('out.weight'):
                ${init}

    def _start(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, ids, targets=None):
        x = self.body.tokens(ids) + self.body.places(torch.arange(ids.size(1)))
        for layer in self.body.layers:
            x = layer(x)
        logits = self.head(self.body.norm(x))
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())
`;

  test('every line that sets hidden weights is found with its weights', () => {
    const findings = found(transformer('nn.init.normal_(p, std=0.02 / math.sqrt(2 * cfg.depth))'));
    expect(findings).toHaveLength(2);
    expect(findings.flatMap((finding) => finding.weights)).toEqual(
      expect.arrayContaining(['body.layers.*.out.weight', 'body.layers.*.up.weight']),
    );
    expect(findings[0]?.message).toContain('std 0.02/√(2·depth), constant in width (n = `dim`)');
    expect(findings[0]?.assumptions).toContain('Assumes `depth` does not depend on width.');
  });

  test('a line that scales them right takes its weights out', () => {
    const findings = found(transformer('nn.init.normal_(p, std=(2 * cfg.depth * cfg.dim) ** -0.5)'));
    expect(findings.map((finding) => finding.weights)).toEqual([
      ['body.layers.*.mixer.qkv.weight', 'body.layers.*.up.weight'],
    ]);
  });
});

describe('is silent where', () => {
  const silent = (name: string, body: string, forward?: string) =>
    test(name, () => checkFindings(mlp(body, forward)));

  silent('PyTorch initializes', '');
  const gained = (normalized: string) =>
    `h = ${normalized} * self.norm.weight; return self.readout(F.relu(self.mix(h)))`;
  silent(
    'what it is applied to has a gain and length 1 before it',
    '        nn.init.normal_(self.mix.weight, std=1.0)',
    gained('F.normalize(self.embed(x), dim=-1)'),
  );
  silent('the standard deviation is 1/√width', '        nn.init.normal_(self.mix.weight, std=width ** -0.5)');
  silent(
    'it is so through the layer',
    '        nn.init.normal_(self.mix.weight, std=self.mix.in_features ** -0.5)',
  );
  silent('it falls faster', '        nn.init.normal_(self.mix.weight, std=1 / width)');
  silent('the fan is taken', '        nn.init.kaiming_normal_(self.mix.weight, nonlinearity="relu")');
  silent('both fans are taken', '        nn.init.xavier_uniform_(self.mix.weight)');
  silent('the weight is orthogonal', '        nn.init.orthogonal_(self.mix.weight, gain=1.4)');
  silent('the weight starts at zero', '        nn.init.zeros_(self.mix.weight)');
  silent(
    'a trained factor makes up for it',
    `
        nn.init.normal_(self.mix.weight, std=0.02)
        self.scale = nn.Parameter(torch.full((1,), width ** -0.5))`,
    'return self.readout(F.relu(self.scale * self.mix(F.relu(self.embed(x)))))',
  );
  silent(
    'another line sets it last',
    `
        nn.init.normal_(self.mix.weight, std=0.02)
        nn.init.normal_(self.mix.weight, std=1 / math.sqrt(width))`,
  );
  silent(
    'another line scales it',
    `
        nn.init.normal_(self.mix.weight, std=0.5)
        self.mix.weight.data.mul_(1 / math.sqrt(width))`,
  );
  silent(
    'another line may set it',
    `
        nn.init.normal_(self.mix.weight, std=0.02)
        if depth > 3:
            nn.init.normal_(self.mix.weight, std=1 / math.sqrt(width))`,
  );
  silent(
    'a function that is not read takes the layer',
    `
        nn.init.normal_(self.mix.weight, std=0.02)
        torch.nn.utils.parametrizations.spectral_norm(self.mix)`,
  );
  silent(
    'only input and output weights are constant',
    `
        nn.init.normal_(self.embed.weight, std=0.02)
        nn.init.normal_(self.readout.weight, std=0.02)`,
  );
  silent('only the bias is constant', '        nn.init.constant_(self.mix.bias, 0.1)');
  silent(
    'the standard deviation is not read',
    '        nn.init.normal_(self.mix.weight, std=torch.rand(1).item())',
  );
  silent(
    'a normalization takes the output',
    '        nn.init.normal_(self.mix.weight, std=0.02)',
    'return self.readout(F.relu(self.norm(self.mix(F.relu(self.embed(x))))))',
  );
  silent(
    'what follows the layer is not read',
    '        nn.init.normal_(self.mix.weight, std=0.02)',
    'return self.readout(torch.special.airy_ai(self.mix(F.relu(self.embed(x)))))',
  );
  silent(
    'the forward pass does not use the layer',
    '        nn.init.normal_(self.mix.weight, std=0.02)',
    'return self.readout(F.relu(self.embed(x)))',
  );
  silent(
    'a factor makes up for it',
    '        nn.init.normal_(self.mix.weight, std=1.0)\n        self.scale = width ** -0.5',
    'return self.readout(F.relu(self.mix(F.relu(self.embed(x))) * self.scale))',
  );
  silent(
    'nothing is known to scale',
    '        self.mix = nn.Linear(256, 256)\n        nn.init.normal_(self.mix.weight, std=0.02)',
  );

  test('width reaches the output of the model', () => {
    checkFindings(`
from torch import nn

class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(64, width)
        self.b = nn.Linear(width, width)
        nn.init.normal_(self.b.weight, std=0.02)

    def forward(self, x):
        return self.b(self.a(x).relu())
`);
  });

  test('one of two names could be a bottleneck', () => {
    checkFindings(`
from torch import nn

class AutoEncoder(nn.Module):
    def __init__(self, hidden, latent):
        super().__init__()
        self.down = nn.Linear(64, hidden)
        self.squeeze = nn.Linear(hidden, latent)
        self.expand = nn.Linear(latent, hidden)
        self.up = nn.Linear(hidden, 64)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)

    def forward(self, x):
        z = self.squeeze(self.down(x).relu())
        return self.up(self.expand(z.relu()).relu())
`);
  });

  for (const comment of [
    '# NOQA: E501,MUP101',
    '# type: ignore  # widthwise: ignore[MUP101]',
    '# noqa: E501 # widthwise: ignore',
    '# widthwise: ignore[mup101]',
  ]) {
    test(`it is asked to be: ${comment}`, () => {
      checkFindings(mlp(`        nn.init.normal_(self.mix.weight, std=0.02)  ${comment}`));
    });
  }

  test('it is asked to be', () => {
    checkFindings(mlp('        nn.init.normal_(self.mix.weight, std=0.02)  # widthwise: ignore[MUP101]'));
    checkFindings(mlp('        nn.init.normal_(self.mix.weight, std=0.02)  # noqa: MUP101'));
    checkFindings(
      mlp('        # widthwise: ignore[MUP101]\n        nn.init.normal_(self.mix.weight, std=0.02)'),
    );
    checkFindings(
      mlp(
        '        # widthwise: off\n        nn.init.normal_(self.mix.weight, std=0.02)\n        # widthwise: on',
      ),
    );
  });
});

test('a comment for another rule or another line does not silence it', () => {
  checkFindings(
    mlp(`
        x = 1  # widthwise: ignore[MUP101]
        nn.init.normal_(self.mix.weight, std=0.02)  # widthwise: ignore[MUP999]
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101
`),
  );
});

test('a declared width counts where structure shows none', () => {
  const source = `
from torch import nn

class Encoder(nn.Module):
    # widthwise: width(width)
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(64, width)
        self.b = nn.Linear(width, width)
        nn.init.normal_(self.b.weight, std=0.02)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MUP101

    def forward(self, x):
        return self.b(self.a(x).relu())
`;
  checkFindings(source);
  checkFindings(source.replace('# widthwise: width(width)', '#'), { widths: ['Encoder.width'] });
});

test('a rule is off from a comment to the end of the file, and no other is', () => {
  const source = mlp('        nn.init.normal_(self.mix.weight, std=0.02)');
  expect(found(`# widthwise: off[MUP101]\n${source}`)).toEqual([]);
  expect(found(`# widthwise: off[MUP102]\n${source}`)).toHaveLength(1);
  expect(found(`${source}# widthwise: off[MUP101]\n`)).toHaveLength(1);
});

test('a name that is declared finite does not scale', () => {
  checkFindings(mlp('        nn.init.normal_(self.mix.weight, std=0.02)'), { finite: ['width'] });
});

test('the advisory profile says nothing, and rules may set another severity', () => {
  const source = mlp('        nn.init.normal_(self.mix.weight, std=0.02)');
  expect(found(source, { profile: 'advisory' })).toEqual([]);
  expect(found(source, { profile: 'auto' })).toEqual([]);
  const severities = found(source, { rules: { MUP101: 'error' } }).map((finding) => finding.severity);
  expect(severities).toEqual(['error']);
  expect(found(source, { rules: { MUP101: 'off' } })).toEqual([]);
});

describe('the way out', () => {
  const fixOf = (source: string): string | undefined => found(source)[0]?.fixes[0]?.text;
  const INIT = '        nn.init.normal_(self.mix.weight, std=0.02)';
  const IN_WORDS =
    'Make it proportional to n^-½: a factor (n₀/n)^½ leaves it as it is at the width n₀ it was chosen at.';

  test('is code where the file names the width that it was tuned at', () => {
    expect(fixOf(`BASE_WIDTH = 128\n${mlp(INIT)}`)).toBe(
      'Make it proportional to n^-½: a factor `(BASE_WIDTH / width) ** 0.5` leaves it as it is at `width = BASE_WIDTH`.',
    );
    expect(fixOf(mlp(INIT).replace('depth=4', 'base_width=64'))).toContain('(base_width / width) ** 0.5');
    // That of a picture, perhaps.
    expect(fixOf(mlp(INIT).replace('depth=4', 'base_dim=64'))).toBe(IN_WORDS);
  });

  test('is code that the rule no longer fires at', () => {
    const source = `BASE_WIDTH = 128\n${mlp(INIT)}`;
    const code = /`(.*?)`/.exec(fixOf(source) ?? '')?.[1] ?? '';
    checkFindings(source.replace('weight, std=0.02', `weight, std=0.02 * ${code}`));
  });

  test('names nothing that the file does not have', () => {
    expect(fixOf(mlp(INIT))).toBe(IN_WORDS);
  });

  test('names nothing that the line cannot see or that may have changed', () => {
    expect(fixOf(`${mlp(INIT)}\ndef train(base_width):\n    return base_width\n`)).toBe(IN_WORDS);
    expect(fixOf(`BASE_WIDTH = 128\n${mlp(INIT)}\nBASE_WIDTH = 256\n`)).toBe(IN_WORDS);
    const started = mlp('        self.start()').replace(
      '    def forward',
      `    def start(self):\n${INIT}\n\n    def forward`,
    );
    expect(fixOf(`BASE_WIDTH = 128\n${started}`)).toContain('(BASE_WIDTH / self.mix.in_features) ** 0.5');
  });
});

describe('in blocks that a normalization ends', () => {
  /** A residual branch of gates and one of attention; what each gives is made of `ends`. */
  const branches = (ends: string, mlp = 'F.silu(self.gate(y)) * self.up(y)') => `
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width, inner, deep=False):
        super().__init__()
        self.table = nn.Embedding(100, width)
        self.query, self.key, self.value = (nn.Linear(width, width, bias=False) for _ in range(3))
        self.out = nn.Linear(width, width, bias=False)
        self.gate, self.up = nn.Linear(width, inner, bias=False), nn.Linear(width, inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)
        self.first, self.second, self.third, self.fourth, self.last = (nn.RMSNorm(width) for _ in range(5))
        self.readout = nn.Linear(width, 100, bias=False)
        for layer in (self.query, self.key, self.value, self.out, self.gate, self.up, self.down):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, tokens):
        x = self.table(tokens)
        y = self.first(x)
        scores = torch.softmax(self.query(y) @ self.key(y).transpose(-2, -1) / y.size(-1), -1)
        a = self.out(scores @ self.value(y))
        x = x + ${ends.replace('§', 'self.second(a)').replace('¶', 'a')}
        y = self.third(x)
        m = self.down(${mlp})
        x = x + ${ends.replace('§', 'self.fourth(m)').replace('¶', 'm')}
        return self.readout(self.last(x))
`;
  const weightsOf = (source: string) => found(source).flatMap(({ weights }) => weights);

  test('what reaches it through products alone is of no size: values, and what a gate multiplies', () => {
    expect(weightsOf(branches('§'))).toEqual(['query.weight', 'key.weight', 'gate.weight']);
  });

  test('without it, and where something else sees it, it is', () => {
    expect(weightsOf(branches('¶'))).toEqual(
      expect.arrayContaining(['gate.weight', 'up.weight', 'down.weight']),
    );
    expect(weightsOf(branches('§ + y * F.silu(¶)'))).toContain('up.weight');
  });

  test('a gate whose activation is a power of it is of none, either', () => {
    const squared = branches('§', 'F.relu(self.gate(y)).square() * self.up(y)');
    expect(weightsOf(squared)).toEqual(['query.weight', 'key.weight']);
  });
});

test('entries of vectors of length 1 are small, and those of their products: what sums n of them does not grow', () => {
  const told = (unit: string) =>
    found(`
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(16, width)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 10)
        nn.init.normal_(self.mix.weight, std=0.02)

    def unit(self, y):
        return ${unit}

    def forward(self, x):
        x = self.embed(x).tanh()
        q = self.unit(self.query(x))
        return self.readout(x + self.mix(q * self.unit(self.key(x))) + q)
`).flatMap(({ weights }) => weights);
  expect(told('F.normalize(y, dim=-1)')).toEqual([]);
  expect(told('F.layer_norm(y, y.shape[-1:])')).toEqual(['mix.weight']);
  expect(told('y')).toEqual(['mix.weight']);
});

test('what the same line starts is told apart: what is right as it is, and of what nothing is said', () => {
  const source = `${mlp('self.side = nn.Linear(width, width)\n        self.apply(self.start)'.replace(/^/, '        '))}
    def start(self, part):
        if isinstance(part, nn.Linear):
            nn.init.normal_(part.weight, std=0.02)
`;
  expect(found(source)[0]?.fixes[0]?.text).toContain(
    'The same line starts `embed.weight`, `readout.weight`, to which this does not apply, and `side.weight`, of which this is not said.',
  );
});
