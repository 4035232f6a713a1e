import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { LOOP_OF_BLOCKS } from '../../test/loop-of-blocks.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** The text after the first fix of its first finding, which is proved to mend that and nothing else. */
function mended(source: string): string {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP101');
  const edits = finding?.fixes[0]?.edits ?? [];
  if (finding === undefined || edits.length === 0) return source;
  const text = edited(source, edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  return text;
}

/** The lines that the fix changes or adds. */
function changed(source: string): readonly string[] {
  const before = source.split('\n');
  return mended(source)
    .split('\n')
    .filter((line) => !before.includes(line))
    .map((line) => line.trim());
}

/** An MLP whose constructor takes `parameters` and ends with `body`. */
function mlp(body: string, parameters = 'width=256, depth=4, init_std=0.02'): string {
  return `import math
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        self.embed = nn.Linear(64, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 10)
        ${body}

    def forward(self, x):
        return self.readout(torch.relu(self.mix(torch.relu(self.embed(x)))))
`;
}

describe('a start that is too large is multiplied', () => {
  test.for([
    [
      'nn.init.normal_(self.mix.weight, std=0.02)',
      'nn.init.normal_(self.mix.weight, std=0.02 * (256 / width) ** 0.5)',
    ],
    [
      'nn.init.normal_(self.mix.weight, 0.0, init_std)',
      'nn.init.normal_(self.mix.weight, 0.0, init_std * (256 / width) ** 0.5)',
    ],
    ['self.mix.weight.data.normal_(0, 0.02)', 'self.mix.weight.data.normal_(0, 0.02 * (256 / width) ** 0.5)'],
    [
      'nn.init.trunc_normal_(self.mix.weight, std=0.02 / math.sqrt(2 * depth), a=-2, b=2)',
      'nn.init.trunc_normal_(\nself.mix.weight,\nstd=0.02 / math.sqrt(2 * depth) * (256 / width) ** 0.5,\na=-2,\nb=2,\n)',
    ],
    [
      'nn.init.trunc_normal_(self.mix.weight, std=0.02, a=-0.04, b=0.04)',
      'nn.init.trunc_normal_(\nself.mix.weight,\nstd=0.02 * (256 / width) ** 0.5,\na=-0.04 * (256 / width) ** 0.5,\nb=0.04 * (256 / width) ** 0.5,\n)',
    ],
    [
      'nn.init.trunc_normal_(self.mix.weight, 0.0, init_std, -3 * init_std, 3 * init_std)',
      'nn.init.trunc_normal_(\nself.mix.weight,\n0.0,\ninit_std * (256 / width) ** 0.5,\n-3 * init_std * (256 / width) ** 0.5,\n3 * init_std * (256 / width) ** 0.5,\n)',
    ],
    [
      'nn.init.trunc_normal_(self.mix.weight, std=1, a=-2, b=2)',
      'nn.init.trunc_normal_(\nself.mix.weight,\nstd=1 * (256 / width) ** 0.5,\na=-2 * (256 / width) ** 0.5,\nb=2 * (256 / width) ** 0.5,\n)',
    ],
    [
      'nn.init.trunc_normal_(self.mix.weight, std=0.02)',
      'nn.init.trunc_normal_(self.mix.weight, std=0.02 * (256 / width) ** 0.5)',
    ],
    [
      'nn.init.normal_(self.mix.weight, std=0.01 + init_std)',
      'nn.init.normal_(self.mix.weight, std=(0.01 + init_std) * (256 / width) ** 0.5)',
    ],
    [
      'nn.init.normal_(self.mix.weight, std=0.01 if depth > 4 else 0.02)',
      'nn.init.normal_(\nself.mix.weight, std=(0.01 if depth > 4 else 0.02) * (256 / width) ** 0.5\n)',
    ],
    [
      'nn.init.uniform_(self.mix.weight, -0.1, 0.1)',
      'nn.init.uniform_(\nself.mix.weight, -0.1 * (256 / width) ** 0.5, 0.1 * (256 / width) ** 0.5\n)',
    ],
    [
      'nn.init.normal_(self.mix.weight, std=width ** -0.25)',
      'nn.init.normal_(self.mix.weight, std=width ** -0.25 * (256 / width) ** 0.25)',
    ],
    ['nn.init.normal_(self.mix.weight)', 'nn.init.normal_(self.mix.weight, std=(256 / width) ** 0.5)'],
  ])('%s', ([before, after]) => {
    expect(changed(mlp(before!))).toEqual(after!.split('\n'));
  });

  test.for(['', ', std=1.0', ', std=1.0, a=-2'])(
    'in words where bounds cut it off that are not written: %s',
    (rest) => {
      const source = mlp(`nn.init.trunc_normal_(self.mix.weight${rest})`);
      const [finding] = analyse(source).findings.filter(({ code }) => code === 'MUP101');
      expect(finding?.fixes.map(({ edits }) => edits)).toEqual([[]]);
    },
  );

  test('by the name that the file has for the width it was tuned at', () => {
    const source = mlp('nn.init.normal_(self.mix.weight, std=0.02)', 'width, base_width');
    expect(changed(source)).toEqual([
      'nn.init.normal_(self.mix.weight, std=0.02 * (base_width / width) ** 0.5)',
    ]);
  });

  test('where lines go on, keeping them and their comments', () => {
    const source = mlp('nn.init.normal_(\n            self.mix.weight,\n\t\tstd=0.02  # as GPT-2\n        )');
    expect(changed(source)).toEqual(['std=0.02 * (256 / width) ** 0.5  # as GPT-2']);
  });

  test('in a file with CRLF', () => {
    const source = mlp('nn.init.normal_(self.mix.weight, std=0.02)').replaceAll('\n', '\r\n');
    const text = mended(source);
    expect(text).toContain('std=0.02 * (256 / width) ** 0.5)\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('by a base that is called as the width is: another size may be that of a picture', () => {
    const sized = (width: string, beside: string) => {
      const source = mlp('nn.init.normal_(self.mix.weight, std=0.02)', `width, ${beside}`);
      return changed(source.replaceAll('width', width)).at(-1);
    };
    expect(sized('hidden_size', 'base_size')).toContain('(base_size / hidden_size)');
    expect(sized('width', 'base_size')).toContain('(BASE_WIDTH / width)');
    expect(sized('width', 'base_dim')).toContain('(BASE_WIDTH / width)');
    expect(sized('width', 'mup_base_dim')).toContain('(mup_base_dim / width)');
  });

  test('by a number that is asked for, where the file says none', () => {
    const source = mlp('nn.init.normal_(self.mix.weight, std=0.02)', 'width');
    expect(changed(source)).toEqual([
      'BASE_WIDTH = 256  # the width that these numbers were chosen at: put yours here',
      'nn.init.normal_(self.mix.weight, std=0.02 * (BASE_WIDTH / width) ** 0.5)',
    ]);
    const [finding] = analyse(source).findings.filter(({ code }) => code === 'MUP101');
    expect(finding?.fixes[0]?.safety).toBe('needs-decision');
  });

  test('for the layers alone that are too large, where one line is for all', () => {
    const source = `from torch import nn

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.body = nn.Sequential(nn.Linear(64, config.d), nn.Tanh(), nn.Linear(config.d, config.d), nn.Tanh())
        self.head = nn.Linear(config.d, 10)
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, x):
        return self.head(self.body(x))

class Config:
    d: int = 128
`;
    expect(changed(source)).toEqual([
      'nn.init.normal_(',
      'module.weight,',
      'std=0.02 * (',
      '(128 / self.config.d) ** 0.5 if module is self.body[2] else 1',
      '),',
      ')',
    ]);
  });
});

describe('an embedding that is the readout too keeps its start', () => {
  const tied = (start: string) => `import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.up = nn.Linear(d, 4 * d)
        self.down = nn.Linear(4 * d, d)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))

class Net(nn.Module):
    def __init__(self, vocab, d=256, layers=4):
        super().__init__()
        self.d = d
        self.table = nn.Embedding(vocab, d)
        self.blocks = nn.ModuleList([Block(d) for _ in range(layers)])
        self.head = nn.Linear(d, vocab, bias=False)
        self.head.weight = self.table.weight
        ${start}

    def start(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.02)

    def start_all(self):
        for weight in self.parameters():
            if weight.dim() > 1:
                nn.init.normal_(weight, std=0.02)

    def forward(self, ids):
        x = self.table(ids)
        for block in self.blocks:
            x = block(x)
        return self.head(x)

def optimizer(net, lr):
    return torch.optim.AdamW(net.parameters(), lr=lr)
`;

  test('where layers are told apart, though the optimizer is then too fast for more weights than it seemed', () => {
    expect(changed(tied('self.apply(self.start)'))).toEqual([
      'nn.init.normal_(',
      'module.weight,',
      'std=0.02 * (',
      '(256 / self.d) ** 0.5',
      'if module not in (self.table, self.head)',
      'else 1',
      '),',
      ')',
    ]);
  });

  test('where the code has parameters only, by their names', () => {
    expect(changed(tied('self.start_all()'))).toEqual([
      'for name, weight in self.named_parameters():',
      'nn.init.normal_(',
      'weight,',
      'std=0.02 * (',
      '(256 / self.d) ** 0.5',
      "if name.endswith(('.up.weight', '.down.weight'))",
      'else 1',
      '),',
      ')',
    ]);
  });

  test('in words alone, where the parameters have no names', () => {
    const unnamed = tied('self.start_all()').replace('self.parameters()', 'list(self.parameters())');
    const found = analyse(unnamed).findings.find(({ code }) => code === 'MUP101');
    expect(found?.fixes[0]?.edits).toEqual([]);
    expect(found?.fixes[0]?.text).toMatch(
      /The same line starts `table.weight`, to which this does not apply\.$/,
    );
  });
});

test('a fix never has a name that the file has not there', () => {
  const source = `from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 2 * width), nn.Tanh(), nn.Linear(2 * width, width), nn.Tanh())
        self.start()
        self.head = nn.Linear(width, 10)

    def start(self):
        nn.init.normal_(self.body[2].weight, std=0.02)

    def forward(self, x):
        return self.head(self.body(x))
`;
  const found = analyse(source).findings.filter(({ code }) => code === 'MUP101');
  expect(found.map(({ fixes }) => fixes[0]?.edits)).toEqual([[]]);
  expect(found[0]?.fixes[0]?.why).toBe('the code there has no name for the width');
});

describe('a width that no name has is that of the layer in hand, where it sums over that alone', () => {
  const started = (body: string, init: string) => `from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        ${body}
        self.head = nn.Linear(width, 10)
        self.start()

    def start(self):
        ${init}

    def forward(self, x):
        return self.head(self.body(x))
`;
  const BODY =
    'self.body = nn.Sequential(nn.Linear(64, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh())';

  test.for([
    ['nn.init.normal_(self.body[2].weight, std=0.02)', 'self.body[2].in_features'],
    ['self.body[2].weight.data.normal_(std=0.02)', 'self.body[2].in_features'],
    ['w = self.body[2].weight\n        nn.init.normal_(w, std=0.02)', 'w.shape[1]'],
  ])('%s', ([init, size]) => {
    expect(changed(started(BODY, init!)).join(' ')).toContain(`0.02 * (BASE_WIDTH / ${size}) ** 0.5`);
  });
});

describe('layers of a loop, of which there may be more than were seen', () => {
  const source = `from torch import nn

class Net(nn.Module):
    def __init__(self, width=128, heads=3):
        super().__init__()
        self.width = width
        self.embed = nn.Embedding(40, width)
        self.mix = nn.Linear(width, width)
        self.heads = nn.ModuleList([nn.Linear(width, 10) for _ in range(heads)])
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, x):
        x = self.mix(self.embed(x))
        return [head(x) for head in self.heads]
`;

  test('are told from one that is named by that', () => {
    const [finding] = analyse(source).findings;
    expect(finding?.weights).toEqual(['mix.weight']);
    expect(changed(source)).toContain('std=0.02 * ((128 / self.width) ** 0.5 if module is self.mix else 1),');
  });

  test('are not told from those of another one by one', () => {
    const blocks = source
      .replace('self.mix =', 'self.mixes = nn.ModuleList([')
      .replace('nn.Linear(width, width)', 'nn.Linear(width, width) for _ in range(heads)])')
      .replace('self.mix(self.embed(x))', 'self.mixes[0](self.embed(x))');
    const found = analyse(blocks).findings.find(({ code }) => code === 'MUP101');
    expect(found?.fixes[0]?.edits).toEqual([]);
    expect(found?.fixes[0]?.why).toContain('the same line starts other weights');
  });
});

test('weights that one rate is too large for have a group of their own, by their names and with the rate of the call', () => {
  const source = `${LOOP_OF_BLOCKS}
net = Net(512)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.1)
`;
  const finding = analyse(source).findings.find(({ code }) => code === 'MUP301');
  const text = edited(source, finding?.fixes[0]?.edits ?? []);
  expect(text.slice(text.indexOf('optimizer ='))).toBe(`optimizer = torch.optim.AdamW([
    {
        'params': [
            p for name, p in net.named_parameters() if name.startswith('blocks.')
        ],
        'lr': 1e-3 * (512 / net.width),
        'weight_decay': 0.1 * (net.width / 512),
    },
    {
        'params': [
            p for name, p in net.named_parameters() if not name.startswith('blocks.')
        ],
    },
], lr=1e-3, weight_decay=0.1)
`);
  expect(finding && isMended(analyse(source), analyse(text), [finding])).toBe(true);
  expect(finding?.fixes[0]?.text).toContain(
    'At 512 rate 0.001, rate × decay 0.0001; at 2048 rate 0.00025, rate × decay 0.0001.',
  );
});

describe('the base width is', () => {
  const net = (start: string, made: string) => `import torch
from torch import nn

class Config:
    width: int = 768

class Net(nn.Module):
    def __init__(self, ${start}):
        super().__init__()
        self.embed = nn.Linear(8, wide)
        self.mix = nn.Linear(wide, wide)
        self.head = nn.Linear(wide, 8)

    def forward(self, x):
        return self.head(torch.relu(self.mix(torch.relu(self.embed(x)))))

def main(lr):
    net = Net(${made})
    return torch.optim.Adam(net.parameters(), lr=lr)
`;
  const trainedBesides = (made: string) =>
    `\ndef another():\n    return torch.optim.SGD(${made}.parameters(), lr=0.1)\n`;
  const rate = (source: string) => {
    const finding = analyse(source).findings.find(({ code }) => code === 'MUP301');
    const text = edited(source, finding?.fixes[0]?.edits ?? []);
    if (text !== source) expect(finding && isMended(analyse(source), analyse(text), [finding])).toBe(true);
    return /'lr': ([^,\n}]*)/.exec(text)?.[1];
  };

  test('the number that the code makes its models with, and not the one that it would fall back to', () => {
    expect(rate(net('wide=768', '256'))).toBe('lr * (256 / net.mix.in_features)');
    expect(rate(net('wide=768', ''))).toBe('lr * (768 / net.mix.in_features)');
    const several = net('wide=768', 'wide=512').replace('return', 'Net(64)\n    return');
    expect(rate(several) ?? '').not.toMatch(/768|512|64/);
  });

  test('none where the code makes models of several widths, one of them the default that a call leaves', () => {
    const two = (made: string, other: string) => rate(net('wide=768', made) + trainedBesides(other)) ?? '';
    expect(two('wide=512', 'Net()')).toContain('BASE_WIDTH / ');
    expect(two('', 'Net(512)')).toContain('BASE_WIDTH / ');
    expect(two('768', 'Net(512)')).toContain('BASE_WIDTH / ');
    expect(two('768', 'Net()')).toBe('lr * (768 / net.mix.in_features)');
    expect(two('512', 'Net(wide=512)')).toBe('lr * (512 / net.mix.in_features)');
  });

  test('none of several, but where the file has a name for it', () => {
    const named = net('wide=768', '512').replace('main(lr)', 'main(lr, base_width)');
    expect(rate(named + trainedBesides('Net()'))).toBe('lr * (base_width / net.mix.in_features)');
  });

  test('with a width that is there however many blocks there are', () => {
    const blocks = net('wide=768, depth=2', '256')
      .replace(
        'self.mix = nn.Linear(wide, wide)',
        'self.mix = nn.ModuleList([nn.Linear(wide, wide) for _ in range(depth)])',
      )
      .replace(
        'return self.head(torch.relu(self.mix(torch.relu(self.embed(x)))))',
        'x = self.embed(x)\n        for one in self.mix:\n            x = one(torch.relu(x))\n        return self.head(x)',
      );
    expect(rate(blocks)).toBe('lr * (256 / net.head.in_features)');
  });

  test('and of a rate that the call leaves out, the one that PyTorch has then', () => {
    const leftOut = (call: string) => net('wide=768', '256').replace('Adam(net.parameters(), lr=lr)', call);
    expect(rate(leftOut('Adam(net.parameters())'))).toBe('1e-3 * (256 / net.mix.in_features)');
    expect(rate(leftOut('NAdam(net.parameters())'))).toBe('2e-3 * (256 / net.mix.in_features)');
    expect(rate(leftOut('Adam(net.parameters(), **settings)'))).toBeUndefined();
  });

  test('that of a configuration, in the same way', () => {
    const configured = net('config', 'Config(width=256)')
      .replace('class Config', '@dataclass\nclass Config')
      .replace('import torch', 'from dataclasses import dataclass\nimport torch')
      .replaceAll('wide', 'config.width');
    expect(rate(configured)).toBe('lr * (256 / net.mix.in_features)');
    expect(rate(configured.replace('width=256', ''))).toBe('lr * (768 / net.mix.in_features)');
    expect(rate(configured + trainedBesides('Net(Config())'))).toContain('BASE_WIDTH / ');
  });
});
