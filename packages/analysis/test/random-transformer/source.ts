import { type Draw, initialization, power } from '../spellings.ts';
import type { TransformerPlan, WeightKind } from './plan.ts';

/** The code of a plan, in one of many spellings. */
export function sourceOf(plan: TransformerPlan, draw: Draw): string {
  const classes = [
    attentionClass(plan, draw),
    feedForwardClass(plan, draw),
    blockClass(plan),
    netClass(plan, draw),
  ];
  return [
    'import math\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n',
    ...classes,
    training(plan, draw),
  ].join('\n\n');
}

interface ClassText {
  readonly name: string;
  readonly parameters: string;
  readonly made: readonly string[];
  readonly argument: string;
  readonly forward: readonly string[];
}

function classText({ name, parameters, made, argument, forward }: ClassText): string {
  const lines = (body: readonly string[]) => body.map((line) => `        ${line}\n`).join('');
  return (
    `class ${name}(nn.Module):\n    def __init__(self, ${parameters}):\n` +
    `${lines(['super().__init__()', ...made])}\n    def forward(self, ${argument}):\n${lines(forward)}`
  );
}

/** How a layer of a kind is made and started. */
function linear(
  { starts, biases, width }: TransformerPlan,
  draw: Draw,
  {
    kind,
    attribute,
    sizes,
  }: { readonly kind: WeightKind; readonly attribute: string; readonly sizes: string },
): readonly string[] {
  return [
    `self.${attribute} = nn.Linear(${sizes}, bias=${biases ? 'True' : 'False'})`,
    ...initialization(draw, `self.${attribute}.weight`, starts[kind].b, width),
    ...(biases
      ? [draw([`nn.init.zeros_(self.${attribute}.bias)`, `self.${attribute}.bias.data.zero_()`])]
      : []),
  ];
}

