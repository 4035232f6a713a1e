import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { analyse } from '../test/check-findings.ts';
import type { TextEdit } from './finding.ts';

/** A file in pieces, so that each piece can be written in another way. */
interface Source {
  readonly imports: string;
  readonly constants: string;
  readonly model: string;
  readonly training: string;
}

const SOURCE: Source = {
  imports: 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nimport math\n',
  constants: 'PIXELS = 64\nCLASSES = 10\nSPREAD = 0.02\n',
  model: `
class Classifier(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.embed = nn.Linear(PIXELS, breadth)
        self.trunk = nn.Sequential(nn.Linear(breadth, breadth), nn.GELU(), nn.Linear(breadth, breadth))
        self.leave = nn.Linear(breadth, CLASSES)
        fall = 1 / math.sqrt(breadth)
        nn.init.normal_(self.embed.weight, std=SPREAD)
        nn.init.trunc_normal_(self.trunk[0].weight, std=SPREAD)
        nn.init.normal_(self.trunk[2].weight, std=fall)
        nn.init.zeros_(self.leave.weight)

    def forward(self, pixels):
        signal = F.gelu(self.embed(pixels))
        signal = F.gelu(self.trunk(signal))
        return self.leave(signal)
`,
  training: `
def fit(breadth, pace):
    net = Classifier(breadth)
    broad = {'params': net.trunk.parameters(), 'lr': pace / breadth}
    rest = {'params': [net.embed.weight, net.leave.weight], 'lr': pace}
    return torch.optim.AdamW([broad, rest])
`,
};

/** Every name in SOURCE that its author chose. */
const OWN_NAMES =
  'PIXELS CLASSES SPREAD Classifier breadth embed trunk leave fall pixels signal fit pace net broad rest'.split(
    ' ',
  );

const text = ({ imports, constants, model, training }: Source) => `${imports}${constants}${model}${training}`;

/** What an edit brings, however its lines are broken: that depends on how long the names are. */
function newIn({ span, text: written }: TextEdit, source: string): string {
  const [old, now] = [source.slice(span.start, span.end), written].map((one) =>
    one.replaceAll(/,?\s+(?=\))|\s/g, ''),
  ) as [string, string];
  let [start, end] = [0, 0];
  while (start < old.length && old[start] === now[start]) start += 1;
  while (end < old.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return now.slice(start, now.length - end);
}

/** What must not change: findings and weight table, without places in the text and in no order of them. */
function meaning(source: string): string {
  const { profile, findings, notes, models } = analyse(source);
  const inOrder = [...findings, ...notes].sort((one, other) => one.code.localeCompare(other.code));
  const said = inOrder.map(({ span: _, related, fixes, ...rest }) => ({
    ...rest,
    fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => newIn(edit, source)) })),
    related: related.map((place) => place.message),
  }));
  const tables = models.map(({ span: _, weights, ...rest }) => ({
    ...rest,
    weights: weights.map(({ spans, ...row }) => ({ ...row, inits: spans.init.length })),
  }));
  return JSON.stringify({ profile, said, tables }, null, 1);
}

const EXPECTED = meaning(text(SOURCE));

test('the source that is varied has a finding and a verdict', () => {
  expect(EXPECTED).toContain('MUP101');
  expect(EXPECTED).toContain('trunk.0.weight');
  expect(EXPECTED).toContain('"regime": "unstable"');
});

const KEYWORDS =
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda None nonlocal not or pass raise return self super torch nn math try while with yield True False F match case type init'.split(
    ' ',
  );

const freshName = fc
  .stringMatching(/^[a-zA-Z_α-ω][a-zA-Z0-9_]{0,8}$/)
  .filter((name) => !KEYWORDS.includes(name) && !/^mup|_mup|m_width|width_mult|__/.test(name));
const renaming = fc
  .uniqueArray(freshName, { minLength: OWN_NAMES.length, maxLength: OWN_NAMES.length })
  .filter((names) => !names.some((name) => OWN_NAMES.includes(name) || text(SOURCE).includes(name)));

