import { classifyGraph } from '@widthwise/core';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../budget.ts';
import { type Growth, point } from '../../growth/growth.ts';
import { growthOf } from '../../growth/growth-of.ts';
import { literal, pair, power, type Quantity } from '../../growth/quantity.ts';
import { ONE, ZERO } from '../../growth/rational.ts';
import { lookup, sum } from '../../network/elementwise.ts';
import type { Tensor, WeightTensor } from '../../network/graph.ts';
import type { Layer } from '../../network/layer.ts';
import { linear } from '../../network/linear.ts';
import { closed } from '../../network/shape.ts';
import {
  act,
  choice,
  contract,
  input,
  norm,
  scale,
  softmax,
  unread,
  view,
  weight,
} from '../../network/tensor.ts';
import { readForwardPass } from '../forward/forward-pass.ts';
import { buildGraph, type WeightGiven } from './build-graph.ts';
import { exponentsIn } from './exponents.ts';

const named = (name: string): Quantity => ({ op: 'symbol', symbol: { name, owner: null }, value: null });
const [width, heads, tokens] = ['width', 'heads', 'data'].map(named) as [Quantity, Quantity, Quantity];
const headDim = pair('divide', width, heads);
const growth = (quantity: Quantity): Growth =>
  growthOf(quantity, {
    ofSymbol: ({ name }) => point(name === 'width' ? ONE : ZERO),
    ofNumber: () => point(ZERO),
  });

let count = 0;

/** A matrix from one length to another, and how it starts and is trained. */
function matrix(from: Quantity, to: Quantity, given: Partial<WeightGiven>): Tensor {
  const layer: Layer = {
    id: ++count,
    qualified: 'torch.nn.Linear',
    family: 'linear',
    parameters: [],
    sizes: new Map(),
    span: { start: count, end: count },
  };
  starts.set(layer, { init: 1 / 2, rate: 1, optimizer: 'adam', factor: 0, ...given });
  return weight(layer, { which: 'weight', shape: closed([to, from]) });
}

const starts = new Map<Layer, WeightGiven>();
const apply = (of: Tensor, by: Tensor) => linear(of, { matrix: by, bias: null, span: null });

/** Attention of a pre-norm block over heads of a dimension that grows, with its logits times a factor. */
function attention(x: Tensor, factor: Quantity, given: Partial<WeightGiven>): Tensor {
  const layout = (...dims: Quantity[]) => ({ shape: closed(dims), from: null });
  const split = (y: Tensor) => view(y, layout(tokens, tokens, heads, headDim), null);
  const [q, k, v] = [1, 2, 3].map(() => split(apply(norm(x, null), matrix(width, width, given))));
  const logits = contract(q!, k!, { left: 'bthd', right: 'bshd', out: 'bhts' }, null);
  const mixed = contract(
    softmax(scale(logits, factor, null), tokens, null),
    v!,
    {
      left: 'bhts',
      right: 'bshd',
      out: 'bthd',
    },
    null,
  );
  return apply(view(mixed, layout(tokens, tokens, width), null), matrix(width, width, given));
}

function transformer(factor: Quantity, given: Partial<WeightGiven> = {}): Tensor {
  const ids = input(closed([tokens, tokens]), null);
  const table = matrix(width, literal(50), {});
  const embedding = weight((table as WeightTensor).layer, {
    which: 'weight',
    shape: closed([literal(50), width]),
  });
  starts.set((table as WeightTensor).layer, { init: 0, rate: 0, optimizer: 'adam', factor: 0 });
  const x = lookup(ids, embedding, null);
  const after = sum([x, attention(x, factor, given)], null);
  const hidden = act(
    apply(norm(after, null), matrix(width, pair('multiply', literal(4), width), given)),
    'gelu',
    null,
  );
  const out = sum([after, apply(hidden, matrix(pair('multiply', literal(4), width), width, given))], null);
  return apply(norm(out, null), matrix(width, literal(50), { init: 1 }));
}

function classified(output: Tensor, chosen: Tensor | null = null) {
  const pass = readForwardPass([output], new Budget());
  const way = { chosenOf: () => chosen, tensors: pass.tensors };
  const givenOf = (tensor: WeightTensor) => starts.get(tensor.layer)!;
  const exponents = exponentsIn(way.tensors, growth, (gain) => givenOf(gain).factor);
  const built = buildGraph({ pass, growthOf: growth, givenOf, way, exponents, side: 'behind' }, new Budget());
  return { ...classifyGraph(built.graph), built };
}

const root = (quantity: Quantity) =>
  pair('divide', literal(1), power(quantity, { numerator: 1, denominator: 2 }));

describe('a transformer in the calculus', () => {
  test('is width-stable at the μP point, with attention that divides by head_dim', () => {
    const { regime, widthStable, weights, built } = classified(
      transformer(pair('divide', literal(1), headDim)),
    );
    expect(built.unknown).toEqual([]);
    expect([regime, widthStable]).toEqual(['feature-learning', true]);
    expect([...weights.values()].map(({ rate }) => rate)).toEqual(Array(8).fill(0));
  });

  test('has logits that grow as updates align, with attention that divides by √head_dim', () => {
    const { regime, grows } = classified(transformer(root(headDim)));
    expect(regime).toBe('unstable');
    expect(grows).toHaveLength(1);
  });

  test('is unstable at one rate', () => {
    expect(classified(transformer(pair('divide', literal(1), headDim), { rate: 0 })).regime).toBe('unstable');
  });
});

test('an operation that is not read leaves what does not depend on it judged', () => {
  const x = input(closed([tokens, literal(16)]), null);
  const hidden = act(apply(x, matrix(literal(16), width, { init: 0, rate: 0 })), 'tanh', null);
  const deep = act(apply(hidden, matrix(width, width, { init: 0 })), 'tanh', null);
  const output = apply(unread([deep], 'something', null, deep.shape), matrix(width, literal(4), { init: 1 }));
  const { regime, weights } = classified(output);
  expect(regime).toBe('unstable');
  expect([...weights.values()].map(({ init }) => init)).toEqual([0, -1 / 2, 0]);
});

test('a sum with what grows otherwise on another way is not known on either', () => {
  const x = apply(
    input(closed([tokens, literal(16)]), null),
    matrix(literal(16), width, { init: 0, rate: 0 }),
  );
  const ways = [width, pair('multiply', width, width)].map((size) => apply(x, matrix(width, size, {})));
  for (const way of ways) {
    const met = sum([choice(ways, null, null), x], null);
    const { regime, built } = classified(apply(met, matrix(width, literal(10), { init: 1 })), way);
    expect(regime).toBe('unknown');
    expect(built.unknown).toContain(met);
  }
});
