import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';
import type { Analysis } from '../analysis.ts';
import { DEFAULT_OPTIONS } from '../options.ts';

const model = (name: string) => `import torch
from torch import nn

class ${name}(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(torch.relu(self.embed(x)))
`;

const STARTS = `import torch

def start(model):
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.02)

def optimizer_of(model):
    return torch.optim.Adam(model.parameters(), lr=1e-3)
`;

/** Runs where the script makes its optimizer, and makes none. */
const COUNTS = `import torch

def counted(model):
    return sum(one.numel() for one in model.parameters())

def step_of(optimizer: torch.optim.Optimizer):
    optimizer.step()
`;

const over = (name: string) => `for ${name} in [${[...Array(30).keys()].join(', ')}]:`;

const TRAINS = `import torch
from first import First
from second import Second
from starts import start, optimizer_of
from counts import counted, step_of
${over('a')}
    ${over('b')}
        c = a + b
model = First(256)
start(model)
optimizer = optimizer_of(model)
print(counted(model))
step_of(optimizer)
`;

const FILES = {
  'first.py': model('First'),
  'second.py': model('Second'),
  'starts.py': STARTS,
  'counts.py': COUNTS,
};

/** An analyser of some files that are used by a script, and how often it has looked whether it is wanted. */
async function folder(isStill: boolean) {
  let looks = 0;
  const isUnwanted = () => {
    looks++;
    return false;
  };
  const analyser = await loadTestAnalyser({ isUnwanted });
  const analyse = (path: keyof typeof FILES, script = TRAINS): Analysis => {
    const place = placeIn({ ...FILES, 'train.py': script }, path, ['train.py']);
    return analyser.analyse(FILES[path], { ...DEFAULT_OPTIONS, profile: 'mup' }, { ...place, isStill });
  };
  return {
    analyse,
    /** A file that scripts import which do nothing. */
    analyseBeside(scripts: readonly string[]): void {
      const files = Object.fromEntries(scripts.map((name) => [name, 'import second\n']));
      const place = placeIn({ ...FILES, ...files }, 'second.py', scripts);
      analyser.analyse(FILES['second.py'], { ...DEFAULT_OPTIONS, profile: 'mup' }, { ...place, isStill });
    },
    looksFor: (path: keyof typeof FILES, script?: string): number => {
      const before = looks;
      analyse(path, script);
      return looks - before;
    },
  };
}

const optimizersIn = ({ models }: Analysis) =>
  new Set(models.flatMap(({ weights }) => weights.map(({ optimizer }) => optimizer)));

/** A function that nobody calls, of rounds in rounds of which nobody knows how many there are. */
const ENDLESS = `def search(limit, step):
    a, b, c, d, e, f, g, h, items = 0, 0, 0, 0, 0, 0, 0, 0, []
${[...'abcdefgh']
  .map((name, depth) => {
    const inside = '    '.repeat(depth + 2);
    return `${'    '.repeat(depth + 1)}while ${name} < limit:\n${inside}${name} += step\n${inside}items.append(${name})\n`;
  })
  .join('')}${'    '.repeat(9)}items.append(Second(limit))
`;

describe('a script that uses many files of a folder', () => {
  test('is not run again for those of which it makes and trains nothing', async () => {
    const { looksFor } = await folder(true);
    const first = looksFor('second.py');
    expect(looksFor('second.py')).toBeLessThan(first / 2);
  });

  test('nor for those of which it is known that it takes too much', async () => {
    const { looksFor } = await folder(true);
    const script = `${TRAINS}${ENDLESS}`;
    const first = looksFor('second.py', script);
    expect(looksFor('second.py', script)).toBeLessThan(first / 2);
  });

  test('nor for those of which it only runs functions that make no optimizer', async () => {
    const { looksFor } = await folder(true);
    looksFor('second.py');
    expect(looksFor('counts.py')).toBeLessThan(3);
  });

  test('nor again where its own lines take more work than there is', async () => {
    const { looksFor } = await folder(true);
    const lines = ENDLESS.split('\n')
      .slice(1)
      .map((line) => line.slice(4));
    const script = `from second import Second\nlimit, step = input()\n${lines.join('\n')}`;
    const first = looksFor('first.py', script);
    expect(looksFor('second.py', script)).toBeLessThan(first / 2);
  });

  test('is run for each where files may change in between', async () => {
    const { looksFor } = await folder(false);
    looksFor('first.py');
    expect(looksFor('second.py')).toBeGreaterThan(2);
  });

  test.each([
    ['first.py', 'second.py', 'starts.py'],
    ['starts.py', 'second.py', 'first.py'],
  ] as const)('shows the same of each, whichever comes first: %s, %s, %s', async (...paths) => {
    const [still, other] = [await folder(true), await folder(false)];
    for (const path of paths) expect(still.analyse(path)).toEqual(other.analyse(path));
    const script = `${TRAINS}${ENDLESS}`;
    for (const path of paths) expect(still.analyse(path, script)).toEqual(other.analyse(path, script));
  });

  test('is run again once hundreds of others were run after it', async () => {
    const { looksFor, analyseBeside } = await folder(true);
    const first = looksFor('second.py');
    const idle = [...Array(512).keys()].map((at) => `idle${at}.py`);
    for (let at = 0; at < 511; at += 3) analyseBeside(idle.slice(at, Math.min(at + 3, 511)));
    expect(looksFor('second.py')).toBeLessThan(first / 2);
    for (const name of idle.slice(500)) analyseBeside([name]);
    expect(looksFor('second.py')).toBeGreaterThan(first / 2);
  });

  test('shows how the model is trained that it makes, and the other not', async () => {
    const { analyse } = await folder(true);
    expect(optimizersIn(analyse('second.py'))).toEqual(new Set([null]));
    expect(optimizersIn(analyse('first.py'))).toEqual(new Set(['adam']));
  });

  test('shows what the helper does that starts and trains its model', async () => {
    const { analyse } = await folder(true);
    analyse('second.py');
    expect(analyse('starts.py').findings.map(({ code }) => code)).toContain('MUP104');
  });

  test('is run anew once it says something else', async () => {
    const { analyse } = await folder(true);
    analyse('second.py');
    const trainsOther = TRAINS.replace('First(256)', 'Second(256)');
    expect(optimizersIn(analyse('second.py', trainsOther))).toEqual(new Set(['adam']));
  });
});

test.each([
  ['train.py', 'p/starts.py'],
  ['p/starts.py', 'train.py'],
])('places in a helper that is run as a script, too, stay known: %s, %s', async (...scripts) => {
  const files = {
    'p/first.py': model('First'),
    'p/starts.py': STARTS,
    'train.py':
      'from p.first import First\nfrom p.starts import optimizer_of\noptimizer = optimizer_of(First(256))\n',
  };
  const place = placeIn(files, 'p/first.py', scripts);
  const analyser = await loadTestAnalyser({});
  const options = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;
  const { findings } = analyser.analyse(files['p/first.py'], options, { ...place, isStill: true });
  const causes = findings.flatMap(({ code, related: [cause] }) =>
    code === 'MUP302' ? [cause?.message] : [],
  );
  expect(causes).toEqual([expect.stringMatching(/starts.*, line 8$/)]);
});
