import { fc } from '@fast-check/vitest';
import type { InitExponent, OptimizerName } from '@widthwise/core';
import { type Draw, EXPONENTS, initialization, power } from './spellings.ts';

/** A weight of a random MLP: W = n^−a·w with w ~ N(0, n^−2b), trained at η·n^−c. */
export interface TrueWeight {
  readonly name: string;
  readonly a: number;
  readonly b: InitExponent;
  readonly c: number;
}

/** A random plain MLP, as code and as the exponents that it was written from. */
export interface RandomMlp {
  readonly source: string;
  readonly weights: readonly TrueWeight[];
  readonly optimizer: OptimizerName;
  /** Whether φ(0) ≠ 0. */
  readonly phi0: boolean;
}

const NAMES = 'fc1 proj w_in q7 mixer αβ layer hidden_1 up down head τ embed body z'.split(' ');
const ACTIVATIONS = [
  { call: 'torch.tanh', module: 'nn.Tanh()', phi0: false },
  { call: 'F.relu', module: 'nn.ReLU()', phi0: false },
  { call: 'F.gelu', module: 'nn.GELU()', phi0: false },
  { call: 'torch.sigmoid', module: 'nn.Sigmoid()', phi0: true },
] as const;

/** Statements that apply a layer to h, and its multiplier. */
function application(draw: Draw, layer: string, a: number, width: string): readonly string[] {
  if (a === 0 && draw([true, false])) return [`h = ${layer}(h)`];
  const factor = power(draw, a, width);
  return draw([
    [`h = ${layer}(h) * (${factor})`],
    [`h = (${factor}) * ${layer}(h)`],
    [`h = ${layer}(h) / (${power(draw, 0 - a, width)})`],
    [`h = ${layer}(h * (${factor}))`],
    [`h = ${layer}(h)`, `h *= ${factor}`],
    [`h = ${layer}(h)`, `h.mul_(${factor})`],
    [`scale = ${factor}`, `h = ${layer}(h).mul(scale)`],
  ]);
}

/** An expression for what trains the weights. */
function optimization(
  draw: Draw,
  weights: readonly TrueWeight[],
  optimizerClass: string,
  width: string,
): string {
  const rate = (c: number) => (c === 0 ? 'lr' : `lr * (${power(draw, c, width)})`);
  const [first] = weights;
  const oneRate = weights.every(({ c }) => c === first?.c);
  if (oneRate) return `${optimizerClass}(model.parameters(), lr=${rate(first?.c ?? 0)})`;
  if (draw([true, false])) {
    const rates = weights.map(({ name, c }) => `'${name}.weight': ${rate(c)}`).join(', ');
    return `${optimizerClass}([{'params': [p], 'lr': {${rates}}[k]} for k, p in model.named_parameters()], lr=lr)`;
  }
  const groups = weights.map(({ name, c }) => {
    const path = name.replace(/\.(\d+)/, '[$1]');
    const parameters = draw([`model.${path}.parameters()`, `[model.${path}.weight]`]);
    return `{'params': ${parameters}, 'lr': ${rate(c)}}`;
  });
  return `${optimizerClass}([${groups.join(', ')}], lr=lr)`;
}

type Style = 'attributes' | 'list' | 'sequential';

function layerNames(draw: Draw, style: Style, count: number): readonly string[] {
  if (style === 'list') return Array.from({ length: count }, (_, index) => `layers.${index}`);
  if (style === 'sequential') return Array.from({ length: count }, (_, index) => `net.${2 * index}`);
  const pool = [...NAMES];
  return Array.from({ length: count }, () => {
    const name = draw(pool);
    pool.splice(pool.indexOf(name), 1);
    return name;
  });
}

/** Random plain MLPs of 1 to 4 hidden layers, in many spellings. */
export const randomMlp: fc.Arbitrary<RandomMlp> = fc.gen().map((generate) => {
  const draw: Draw = (items) => generate(fc.constantFrom, ...items) as (typeof items)[number];
  const style = draw<Style>(['attributes', 'list', 'sequential']);
  const width = draw(['width', 'n', 'd_model', 'ñ']);
  const activation = draw(ACTIVATIONS);
  const optimizer = draw<OptimizerName>(['sgd', 'adam']);
  const count = draw([2, 3, 4, 5]);
  const common = draw(EXPONENTS);
  const oneRate = draw([true, false]);
  const weights = layerNames(draw, style, count).map(
    (name): TrueWeight => ({
      name,
      a: style === 'sequential' ? 0 : draw(EXPONENTS),
      b: draw<InitExponent>([...EXPONENTS, 'zero']),
      c: oneRate ? common : draw(EXPONENTS),
    }),
  );
  const source = write(draw, { style, width, activation, optimizer, weights });
  return { source, weights, optimizer, phi0: activation.phi0 };
});

interface Plan {
  readonly style: Style;
  readonly width: string;
  readonly activation: (typeof ACTIVATIONS)[number];
  readonly optimizer: OptimizerName;
  readonly weights: readonly TrueWeight[];
}

function write(draw: Draw, { style, width, activation, optimizer, weights }: Plan): string {
  const last = weights.length - 1;
  const made = weights.map(
    (_, index) => `nn.Linear(${index === 0 ? 16 : width}, ${index === last ? 4 : width}, bias=False)`,
  );
  const layers = weights.map(({ name }) => `self.${name.replace(/\.(\d+)/, '[$1]')}`);
  const construction = {
    attributes: made.map((one, index) => `${layers[index]} = ${one}`),
    list: [`self.layers = nn.ModuleList([${made.join(', ')}])`],
    sequential: [`self.net = nn.Sequential(${made.join(`, ${activation.module}, `)})`],
  }[style];
  const inits = weights.flatMap(({ b }, index) => initialization(draw, `${layers[index]}.weight`, b, width));
  const applied = weights.flatMap(({ a }, index) => [
    ...application(draw, layers[index] ?? '', a, 'self.size'),
    ...(index === last ? [] : [`h = ${activation.call}(h)`]),
  ]);
  const forward = style === 'sequential' ? ['return self.net(h)'] : [...applied, 'return h'];
  const optimizerClass =
    optimizer === 'sgd' ? 'torch.optim.SGD' : draw(['torch.optim.Adam', 'torch.optim.AdamW']);
  return [
    'import math\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\nclass Net(nn.Module):',
    `    def __init__(self, ${width}):`,
    ...['super().__init__()', `self.size = ${width}`, ...construction, ...inits].map(
      (line) => `        ${line}`,
    ),
    '\n    def forward(self, h):',
    ...forward.map((line) => `        ${line}`),
    `\n\ndef build(${width}, lr=0.1):\n    model = Net(${width})`,
    `    return ${optimization(draw, weights, optimizerClass, draw([width, 'model.size']))}\n`,
  ].join('\n');
}
