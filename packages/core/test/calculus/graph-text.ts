import type {
  Graph,
  GraphActivation,
  GraphNode,
  GraphOptimizer,
  MuonShape,
} from '../../src/calculus/graph.ts';

const OPTIMIZERS: readonly string[] = ['sgd', 'adam', 'muon', 'relative'];

/**
 * A graph of a few lines, one a node in order:
 *
 *     axes b=0 d=1 …
 *     w = weight [d e] b=1/2 c=1 adam        (b: zero, one, unknown; c: unknown; or frozen)
 *     h = contract x w [b e]
 *     s = scale h a=1/2
 *     output s
 */
export function graphOf(text: string): Graph {
  const lines = text.split('\n').map((line) => line.trim());
  const nodes = lines.filter((line) => line.includes(' = ')).map(nodeOf);
  return {
    axes: new Map(Object.entries(valuesOf(lines, 'axes')).map(([axis, speed]) => [axis, exponentOf(speed)])),
    nodes,
    outputs: wordsOf(lines, 'output'),
  };
}

/** The words behind the line that starts so. */
export function wordsOf(lines: readonly string[], start: string): readonly string[] {
  const line = lines.find((other) => other === start || other.startsWith(`${start} `)) ?? '';
  return line.slice(start.length).split(' ').filter(Boolean);
}

/** `name=value` words behind the line that starts so. */
export function valuesOf(lines: readonly string[], start: string): Readonly<Record<string, string>> {
  return Object.fromEntries(wordsOf(lines, start).map((word) => word.split('=')));
}

/** ½ of `1/2`, ∞ of `inf`. */
export function exponentOf(text: string): number {
  const [numerator, denominator = '1'] = text.split('/');
  return text === 'inf' ? Number.POSITIVE_INFINITY : Number(numerator) / Number(denominator);
}

function given(text: string): number | 'unknown' {
  return text === 'unknown' ? text : exponentOf(text);
}

function nodeOf(line: string): GraphNode {
  const [id, definition] = line.split(' = ') as [string, string];
  const axes = /\[(.*)\]/.exec(definition)?.[1]?.split(' ').filter(Boolean);
  const [op, ...words] = definition
    .replace(/\[.*\]/, '')
    .split(' ')
    .filter(Boolean);
  const values = Object.fromEntries(
    words.filter((word) => word.includes('=')).map((word) => word.split('=')),
  );
  const [x, y] = words as [string, string];
  const own = axes === undefined ? {} : { axes };
  const of = words.filter((word) => !word.includes('='));
  switch (op) {
    case 'input':
      return { id, op, axes: axes ?? [] };
    case 'weight':
      return weightOf(id, { axes: axes ?? [], values, words: of });
    case 'contract':
      return { id, op, of: [x, y], axes: axes ?? [] };
    case 'scale':
      return { id, op, of: [x], exponent: given(values['a'] ?? '') };
    case 'act':
      return { id, op, of: [x], kind: y as GraphActivation };
    case 'norm':
    case 'softmax':
      return { id, op, of: [x] };
    case 'view':
      return { id, op, of: [x], ...own };
    case 'add':
    case 'unknown':
      return { id, op, of, ...own };
    default:
      throw new RangeError(line);
  }
}

interface WeightWords {
  readonly axes: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

function weightOf(id: string, { axes, values, words }: WeightWords): GraphNode {
  const { b = '', c, eps } = values;
  const optimizer = words.find((word) => OPTIMIZERS.includes(word)) as GraphOptimizer | undefined;
  const shape = words.find((word) => word !== 'frozen' && word !== optimizer) as MuonShape | undefined;
  return {
    id,
    op: 'weight',
    axes,
    init: b === 'zero' || b === 'one' ? b : given(b),
    rate: c === undefined ? null : given(c),
    ...(optimizer === undefined ? {} : { optimizer }),
    ...(shape === undefined ? {} : { shape }),
    ...(eps === undefined ? {} : { eps: exponentOf(eps) }),
  };
}