function attentionClass(plan: TransformerPlan, draw: Draw): string {
  const { width, fused, headDimGrows, qkNorm, kernel, attention } = plan;
  const one = (kind: 'q' | 'k' | 'v' | 'o') =>
    linear(plan, draw, { kind, attribute: kind, sizes: `${width}, ${width}` });
  const made = fused
    ? [...linear(plan, draw, { kind: 'q', attribute: 'qkv', sizes: `${width}, 3 * ${width}` }), ...one('o')]
    : (['q', 'k', 'v', 'o'] as const).flatMap(one);
  const parts = fused
    ? [draw(['q, k, v = self.qkv(x).chunk(3, dim=-1)', 'q, k, v = self.qkv(x).split(C, dim=2)'])]
    : ['q, k, v = self.q(x), self.k(x), self.v(x)'];
  const split = (name: string) => `${name} = ${name}.view(B, T, self.heads, C // self.heads).transpose(1, 2)`;
  const normed = qkNorm ? ['q', 'k'].map((name) => `${name} = F.rms_norm(${name}, (${name}.size(-1),))`) : [];
  const scale = power(draw, attention, 'q.size(-1)');
  const attended =
    kernel === 'fused'
      ? [`y = F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=${scale})`]
      : [
          `logits = (q @ k.transpose(-2, -1)) * (${scale})`,
          draw(['y = F.softmax(logits, dim=-1) @ v', 'y = torch.matmul(logits.softmax(dim=-1), v)']),
        ];
  return classText({
    name: 'Attention',
    parameters: width,
    made: [`self.heads = ${headDimGrows ? '4' : `${width} // 16`}`, ...made],
    argument: 'x',
    forward: [
      'B, T, C = x.shape',
      ...[...parts, split('q'), split('k'), split('v'), ...normed, ...attended],
      draw(['y = y.transpose(1, 2).contiguous().view(B, T, C)', 'y = y.transpose(1, 2).reshape(B, T, C)']),
      'return self.o(y)',
    ],
  });
}

function feedForwardClass(plan: TransformerPlan, draw: Draw): string {
  const { width, gated, activation } = plan;
  const kinds = gated ? (['gate', 'up'] as const) : (['up'] as const);
  const bent = activation === 'tanh' ? 'torch.tanh' : `F.${activation}`;
  return classText({
    name: 'FeedForward',
    parameters: width,
    made: [
      ...kinds.flatMap((kind) =>
        linear(plan, draw, { kind, attribute: kind, sizes: `${width}, 4 * ${width}` }),
      ),
      ...linear(plan, draw, { kind: 'down', attribute: 'down', sizes: `4 * ${width}, ${width}` }),
    ],
    argument: 'x',
    forward: [`return self.down(${gated ? `${bent}(self.gate(x)) * self.up(x)` : `${bent}(self.up(x))`})`],
  });
}

function normText({ norm, width }: TransformerPlan): string {
  return norm === 'layer' ? `nn.LayerNorm(${width})` : `nn.RMSNorm(${width})`;
}

/** A norm of x: a layer's, or as a function. */
function normed({ norm }: TransformerPlan, layer: string, x: string): string {
  return norm === 'function' ? `F.rms_norm(${x}, (${x}.size(-1),))` : `self.${layer}(${x})`;
}

function blockClass(plan: TransformerPlan): string {
  const { width, norms, norm } = plan;
  const layers = norm === 'function' || norms === 'none' ? [] : ['norm1', 'norm2'];
  const branch = (part: string, layer: string) => {
    if (norms === 'pre') return [`x = x + self.${part}(${normed(plan, layer, 'x')})`];
    if (norms === 'none') return [`x = x + self.${part}(x)`];
    return [`x = x + self.${part}(x)`, `x = ${normed(plan, layer, 'x')}`];
  };
  return classText({
    name: 'Block',
    parameters: width,
    made: [
      `self.attn = Attention(${width})`,
      `self.mlp = FeedForward(${width})`,
      ...layers.map((layer) => `self.${layer} = ${normText(plan)}`),
    ],
    argument: 'x',
    forward: [...branch('attn', 'norm1'), ...branch('mlp', 'norm2'), 'return x'],
  });
}

function netClass(plan: TransformerPlan, draw: Draw): string {
  const { width, blocks, norms, norm, tied, readout, starts } = plan;
  const hasLast = norms === 'pre' && norm !== 'function';
  const table = (kind: 'embed' | 'position', rows: number) => [
    `self.${kind} = nn.Embedding(${rows}, ${width})`,
    ...initialization(draw, `self.${kind}.weight`, starts[kind].b, width),
  ];
  const head = tied
    ? [draw(['self.head.weight = self.embed.weight', 'self.embed.weight = self.head.weight'])]
    : initialization(draw, 'self.head.weight', starts.head.b, width);
  // A tied head starts as the table does: what is shared is started last.
  const tables = tied ? [...head, ...initialization(draw, 'self.embed.weight', starts.embed.b, width)] : head;
  return classText({
    name: 'Net',
    parameters: `${width}`,
    made: [
      `self.size = ${width}`,
      ...[...table('embed', 50), ...table('position', 16)],
      `self.blocks = nn.ModuleList([Block(${width}) for _ in range(${blocks})])`,
      ...(hasLast ? [`self.last = ${normText(plan)}`] : []),
      `self.head = nn.Linear(${width}, 50, bias=False)`,
      ...tables,
    ],
    argument: 'tokens',
    forward: [
      'x = self.embed(tokens) + self.position(torch.arange(tokens.size(1)))',
      ...draw([
        ['for block in self.blocks:', '    x = block(x)'],
        Array.from({ length: blocks }, (_, at) => `x = self.blocks[${at}](x)`),
      ]),
      ...(norms === 'pre' ? [`x = ${normed(plan, 'last', 'x')}`] : []),
      `return self.head(x) * (${power(draw, readout, 'self.size')})`,
    ],
  });
}

/** What trains the model: each kind at its rate, and biases and gains at theirs. */
function training(plan: TransformerPlan, draw: Draw): string {
  const { width, starts, optimizer, restRate, fused, gated, tied } = plan;
  const rate = (c: number) => (c === 0 ? 'lr' : `lr * (${power(draw, c, width)})`);
  const all = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;
  const hidden = all.filter(
    (kind) => (kind !== 'gate' || gated) && (!fused || (kind !== 'k' && kind !== 'v')),
  );
  const ends = (kind: WeightKind) => (fused && kind === 'q' ? 'qkv.weight' : `${kind}.weight`);
  const group = (kind: WeightKind) =>
    `{'params': [p for k, p in model.named_parameters() if k.endswith('${ends(kind)}')], 'lr': ${rate(starts[kind].c)}}`;
  const others = (['embed', 'position', ...(tied ? [] : ['head' as const])] as const).map(group);
  const rest = `{'params': [p for p in model.parameters() if p.dim() < 2], 'lr': ${rate(restRate)}}`;
  const adam = draw(['torch.optim.Adam', 'torch.optim.AdamW']);
  const whole = (kind: string, groups: readonly string[]) => `${kind}([${groups.join(', ')}], lr=lr)`;
  const made =
    optimizer === 'muon'
      ? [whole('torch.optim.Muon', hidden.map(group)), whole(adam, [...others, rest])].join(', ')
      : whole(optimizer === 'sgd' ? 'torch.optim.SGD' : adam, [...hidden.map(group), ...others, rest]);
  return `def build(${width}, lr=0.1):\n    model = Net(${width})\n    return model, ${made}\n`;
}