function renamed(source: string, names: readonly string[]): string {
  return OWN_NAMES.reduce(
    (renaming, own, index) => renaming.replaceAll(new RegExp(`\\b${own}\\b`, 'g'), `‹${index}›`),
    source,
  ).replaceAll(/‹(\d+)›/g, (_, index: string) => names[Number(index)] ?? '');
}

test.prop([renaming])('renaming what the author named changes the names alone', (names) => {
  expect(meaning(renamed(text(SOURCE), names))).toBe(renamed(EXPECTED, names));
});

describe('importing under another name changes nothing:', () => {
  const variants: Record<string, (source: string) => string> = {
    'import torch.nn as N': (source) =>
      source
        .replace('import torch.nn as nn', 'import torch.nn as N')
        .replaceAll(/\bnn\.(?!functional)/g, 'N.'),
    'from torch import nn as q': (source) =>
      source
        .replace('import torch.nn as nn', 'from torch import nn as q')
        .replaceAll(/(?<!torch\.)\bnn\./g, 'q.'),
    'from torch.nn import Linear as L': (source) =>
      source
        .replace('import torch.nn as nn', 'import torch.nn as nn\nfrom torch.nn import Linear as L')
        .replaceAll('nn.Linear(', 'L('),
    'torch.nn in full': (source) =>
      source.replace('import torch.nn as nn\n', '').replaceAll(/(?<!torch\.)\bnn\./g, 'torch.nn.'),
    'init as a module': (source) =>
      source
        .replace('import math', 'import math\nfrom torch.nn import init as start')
        .replaceAll('nn.init.', 'start.'),
    'one initializer': (source) =>
      source
        .replace('import math', 'import math\nfrom torch.nn.init import trunc_normal_ as tn_')
        .replaceAll('nn.init.trunc_normal_', 'tn_'),
    'the function by name': (source) =>
      source
        .replace('import torch.nn.functional as F', 'from torch.nn.functional import gelu as act')
        .replaceAll('F.gelu', 'act'),
    'the optimizer by name': (source) =>
      source
        .replace('import math', 'import math\nfrom torch.optim import AdamW')
        .replaceAll('torch.optim.AdamW', 'AdamW'),
    'the optimizers as a module': (source) =>
      source
        .replace('import math', 'import math\nimport torch.optim as o')
        .replaceAll('torch.optim.AdamW', 'o.AdamW'),
    'the square root by name': (source) =>
      source.replace('import math', 'from math import sqrt as root').replaceAll('math.sqrt', 'root'),
    'a name for the layer': (source) =>
      source.replace('PIXELS = 64', 'PIXELS = 64\nDense = nn.Linear').replaceAll('nn.Linear(', 'Dense('),
  };
  for (const [name, vary] of Object.entries(variants)) {
    test(name, () => {
      const varied = vary(text(SOURCE));
      expect(varied).not.toBe(text(SOURCE));
      expect(meaning(varied)).toBe(EXPECTED);
    });
  }
});

describe('inlining a constant that is no width changes nothing:', () => {
  for (const [name, value] of [
    ['PIXELS', '64'],
    ['CLASSES', '10'],
    ['SPREAD', '0.02'],
    ['fall', '(1 / math.sqrt(breadth))'],
  ] as const) {
    test(name, () => {
      const inlined = text(SOURCE)
        .replace(new RegExp(`^ *${name} = .*\n`, 'm'), '')
        .replaceAll(new RegExp(`\\b${name}\\b`, 'g'), value);
      expect(inlined).not.toContain(name === 'fall' ? 'fall' : `${name} `);
      expect(meaning(inlined)).toBe(EXPECTED);
    });
  }
});

const padding = fc.constantFrom(
  '',
  '\n\n',
  '# a note\n',
  '"""words"""\n',
  'import os\n',
  'VERSION = "1.0"\n',
);

test.prop([
  fc.shuffledSubarray(['constants', 'model', 'training'] as const, { minLength: 3, maxLength: 3 }),
  fc.array(padding, { minLength: 4, maxLength: 4 }),
])('moving the class within the file changes nothing', (order, [first, ...between]) => {
  const pieces = order.map((piece, index) => `${SOURCE[piece]}${between[index]}`);
  expect(meaning(`${first}${SOURCE.imports}${pieces.join('\n')}`)).toBe(EXPECTED);
});
